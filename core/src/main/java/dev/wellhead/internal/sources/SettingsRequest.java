package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.SettingsSource;
import dev.wellhead.spi.SettingsSource.SuppliedProperty;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a database or of another service, and the sources to read. Immutable; each method returns a new request.
 *
 * @param catalogue the settings
 * @param name letters, digits, {@code _} and {@code -}; {@code default} for the unnamed database
 * @param variables the environment variables
 * @param properties the system properties
 * @param program the name of this program; {@code null} if not known
 * @param hostName the name of this host; {@code null} if not known
 * @param overrides the values that were set on the builder
 * @param trustAnchors the providers that take precedence over those on the class path
 * @param areCredentialsSupplied whether the caller has its own credentials provider
 * @param supplied the properties of the framework, which are read in place of the configuration file; {@code null} if
 *     there is no framework
 * @param isForMigrations whether the settings are those that migrations connect with
 */
public record SettingsRequest(
        Catalogue catalogue,
        String name,
        Map<String, String> variables,
        Map<String, String> properties,
        @Nullable String program,
        @Nullable String hostName,
        List<RawValue> overrides,
        List<TrustAnchorsProvider> trustAnchors,
        boolean areCredentialsSupplied,
        @Nullable List<SuppliedProperty> supplied,
        boolean isForMigrations) {

    public SettingsRequest {
        Objects.requireNonNull(name, "name");
    }

    /** A request without a framework, for the settings of the database itself. */
    public SettingsRequest(
            String name,
            Map<String, String> variables,
            Map<String, String> properties,
            @Nullable String program,
            @Nullable String hostName,
            List<RawValue> overrides,
            List<TrustAnchorsProvider> trustAnchors,
            boolean areCredentialsSupplied) {
        this(
                Catalogue.DATABASES,
                name,
                variables,
                properties,
                program,
                hostName,
                overrides,
                trustAnchors,
                areCredentialsSupplied,
                null,
                false);
    }

    /**
     * {@return a request that does not read this process} Its sources are the given environment, the files that it
     * names or that are in its HOME, and {@code application.conf} on the class path.
     */
    public static SettingsRequest of(String name, Map<String, String> environment) {
        return new SettingsRequest(name, new HashMap<>(environment), Map.of(), null, null, List.of(), List.of(), false);
    }

    /**
     * {@return a request that reads this process: environment variables, system properties (including
     * {@code config.file}, {@code config.resource} and {@code config.url}), the names of its program and of its host}
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

    /** {@return a request that reads the configuration of a framework, and of this process only its host name} */
    public static SettingsRequest ofFramework(String name, SettingsSource source) {
        return new SettingsRequest(
                Catalogue.DATABASES,
                name,
                ProcessEnvironment.withHome(source.variables()),
                Map.of(),
                source.applicationName().orElseGet(ProcessEnvironment::program),
                ProcessEnvironment.hostName(),
                List.of(),
                List.of(),
                false,
                List.copyOf(source.properties(name)),
                false);
    }

    /** {@return this request for a service of another kind} */
    public SettingsRequest of(Catalogue other) {
        return copy(other, overrides, trustAnchors, areCredentialsSupplied, isForMigrations);
    }

    /** {@return this request with a value that overrides every source} A later call for the same setting wins. */
    public SettingsRequest with(Setting<?> setting, String value) {
        List<RawValue> values = new ArrayList<>(overrides.size() + 1);
        for (RawValue override : overrides) {
            if (override.setting() != setting) {
                values.add(override);
            }
        }
        values.add(RawValue.of(setting, value, new Origin.BuilderCall()));
        return copy(catalogue, values, trustAnchors, areCredentialsSupplied, isForMigrations);
    }

    /** {@return this request with values that override every source} Each setting occurs once in them. */
    public SettingsRequest with(List<RawValue> values) {
        return copy(catalogue, values, trustAnchors, areCredentialsSupplied, isForMigrations);
    }

    /** {@return this request with a provider that takes precedence over those on the class path} */
    public SettingsRequest with(TrustAnchorsProvider provider) {
        List<TrustAnchorsProvider> providers = new ArrayList<>(trustAnchors);
        providers.add(Objects.requireNonNull(provider, "provider"));
        return copy(catalogue, overrides, providers, areCredentialsSupplied, isForMigrations);
    }

    /** {@return this request for a caller that has its own credentials provider; no source of a password is read} */
    public SettingsRequest credentialsSupplied() {
        return copy(catalogue, overrides, trustAnchors, true, isForMigrations);
    }

    /** {@return this request for the settings that migrations connect with} */
    public SettingsRequest forMigrations() {
        return copy(catalogue, overrides, trustAnchors, areCredentialsSupplied, true);
    }

    private SettingsRequest copy(
            Catalogue kind,
            List<RawValue> values,
            List<TrustAnchorsProvider> providers,
            boolean areSupplied,
            boolean ofMigrations) {
        return new SettingsRequest(
                kind,
                name,
                variables,
                properties,
                program,
                hostName,
                List.copyOf(values),
                List.copyOf(providers),
                areSupplied,
                supplied,
                ofMigrations);
    }

    /** {@return only the name, because the variables may be sensitive} */
    @Override
    public String toString() {
        return "SettingsRequest[" + name + "]";
    }
}
