package dev.wellhead.spi;

import java.io.IOException;
import java.util.Map;

/**
 * Starts a database on this machine where a {@code local} or {@code test} environment configures no host and nothing
 * listens on the default one. Never asked in a strict environment.
 */
public interface LocalDatabaseProvider {

    /** {@return what it starts, for the INFO line: {@code "embedded PostgreSQL 16"}} */
    String description();

    /**
     * {@return a running server} Called again it answers with the same one; the server stops with the process.
     * Thread-safe.
     *
     * @param request what the settings expect to find there
     * @throws IOException when it cannot be started; the message says why and what to do
     */
    RunningServer start(Request request) throws IOException;

    /**
     * What the settings expect.
     *
     * @param databaseName the database
     * @param user the role
     */
    record Request(String databaseName, String user) {}

    /**
     * A server that accepts connections.
     *
     * @param host its address
     * @param port its port
     * @param settings settings of the catalogue to override, by name; may be empty
     */
    record RunningServer(String host, int port, Map<String, String> settings) {

        /** Copies the map. */
        public RunningServer {
            settings = Map.copyOf(settings);
        }
    }
}
