package dev.wellhead.internal.sources;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link SettingsResolver} resolves: a name and the sources to look in. Immutable; each method gives a new one. */
public final class SettingsRequest {

    private final String name;
    private final Map<String, String> variables;
    private final Map<String, String> properties;
    private final @Nullable String program;
    private final @Nullable String hostName;
    private final List<RawValue> overrides;
    private final List<TrustAnchorsProvider> trustAnchors;
    private final boolean credentialsSupplied;

    private SettingsRequest(
            String name,
            Map<String, String> variables,
            Map<String, String> properties,
            @Nullable String program,
            @Nullable String hostName,
            List<RawValue> overrides,
            List<TrustAnchorsProvider> trustAnchors,
            boolean credentialsSupplied) {
        this.name = Objects.requireNonNull(name, "name");
        this.variables = variables;
        this.properties = properties;
        this.program = program;
        this.hostName = hostName;
        this.overrides = overrides;
        this.trustAnchors = trustAnchors;
        this.credentialsSupplied = credentialsSupplied;
    }

    /**
     * {@return a request that reads nothing of this process} What counts is the environment given, the files it names
     * or implies through HOME, and {@code application.conf} on the class path.
     *
     * @param name letters, digits, {@code _} and {@code -}; {@code "default"} for the unnamed database
     * @param environment variables by name; copied
     */
    public static SettingsRequest of(String name, Map<String, String> environment) {
        return new SettingsRequest(name, new HashMap<>(environment), Map.of(), null, null, List.of(), List.of(), false);
    }

    /**
     * {@return a request that reads this process: environment variables, system properties ({@code config.file},
     * {@code config.resource} and {@code config.url} included), the name of its program and of its host}
     *
     * @param name letters, digits, {@code _} and {@code -}; {@code "default"} for the unnamed database
     */
    public static SettingsRequest ofProcess(String name) {
        return new SettingsRequest(
                name,
                ProcessEnvironment.variables(),
                ProcessEnvironment.properties(),
                ProcessEnvironment.program(),
                ProcessEnvironment.hostName(),
                List.of(),
                List.of(),
                false);
    }

    /** {@return this request with a setting that overrides every source} A later call for the same setting wins. */
    public SettingsRequest with(Setting<?> setting, String value) {
        List<RawValue> more = new ArrayList<>(overrides.size() + 1);
        for (RawValue override : overrides) {
            if (override.setting() != setting) {
                more.add(override);
            }
        }
        more.add(RawValue.of(setting, value, new Origin.BuilderCall()));
        return copy(more, trustAnchors, credentialsSupplied);
    }

    /** {@return this request with trust anchors that are asked before those found on the class path} */
    public SettingsRequest with(TrustAnchorsProvider provider) {
        List<TrustAnchorsProvider> more = new ArrayList<>(trustAnchors);
        more.add(Objects.requireNonNull(provider, "provider"));
        return copy(overrides, more, credentialsSupplied);
    }

    /** {@return this request for a caller that brings its own credentials: no source of a password is looked for} */
    public SettingsRequest credentialsSupplied() {
        return copy(overrides, trustAnchors, true);
    }

    private SettingsRequest copy(List<RawValue> values, List<TrustAnchorsProvider> providers, boolean supplied) {
        return new SettingsRequest(
                name, variables, properties, program, hostName, List.copyOf(values), List.copyOf(providers), supplied);
    }

    public String name() {
        return name;
    }

    public Map<String, String> variables() {
        return variables;
    }

    public Map<String, String> properties() {
        return properties;
    }

    @Nullable
    public String program() {
        return program;
    }

    @Nullable
    public String hostName() {
        return hostName;
    }

    public List<RawValue> overrides() {
        return overrides;
    }

    public List<TrustAnchorsProvider> trustAnchors() {
        return trustAnchors;
    }

    public boolean areCredentialsSupplied() {
        return credentialsSupplied;
    }

    /** {@return the name alone: the variables may be sensitive} */
    @Override
    public String toString() {
        return "SettingsRequest[" + name + "]";
    }
}
