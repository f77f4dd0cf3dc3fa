package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A PostgreSQL server on loopback, started by this process. It asks every login for its password (SCRAM). It ends when it
 * is closed, and else with the JVM, after the JVM's own shutdown hooks have run: an application that drains its work on
 * SIGTERM still reaches it. Thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The database that holds the schemas {@code ledger} and {@code treasury}. */
    public static final String DEFAULT_DATABASE = "monorepo_dev";

    static final String USER = "postgres";
    static final String PASSWORD = "postgres";

    private final ServerProcess process;
    private final DataDirectory directory;
    private final String database;
    private boolean closed;

    LocalPostgres(ServerProcess process, DataDirectory directory, String database) {
        this.process = process;
        this.directory = directory;
        this.database = database;
    }

    /**
     * {@return a server on a free port, in a temporary directory; the caller closes it}
     *
     * @throws IOException when it cannot be started; the message says why and what to do
     */
    public static LocalPostgres start() throws IOException {
        return builder().start();
    }

    /** {@return a builder for one that differs} */
    public static LocalPostgresBuilder builder() {
        return new LocalPostgresBuilder();
    }

    /** {@return its address; it listens on {@code ::1} as well where this machine has it} */
    public String host() {
        return ServerProcess.ADDRESS;
    }

    /** {@return its port} */
    public int port() {
        return process.port();
    }

    /** {@return the database} */
    public String database() {
        return database;
    }

    /** {@return the user, a superuser} */
    public String user() {
        return USER;
    }

    /** {@return the password of {@link #user}, the well-known one of local databases} */
    public String password() {
        return PASSWORD;
    }

    /** {@return a URL as {@code DATABASE_URL} takes it, with the user and without the password} */
    public String url() {
        return "postgresql://" + USER + "@" + host() + ":" + port() + "/" + database;
    }

    /** {@return a URL for the driver, without user and password} */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /**
     * Creates a database where it does not exist yet. It is empty.
     *
     * @param name the database, of any characters PostgreSQL takes
     * @throws IOException when the server refuses
     */
    public void createDatabase(String name) throws IOException {
        Sql.createDatabaseIfMissing(port(), name);
    }

    /** Stops the server; sessions are ended. A temporary directory is removed, a kept one stays. Again does nothing. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            process.stop();
        } finally {
            directory.close();
        }
    }

    @Override
    public String toString() {
        return "LocalPostgres[" + host() + ":" + port() + "/" + database + "]";
    }

    Path data() {
        return directory.data();
    }

    /** Waits until the server's process has ended, by {@link #close} or by itself. */
    void awaitEnd() {
        process.awaitEnd();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** {@return whether its process lives} It may have been killed. */
    boolean isAlive() {
        return process.isAlive();
    }
}
