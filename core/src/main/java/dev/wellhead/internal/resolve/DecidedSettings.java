package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.metrics.ServerAttributes;
import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.TrustAnchors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a database, with the contents of the sources, so that they can be decided again. */
public final class DecidedSettings implements DatabaseSettings, ServerAttributes.OfService {

    private final DecisionState state;
    private final List<RawValue> overriding;
    private final List<HostAndPort> hosts;
    private final List<HostAndPort> readerHosts;
    private final CredentialsSource credentials;
    private final @Nullable TrustAnchors trustAnchors;
    private final List<String> warnings;

    DecidedSettings(
            DecisionState state,
            List<RawValue> overriding,
            List<HostAndPort> hosts,
            List<HostAndPort> readerHosts,
            CredentialsSource credentials,
            @Nullable TrustAnchors trustAnchors) {
        this.state = state;
        this.overriding = overriding;
        this.hosts = hosts;
        this.readerHosts = readerHosts;
        this.credentials = credentials;
        this.trustAnchors = trustAnchors;
        this.warnings = SafeText.sentences(state.warnings());
    }

    /** @throws IllegalArgumentException if the settings were not resolved by Wellhead */
    static DecidedSettings of(DatabaseSettings settings) {
        if (settings instanceof DecidedSettings decided) {
            return decided;
        }
        throw new IllegalArgumentException("Only settings that were resolved by Wellhead can be opened.");
    }

    /** {@return the state of the decision, with which the settings can be decided again} */
    DecisionState state() {
        return state;
    }

    /** {@return the catalogue of settings that were resolved by Wellhead} */
    public static Catalogue catalogueOf(DatabaseSettings settings) {
        return of(settings).state.name().catalogue();
    }

    /** The first word for another service is its name in OpenTelemetry's semantic conventions as well. */
    @Override
    public String systemName() {
        Catalogue catalogue = state.name().catalogue();
        return catalogue.isOfDatabases()
                ? ServerAttributes.POSTGRESQL
                : catalogue.words().get(0);
    }

    /** {@return the values of a local database that was started, which override all sources} */
    List<RawValue> overriding() {
        return overriding;
    }

    private SourceContents contents() {
        return state.contents();
    }

    @Override
    public String name() {
        return contents().name().value();
    }

    @Override
    public Environment environment() {
        return contents().environment();
    }

    @Override
    public List<HostAndPort> hosts() {
        return hosts;
    }

    @Override
    public List<HostAndPort> readerHosts() {
        return readerHosts;
    }

    @Override
    public CredentialsSource credentialsSource() {
        return credentials;
    }

    @Override
    public Authentication authentication() {
        return state.authentication().selected();
    }

    @Override
    public Optional<TrustAnchors> trustAnchors() {
        return Optional.ofNullable(trustAnchors);
    }

    @Override
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(state.values().get(setting));
    }

    @Override
    public Optional<ResolvedSetting> explain(Setting<?> setting) {
        return state.values().explain(setting);
    }

    @Override
    public List<ResolvedSetting> all() {
        return state.values().explain();
    }

    @Override
    public Map<String, String> driverProperties() {
        Map<String, String> properties = new TreeMap<>();
        for (Setting<?> setting : state.values().driverProperties()) {
            Object value = state.values().get(setting);
            if (value != null) {
                properties.put(setting.driverProperty().orElseThrow(), value.toString());
            }
        }
        return properties;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public boolean hostIsDefault() {
        boolean mayBeNamed = state.suppliedServer() == null && credentials.isSecret();
        return !mayBeNamed
                && state.values().isSet(Settings.HOST)
                && !state.values().isConfigured(Settings.HOST);
    }

    @Override
    public String variable(Setting<?> setting) {
        RawValue winner = state.values().winner(setting);
        // the hosts and ports of a reader are set by readerHost and readerPort
        return contents().name().variable(winner == null ? setting : winner.setting());
    }

    /** {@return the settings that do not have a general default, with their origins; nothing sensitive} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("DatabaseSettings[")
                .append(name())
                .append(", environment=")
                .append(environment().name());
        for (ResolvedSetting setting : all()) {
            if (!(setting.origin() instanceof Origin.DefaultOf general) || general.environment() != null) {
                text.append(", ").append(setting.name()).append('=').append(setting.value());
                text.append(" (").append(setting.origin().description()).append(')');
            }
        }
        return text.append(']').toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DecidedSettings that
                && contents().name().equals(that.contents().name())
                && environment().equals(that.environment())
                && hosts.equals(that.hosts)
                && readerHosts.equals(that.readerHosts)
                && credentials.equals(that.credentials)
                && all().equals(that.all())
                && state.values().haveSameValuesAs(that.state.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), environment(), hosts);
    }
}
