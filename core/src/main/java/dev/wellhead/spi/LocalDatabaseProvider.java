package dev.wellhead.spi;

import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.util.Map;

/**
 * Starts a database on this machine. It is used if the environment is not strict, no host is configured, and, unless the
 * environment is for tests, nothing listens on the default host. Found with {@link java.util.ServiceLoader}, unless one is set on the builder.
 * Thread-safe.
 */
public interface LocalDatabaseProvider {

    /** {@return the name of the server, for messages: {@code "embedded PostgreSQL 16"}} */
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
     * @param isDefault whether the settings leave the name of the database to its default; such a database may have
     *     initial content
     * @param user the role
     * @param sslMode the SSL mode
     */
    record Request(String databaseName, boolean isDefault, String user, SslMode sslMode) {}

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
