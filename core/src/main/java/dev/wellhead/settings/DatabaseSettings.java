package dev.wellhead.settings;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that was decided about one database, each value with its origin. Immutable and thread-safe;
 * {@link #toString()} is safe to log.
 */
public final class DatabaseSettings {

    /** {@return the name the database is opened by, {@code "default"} for the unnamed one} */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /** {@return where the process runs} */
    public Environment environment() {
        throw new UnsupportedOperationException();
    }

    /** {@return the servers in order; empty where only a secret can say, until the database is open} */
    public List<HostAndPort> hosts() {
        throw new UnsupportedOperationException();
    }

    /** {@return the servers of the reader, in order; empty where there is none} */
    public List<HostAndPort> readerHosts() {
        throw new UnsupportedOperationException();
    }

    /** {@return the database to connect to; empty where only a secret can say, until the database is open} */
    public String databaseName() {
        throw new UnsupportedOperationException();
    }

    /** {@return the role to log in as; empty where only a secret can say} */
    public String user() {
        throw new UnsupportedOperationException();
    }

    /** {@return the SSL mode as resolved; the effective one for a host list is the same for every host} */
    public SslMode sslMode() {
        throw new UnsupportedOperationException();
    }

    /**
     * {@return what verifies the servers: the configured root certificate, else what a module knows of the host; empty
     * where nothing does, and then the server is not verified}
     */
    public Optional<TrustAnchors> trustAnchors() {
        throw new UnsupportedOperationException();
    }

    /** {@return the value of a setting, empty where it has none} */
    public <T> Optional<T> find(Setting<T> setting) {
        throw new UnsupportedOperationException(setting.name());
    }

    /**
     * {@return the value of a setting that always has one}
     *
     * @throws IllegalStateException when it has none
     */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " has no value"));
    }

    /** {@return the setting with its origin and what lost to it; empty where nothing sets it} */
    public Optional<ResolvedSetting> explain(Setting<?> setting) {
        throw new UnsupportedOperationException(setting.name());
    }

    /** {@return every setting that has a value, in the order of the catalogue} */
    public List<ResolvedSetting> settings() {
        throw new UnsupportedOperationException();
    }

    /** {@return what is allowed but worth saying, such as a server that is not verified} */
    public List<String> warnings() {
        throw new UnsupportedOperationException();
    }

    /** {@return whether the hosts were left to the default of the profile} */
    public boolean hostIsDefault() {
        throw new UnsupportedOperationException();
    }

    /**
     * {@return the variable that sets it for this database, such as {@code LEDGER_DB_HOST}; for messages}
     */
    public String variable(Setting<?> setting) {
        throw new UnsupportedOperationException(setting.name());
    }

    /**
     * {@return these settings with what a secret says about the server, where nothing above it says}
     *
     * @throws ConfigurationException when the result cannot be opened
     */
    public DatabaseSettings completedBy(ServerLocation location, Origin origin) {
        throw new UnsupportedOperationException(Objects.toString(location) + origin);
    }

    /** {@return these settings with another server, for a local database that was started} */
    public DatabaseSettings withServer(HostAndPort server, Map<Setting<?>, String> values, Origin origin) {
        throw new UnsupportedOperationException(server.toString() + values + origin);
    }

    /**
     * {@return these settings for the reader: its hosts in place of the hosts, read-only, standbys preferred
     * ({@code prefer-standby}), and a pool name that ends in {@code -reader}}
     *
     * @throws IllegalStateException when there are no reader hosts
     */
    public DatabaseSettings forReader() {
        throw new UnsupportedOperationException();
    }
}
