package dev.wellhead.spi;

import dev.wellhead.settings.Profile;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Starts a database on this machine. It is used if the environment is not strict, no host is configured, and, unless the
 * environment is for tests, nothing listens on the default host. Found with {@link java.util.ServiceLoader}, unless one
 * is set on the builder. Thread-safe.
 */
public interface LocalDatabaseProvider {

    /**
     * {@return the name of the server, for messages: {@code "embedded PostgreSQL 16"}} Called before and after the start,
     * so a name without a version is possible as long as the version is not known.
     */
    String description();

    /**
     * {@return a running server; further calls return the same one} Blocks until it accepts connections. The server
     * stops when this process ends.
     *
     * @param request the database and role that must exist, and the SSL mode of the connections
     * @throws IOException if it cannot be started; the message contains the reason and a remedy
     */
    RunningServer start(Request request) throws IOException;

    /**
     * What the settings require of the server. A provider that cannot fulfil it throws, with a remedy.
     *
     * @param databaseName the database, which is different for every name that a database is opened by
     * @param user the role
     * @param sslMode the SSL mode
     * @param initScripts the scripts to run if the provider creates the database
     * @param profile the profile of the environment, {@code LOCAL} or {@code TEST}
     */
    record Request(String databaseName, String user, SslMode sslMode, InitScripts initScripts, Profile profile) {}

    /**
     * SQL scripts that the user of the role runs once, in a new database.
     *
     * @param setting how a message refers to the setting, such as {@code DB_INIT_SCRIPTS}
     * @param locations directories and files, with {@code classpath:} before those on the class path; may be empty
     */
    record InitScripts(String setting, List<String> locations) {

        /** Copies the list. */
        public InitScripts {
            locations = List.copyOf(locations);
        }
    }

    /**
     * A server that accepts connections.
     *
     * @param host its address
     * @param port its port
     * @param settings settings to override, by name, such as {@code password}; may be empty
     */
    record RunningServer(String host, int port, Map<String, String> settings) {

        /** Copies the map. */
        public RunningServer {
            settings = Map.copyOf(settings);
        }

        /** {@return host and port; the settings may be sensitive} */
        @Override
        public String toString() {
            return "RunningServer[" + host + ":" + port + "]";
        }
    }
}
