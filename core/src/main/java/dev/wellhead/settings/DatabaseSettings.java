package dev.wellhead.settings;

import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of one database, with its origin and the values it overrides. Immutable and thread-safe;
 * {@code toString()} is safe to log. Two instances are equal if they have the same values from the same origins.
 *
 * <p>Created by {@code Databases.resolve}. Not to be implemented by applications: {@code Databases.open} accepts only
 * the settings that were resolved by Wellhead.
 *
 * <pre>{@code
 * DatabaseSettings settings = Databases.resolve(System.getenv());
 * settings.explain(Settings.HOST).ifPresent(host -> log.info("{} from {}", host.value(), host.origin().description()));
 * }</pre>
 */
public interface DatabaseSettings {

    /** {@return the name that the database is opened by; {@code default} for the unnamed database} */
    String name();

    /** {@return the environment of the process} */
    Environment environment();

    /** {@return the servers, in order; empty until the database is open if only a secret names them} */
    List<HostAndPort> hosts();

    /** {@return the servers of the reader, in order; empty if there are none} */
    List<HostAndPort> readerHosts();

    /** {@return the source of user and password} */
    CredentialsSource credentialsSource();

    /** {@return the root certificates that verify the servers; empty if the servers are not verified} */
    Optional<TrustAnchors> trustAnchors();

    /** {@return the value of a setting; empty if it has none} */
    <T> Optional<T> find(Setting<T> setting);

    /** {@return a setting with its origin and the values it overrides; empty if it has no value} */
    Optional<ResolvedSetting> explain(Setting<?> setting);

    /** {@return the properties that are passed to pgjdbc, by pgjdbc's names; {@link #all()} has their origins} */
    Map<String, String> driverProperties();

    /** {@return every setting that has a value, in the order of the catalogue, then the properties of the driver} */
    List<ResolvedSetting> all();

    /** {@return conditions that are allowed but not recommended, such as a server that is not verified} */
    List<String> warnings();

    /**
     * {@return whether the hosts are the default of the environment; {@code false} while a secret may still name them}
     */
    boolean hostIsDefault();

    /** {@return the environment variable of a setting of this database, such as {@code LEDGER_DB_HOST}} */
    String variable(Setting<?> setting);

    /** {@return the database to connect to; an empty text until the database is open if only a secret names it} */
    default String databaseName() {
        return find(Settings.NAME).orElse("");
    }

    /** {@return the role to log in as; an empty text if the secret or the credentials provider supplies it} */
    default String user() {
        return find(Settings.USER).orElse("");
    }

    /**
     * {@return the SSL mode, which is the same for every host} As in libpq, {@code require} with
     * {@link #trustAnchors()} verifies the server as {@code verify-ca} does.
     */
    default SslMode sslMode() {
        return get(Settings.SSLMODE);
    }

    /**
     * {@return the value of a setting that always has one}
     *
     * @throws IllegalStateException if it has none
     */
    default <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " has no value"));
    }

    /** {@return every setting with its origin, one per line; sensitive values are {@code <redacted>}} */
    default String describe() {
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
}
