package dev.wellhead.embedded;

import dev.wellhead.embedded.internal.BinaryArchive;
import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.InitScripts;
import dev.wellhead.embedded.internal.RoleLogin;
import dev.wellhead.embedded.internal.ServerLogins;
import dev.wellhead.embedded.internal.ServerProcess;
import dev.wellhead.embedded.internal.SuperuserSql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A PostgreSQL server on the loopback address, started by this process. Every login requires the password (SCRAM). The
 * server ends when it is closed, at the latest after the JVM and its shutdown hooks: an application that finishes its
 * work on SIGTERM can still use it. Thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The database that contains the schemas {@code ledger} and {@code treasury}. */
    public static final String DEFAULT_DATABASE = "monorepo_dev";

    /**
     * The role for applications. It owns the databases and may create databases and roles. It is not a superuser, because
     * a superuser can run programs and read files on this machine.
     */
    public static final String USER = ServerLogins.SERVICE;

    /** The superuser, for the few tasks that require one, such as installing an extension that is not trusted. */
    public static final String SUPERUSER = ServerLogins.SUPERUSER;

    private final ServerProcess process;
    private final DataDirectory directory;
    private final ServerLogins logins;
    private final String database;
    private final Map<String, RoleLogin> applications = new HashMap<>();
    private boolean closed;

    LocalPostgres(ServerProcess process, DataDirectory directory, ServerLogins logins, String database) {
        this.process = process;
        this.directory = directory;
        this.logins = logins;
        this.database = database;
    }

    /**
     * {@return a server on a free port with a temporary directory; the caller closes it}
     *
     * @throws IOException if it cannot be started; the message contains the reason and the remedy
     */
    public static LocalPostgres start() throws IOException {
        return builder().start();
    }

    /** {@return a builder for a server with other settings} */
    public static LocalPostgresBuilder builder() {
        return new LocalPostgresBuilder();
    }

    /** {@return the major version of PostgreSQL that this module runs, for example {@code "16"}} */
    public static String majorVersion() {
        return BinaryArchive.majorVersion();
    }

    /** {@return the IPv4 address; the server also listens on {@code ::1} if this machine has IPv6} */
    public String host() {
        return ServerProcess.ADDRESS;
    }

    /** {@return the port} */
    public int port() {
        return process.port();
    }

    /** {@return the name of the database} */
    public String database() {
        return database;
    }

    /** {@return the user, {@link #USER}} */
    public String user() {
        return USER;
    }

    /**
     * {@return the password of {@link #user}} It is random and different for every server, unless it was set with
     * {@link LocalPostgresBuilder#password}.
     */
    public String password() {
        return logins.service().password();
    }

    /** {@return the password of {@link #SUPERUSER}} It is random and different for every server. */
    public String superuserPassword() {
        return logins.superuser().password();
    }

    /** {@return a URL in the form that {@code DATABASE_URL} accepts, with the user and without the password} */
    public String url() {
        return "postgresql://" + USER + "@" + host() + ":" + port() + "/" + database;
    }

    /** {@return a URL for the JDBC driver, without user and password} */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /**
     * Creates an empty database that belongs to {@link #USER}, unless a database with this name exists.
     *
     * @param name the name, with any characters that PostgreSQL accepts
     * @throws IOException if the server refuses
     */
    public void createDatabase(String name) throws IOException {
        new SuperuserSql(port(), logins.superuser()).createDatabaseIfMissing(name, USER);
    }

    /**
     * Creates a database with the same initial content as {@link #DEFAULT_DATABASE}, unless a database with this name
     * exists.
     *
     * @param name the name, with any characters that PostgreSQL accepts
     * @throws IOException if the server refuses
     */
    public void createDefaultDatabase(String name) throws IOException {
        SuperuserSql superuser = new SuperuserSql(port(), logins.superuser());
        if (superuser.createDatabaseIfMissing(name, USER)) {
            try {
                new SuperuserSql(port(), logins.service())
                        .runScripts(InitScripts.packed(DEFAULT_DATABASE).again(name));
            } catch (IOException e) {
                superuser.dropDatabase(name);
                throw e;
            }
        }
    }

    /**
     * {@return the password of a role} A role that does not exist is created with a random password. It has the rights of
     * {@link #USER}, so that it can use every database of the server.
     *
     * @param user the role
     * @throws IOException if the server refuses, for example because PostgreSQL reserves the name
     */
    public synchronized String passwordOf(String user) throws IOException {
        if (user.equals(USER)) {
            return password();
        }
        if (user.equals(SUPERUSER)) {
            throw new IOException("the user '" + user + "' is its superuser, which applications do not use."
                    + " Set another user, or leave the user unset.");
        }
        RoleLogin login = applications.get(user);
        if (login == null) {
            login = RoleLogin.random(user);
            new SuperuserSql(port(), logins.superuser()).createRole(login, USER);
            applications.put(user, login);
        }
        return login.password();
    }

    /** {@return whether the server is running} It is not if it was closed or killed. */
    public boolean isRunning() {
        return !isClosed() && process.isAlive();
    }

    /**
     * Ends all sessions and stops the server. A temporary directory is deleted, a directory that was set on the builder
     * is kept. Closing a second time has no effect.
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            directory.stopServer(process);
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

    /** Waits until the server has ended for any reason. */
    void awaitEnd() {
        process.awaitEnd();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
