package dev.wellhead.settings;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.resolve.Completion;
import dev.wellhead.internal.resolve.Decision;
import dev.wellhead.internal.resolve.Defaults;
import dev.wellhead.internal.resolve.Values;
import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided about one database, each value with its origin. Immutable and thread-safe;
 * {@link #toString()} is safe to log.
 */
public final class DatabaseSettings {

    private final Facts facts;
    private final List<RawValue> overriding;
    private final @Nullable Completion completion;
    private final Values values;
    private final List<HostAndPort> hosts;
    private final List<HostAndPort> readerHosts;
    private final CredentialsSource credentials;
    private final @Nullable TrustAnchors trustAnchors;
    private final List<String> warnings;

    public DatabaseSettings(
            Facts facts,
            List<RawValue> overriding,
            @Nullable Completion completion,
            Values values,
            List<HostAndPort> hosts,
            List<HostAndPort> readerHosts,
            CredentialsSource credentials,
            @Nullable TrustAnchors trustAnchors,
            List<String> warnings) {
        this.facts = facts;
        this.overriding = overriding;
        this.completion = completion;
        this.values = values;
        this.hosts = hosts;
        this.readerHosts = readerHosts;
        this.credentials = credentials;
        this.trustAnchors = trustAnchors;
        this.warnings = List.copyOf(warnings);
    }

    /** {@return the name the database is opened by, {@code "default"} for the unnamed one} */
    public String name() {
        return facts.name().value();
    }

    /** {@return where the process runs} */
    public Environment environment() {
        return facts.environment();
    }

    /** {@return the servers in order; empty where only a secret can say, until the database is open} */
    public List<HostAndPort> hosts() {
        return hosts;
    }

    /** {@return the servers of the reader, in order; empty where there is none} */
    public List<HostAndPort> readerHosts() {
        return readerHosts;
    }

    /** {@return the database to connect to; empty where only a secret can say, until the database is open} */
    public String databaseName() {
        return find(Settings.NAME).orElse("");
    }

    /** {@return the role to log in as; empty where only a secret or the caller's own provider can say} */
    public String user() {
        return find(Settings.USER).orElse("");
    }

    /** {@return the one place user and password come from} */
    public CredentialsSource credentialsSource() {
        return credentials;
    }

    /**
     * {@return the SSL mode as resolved, the same for every host} {@code require} with {@link #trustAnchors()} present
     * verifies as {@code verify-ca} does, as in libpq.
     */
    public SslMode sslMode() {
        return get(Settings.SSLMODE);
    }

    /**
     * {@return what verifies the servers: the configured root certificate, else what a module knows of the host; empty
     * where nothing does, and then the server is not verified}
     */
    public Optional<TrustAnchors> trustAnchors() {
        return Optional.ofNullable(trustAnchors);
    }

    /** {@return the value of a setting, empty where it has none} */
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /**
     * {@return the value of a setting that always has one}
     *
     * @throws IllegalStateException when it has none
     */
    public <T> T get(Setting<T> setting) {
        T value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting.name() + " has no value");
        }
        return value;
    }

    /** {@return the setting with its origin and what lost to it; empty where nothing sets it} */
    public Optional<ResolvedSetting> explain(Setting<?> setting) {
        return values.explain(setting);
    }

    /** {@return every setting that has a value, in the order of the catalogue} */
    public List<ResolvedSetting> all() {
        return values.explain();
    }

    /** {@return what is allowed but worth saying, such as a server that is not verified} */
    public List<String> warnings() {
        return warnings;
    }

    /** {@return whether the hosts were left to the default of the profile; not while a secret may still say them} */
    public boolean hostIsDefault() {
        boolean maySay = completion == null && credentials instanceof CredentialsSource.Secret;
        return !maySay && values.isSet(Settings.HOST) && !values.isConfigured(Settings.HOST);
    }

    /**
     * {@return the variable that sets it for this database, such as {@code LEDGER_DB_HOST}; for messages}
     */
    public String variable(Setting<?> setting) {
        RawValue winner = values.winner(setting);
        // the hosts and ports of a reader are those of readerHost and readerPort
        return facts.name().variable(winner == null ? setting : winner.setting());
    }

    /**
     * {@return these settings with what a secret says about the server, where nothing above it says} TLS is decided
     * again for the servers as they are then.
     *
     * @param location what the secret says; a part that is {@code null} is left as it is
     * @param source the provider's description, such as {@code secret 'prod/ledger'}
     * @throws ConfigurationException when the result cannot be opened
     */
    public DatabaseSettings completedBy(ServerLocation location, String source) {
        return Decision.decide(facts, overriding, new Completion(location, source), new Problems());
    }

    /**
     * {@return these settings with another server, for a local database that was started}
     *
     * @param server takes the place of hosts and ports
     * @param settings override what every source says
     * @param origin what was started, for people
     * @throws ConfigurationException when the result cannot be opened
     */
    public DatabaseSettings withServer(HostAndPort server, Map<Setting<?>, String> settings, Origin origin) {
        List<RawValue> all = new ArrayList<>(overriding);
        all.add(new RawValue(Settings.HOST, Sensitive.of(server.host()), origin));
        all.add(new RawValue(Settings.PORT, Sensitive.of(Integer.toString(server.port())), origin));
        for (Map.Entry<Setting<?>, String> setting : settings.entrySet()) {
            all.add(new RawValue(setting.getKey(), Sensitive.of(setting.getValue()), origin));
        }
        return Decision.decide(facts, List.copyOf(all), completion, new Problems());
    }

    /**
     * {@return these settings for the reader: its hosts in place of the hosts, read-only, standbys preferred
     * ({@code prefer-standby}), and a pool name that ends in {@code -reader}}
     *
     * @throws IllegalStateException when there are no reader hosts
     */
    public DatabaseSettings forReader() {
        if (readerHosts.isEmpty()) {
            throw new IllegalStateException("there are no reader hosts");
        }
        Values reader = values.forReader(find(Settings.POOL_NAME).orElse(name()) + "-reader");
        return new DatabaseSettings(
                facts, overriding, completion, reader, readerHosts, List.of(), credentials, trustAnchors, warnings);
    }

    /** {@return every setting with its origin, a line each; sensitive values read {@code <redacted>}} */
    public String describe() {
        StringBuilder text = new StringBuilder("database '")
                .append(name())
                .append("' in environment '")
                .append(environment().name())
                .append('\'');
        for (ResolvedSetting setting : all()) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(setting.name())
                    .append(" = ")
                    .append(setting.value())
                    .append("  (")
                    .append(setting.origin().description())
                    .append(')');
        }
        return text.toString();
    }

    /** {@return the settings that are not left to a general default, with origins; nothing sensitive} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("DatabaseSettings[")
                .append(name())
                .append(", environment=")
                .append(environment().name());
        for (ResolvedSetting setting : all()) {
            if (!setting.origin().equals(Defaults.ALWAYS)) {
                text.append(", ").append(setting.name()).append('=').append(setting.value());
                text.append(" (").append(setting.origin().description()).append(')');
            }
        }
        return text.append(']').toString();
    }

    /** {@return whether everything was decided alike: same values from the same origins} */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatabaseSettings that
                && facts.name().equals(that.facts.name())
                && environment().equals(that.environment())
                && hosts.equals(that.hosts)
                && readerHosts.equals(that.readerHosts)
                && credentials.equals(that.credentials)
                && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return Objects.hash(facts.name(), environment(), hosts);
    }
}
