package dev.wellhead.testkit;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.Installation;
import dev.wellhead.embedded.internal.RoleLogin;
import dev.wellhead.embedded.internal.ServerProcess;
import dev.wellhead.embedded.internal.SuperuserSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL 16 server on the loopback address with a temporary directory. Every login uses SCRAM; the superuser is
 * {@value #SUPERUSER} with the password {@link #SUPERUSER_PASSWORD}, which is random. The server ends with the JVM at
 * the latest, even if the JVM is killed. Thread-safe, except that {@link #stop}, {@link #restart} and {@link #close}
 * must not run concurrently.
 */
public final class PostgresServer implements AutoCloseable {

    /** The superuser. */
    public static final String SUPERUSER = "postgres";

    private static final String PASSWORD_FILE = "testkit.password.file";

    private static final RoleLogin SUPERUSER_LOGIN = superuserLogin();

    /**
     * The superuser's password. It is random, because other users of the machine can connect to the server, and the
     * same for all servers of this JVM. Another JVM has the same one if it is started with {@link #passwordOption}.
     */
    public static final String SUPERUSER_PASSWORD = SUPERUSER_LOGIN.password();

    /** The role that the testkit itself uses. Every pg_hba.conf of the testkit permits it. */
    static final String OWN_ROLE = "testkit";

    static final RoleLogin OWN_LOGIN = RoleLogin.random(OWN_ROLE);

    private final Installation installation;
    private final DataDirectory data;
    private ServerProcess process;
    private boolean closed;

    PostgresServer(Installation installation, DataDirectory data) throws IOException {
        this.installation = installation;
        this.data = data;
        this.process = data.startServer(installation, 0);
    }

    /**
     * {@return an option for a child JVM, in which {@link #SUPERUSER_PASSWORD} is then the same} A command line is
     * visible to other users, so the option names a file that only this user can read. The file is deleted when this
     * JVM ends.
     */
    public static String passwordOption() {
        return unchecked(() -> {
            Path file = Files.createTempFile("testkit", ".password");
            file.toFile().deleteOnExit();
            return "-D" + PASSWORD_FILE + "=" + Files.writeString(file, SUPERUSER_PASSWORD);
        });
    }

    private static RoleLogin superuserLogin() {
        String file = System.getProperty(PASSWORD_FILE);
        return file == null
                ? RoleLogin.random(SUPERUSER)
                : new RoleLogin(SUPERUSER, unchecked(() -> Files.readString(Path.of(file))));
    }

    /** {@return a new server; the caller closes it} */
    public static PostgresServer start() {
        return builder().start();
    }

    /** {@return the server that the tests of this JVM share; they must not stop, close or reconfigure it} */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** {@return a builder for a server with other settings} */
    public static PostgresServerBuilder builder() {
        return new PostgresServerBuilder();
    }

    /** {@return the IPv4 address; the server also listens on {@code ::1} if this machine has IPv6} */
    public String host() {
        return ServerProcess.ADDRESS;
    }

    /** {@return the port, which a restart does not change} */
    public int port() {
        return process.port();
    }

    /** {@return the URL of the database {@code postgres}, without user and password} */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** {@return the URL of a database, without user and password} */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /** Creates a database that belongs to the superuser. */
    public void createDatabase(String name) {
        execute("create database " + quoted(name));
    }

    /** Creates a database that belongs to a role, which may create tables in it. */
    public void createDatabase(String name, String owner) {
        execute("create database " + quoted(name) + " owner " + quoted(owner));
    }

    /** Creates a role that may log in. */
    public void createRole(String name, String password) {
        execute("create role " + quoted(name) + " login");
        setPassword(name, password);
    }

    /** Changes a password. The server reads it from a file, so that no log of the driver contains it. */
    public void setPassword(String role, String password) {
        unchecked(() -> {
            Path file = Files.createTempFile(data.data(), "password", "");
            try {
                Files.writeString(file, password);
                installation.user().own(file);
                execute("do $$ begin execute format('alter role %I password %L', " + literal(role) + ", pg_read_file("
                        + literal(file.getFileName().toString()) + ")); end $$");
            } finally {
                Files.delete(file);
            }
            return true;
        });
    }

    /** Runs statements as a superuser in the database {@code postgres}, each in its own transaction. */
    public void execute(String... statements) {
        executeIn("postgres", statements);
    }

    /** Runs statements as a superuser in a database, each in its own transaction. */
    public void executeIn(String database, String... statements) {
        unchecked(() -> {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return true;
        });
    }

    /** {@return the first column of a query's result; a superuser runs the query in the database {@code postgres}} */
    public List<String> query(String sql) {
        return unchecked(() -> {
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
                return values;
            }
        });
    }

    /** {@return a new connection of a superuser; the caller closes it} */
    public Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(OWN_ROLE);
        source.setPassword(OWN_LOGIN.password());
        source.setApplicationName("testkit");
        // the certificate may be one that the driver does not accept
        source.setSslMode("disable");
        return source.getConnection();
    }

    /** Replaces the rules of pg_hba.conf. Returns when they apply to new connections. */
    public void hba(String... lines) {
        reload(Map.of("pg_hba.conf", hbaText(List.of(lines))));
    }

    /**
     * Replaces the certificate of a server that was started with {@link PostgresServerBuilder#tls}. Returns when new
     * connections get it. PostgreSQL keeps the previous certificate if OpenSSL cannot use the new one.
     */
    public void certificate(IssuedCertificate certificate) {
        reload(Map.of("server.crt", certificate.certificatePem(), "server.key", certificate.keyPem()));
    }

    private void reload(Map<String, String> files) {
        unchecked(() -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                data.writeFile(file.getKey(), file.getValue(), installation);
            }
            return true;
        });
        int logged = log().length();
        execute("select pg_reload_conf()");
        // the process that writes this line reloads everything before it accepts the next connection
        Await.until(Duration.ofSeconds(60), "the reload of the configuration", () -> log().substring(logged)
                .contains("received SIGHUP"));
    }

    /** Ends every session except those of the testkit. */
    public void terminateSessions() {
        execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where backend_type = 'client backend' and usename <> '" + OWN_ROLE + "'");
    }

    /** Shuts the server down and ends its sessions with SQLSTATE 57P01. {@link #restart} starts it again. */
    public void stop() {
        unchecked(() -> {
            process.stop();
            return true;
        });
    }

    /**
     * Kills the server and its sessions with SIGKILL, as the end of its machine would. {@link #restart} starts it
     * again, with a recovery.
     */
    public void kill() {
        process.kill();
    }

    /** Stops the server if it is running, and starts it on the same port with the same data. */
    public void restart() {
        stop();
        process = unchecked(() -> data.startServer(installation, port()));
    }

    /** {@return a hot standby that replicates this server; the caller closes it} */
    public PostgresServer standby() {
        return unchecked(() -> Standby.of(this, installation, data.data()));
    }

    /** Makes a standby a primary. Returns when it accepts writes. */
    public void promote() {
        execute("select pg_promote(true, 30)");
    }

    /** {@return what the server has logged since its last start} */
    public String log() {
        return process.log();
    }

    /** Ends the server and deletes its files. Closing a second time has no effect. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        unchecked(() -> {
            try {
                data.stopServer(process);
            } finally {
                data.close();
            }
            return true;
        });
    }

    @Override
    public String toString() {
        return "PostgresServer[" + host() + ":" + port() + "]";
    }

    /** Replaces the passwords of the template, with which a new copy starts. */
    PostgresServer secured(RoleLogin template) throws IOException {
        new SuperuserSql(port(), new RoleLogin(OWN_ROLE, template.password())).setPasswords(SUPERUSER_LOGIN, OWN_LOGIN);
        return this;
    }

    static String hbaText(List<String> lines) {
        return "host all " + OWN_ROLE + " all scram-sha-256\nhost replication " + OWN_ROLE + " all scram-sha-256\n"
                + String.join("\n", lines) + "\n";
    }

    static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static <T> T unchecked(Callable<T> action) {
        try {
            return action.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }
}
