package dev.wellhead.embedded;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.DatabaseCreation;
import dev.wellhead.embedded.internal.RoleLogin;
import dev.wellhead.embedded.internal.ServerLogins;
import dev.wellhead.embedded.internal.ServerProcess;
import dev.wellhead.embedded.internal.SuperuserSql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server on the loopback address, started by this process. Every login requires the password (SCRAM). The
 * server ends when it is closed, at the latest after the JVM and its shutdown hooks: an application that finishes its
 * work on SIGTERM can still use it. Thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The database of a server whose builder does not name one: {@value}. */
    public static final String DEFAULT_DATABASE = "monorepo_dev";

    /** The role for applications of a server whose builder does not name one: {@value}. */
    public static final String DEFAULT_USER = "postgres";

    /** The superuser, for the few tasks that require one, such as installing an extension that is not trusted. */
    public static final String SUPERUSER = ServerLogins.SUPERUSER;

    private final ServerProcess process;
    private final DataDirectory directory;
    private final ServerLogins logins;
    private final String database;
    private final String version;
    private final Map<String, RoleLogin> applications = new HashMap<>();
    private boolean closed;

    LocalPostgres(ServerProcess process, DataDirectory directory, ServerLogins logins, String database)
            throws IOException {
        this.process = process;
        this.directory = directory;
        this.logins = logins;
        this.database = database;
        this.version = superuser().serverVersion();
        applications.put(logins.user().role(), logins.user());
    }

    /**
     * {@return a server on a free port with a temporary directory and an empty database; the caller closes it}
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

    /** {@return the version of PostgreSQL, as the server reports it, for example {@code "16.15"}} */
    public String version() {
        return version;
    }

    /** {@return the first part of {@link #version}, for example {@code "16"}} */
    public String majorVersion() {
        return version.split("\\D", 2)[0];
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

    /**
     * {@return the role for applications} It owns the database and may create databases and roles. It is not a
     * superuser, because a superuser can run programs and read files on this machine.
     */
    public String user() {
        return logins.user().role();
    }

    /**
     * {@return the password of {@link #user}} It is random and different for every server, unless it was set with
     * {@link LocalPostgresBuilder#password}.
     */
    public String password() {
        return logins.user().password();
    }

    /** {@return the password of {@link #SUPERUSER}} It is random and different for every server. */
    public String superuserPassword() {
        return logins.superuser().password();
    }

    /** {@return a URL in the form that {@code DATABASE_URL} accepts, with the user and without the password} */
    public String url() {
        return "postgresql://" + ServerUrl.encoded(user()) + "@" + host() + ":" + port() + "/"
                + ServerUrl.encoded(database);
    }

    /** {@return a URL of {@link #database} for the JDBC driver, without user and password} */
    public String jdbcUrl() {
        return jdbcUrl(database);
    }

    /** {@return a URL of a database for the JDBC driver, without user and password} */
    public String jdbcUrl(String name) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + ServerUrl.encoded(name);
    }

    /**
     * Creates an empty database that belongs to {@link #user}, unless a database with this name exists.
     *
     * @param name the name, with any characters that PostgreSQL accepts
     * @throws IOException if the server refuses
     */
    public void createDatabase(String name) throws IOException {
        createDatabase(name, user());
    }

    /**
     * Creates a database and runs init scripts in it, unless a database with this name exists. If it exists and belongs
     * to another role, the user gets the rights of that role.
     *
     * @param name the name, with any characters that PostgreSQL accepts
     * @param user the owner, which runs the scripts; it is created as {@link #passwordOf} does
     * @param initScripts the locations of the scripts, as in {@link LocalPostgresBuilder#initScripts}
     * @throws InitScriptException if a script cannot be found or fails; the database does not exist afterwards
     * @throws IOException if the server refuses
     */
    public synchronized void createDatabase(String name, String user, String... initScripts) throws IOException {
        new DatabaseCreation(superuser()).create(name, application(user), List.of(initScripts));
    }

    /**
     * {@return the password of a role} A role that does not exist is created with a random password. It has the rights of
     * {@link #user}, and may create databases and roles.
     *
     * @param user the role
     * @throws IOException if the server refuses, for example because PostgreSQL reserves the name
     */
    public synchronized String passwordOf(String user) throws IOException {
        return application(user).password();
    }

    private RoleLogin application(String user) throws IOException {
        requireNoSuperuser(user);
        RoleLogin login = applications.get(user);
        if (login == null) {
            login = RoleLogin.random(user);
            superuser().createRole(login, user());
            applications.put(user, login);
        }
        return login;
    }

    static void requireNoSuperuser(String user) throws IOException {
        if (user.equals(SUPERUSER)) {
            throw new IOException("the user '" + user + "' is its superuser, which applications do not use."
                    + " Set another user, or leave the user unset.");
        }
    }

    private SuperuserSql superuser() {
        return new SuperuserSql(port(), logins.superuser());
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
