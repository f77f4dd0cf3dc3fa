package dev.wellhead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL 16 on loopback: SCRAM for every login, the superuser {@value #SUPERUSER} with the password
 * {@value #SUPERUSER_PASSWORD}, a temporary directory. Ends with the JVM at the latest, however that ends. Thread-safe,
 * except that {@link #stop}, {@link #restart} and {@link #close} must not run at once.
 */
public final class PostgresServer implements AutoCloseable {

    /** The superuser. */
    public static final String SUPERUSER = "postgres";

    /** The superuser's password. */
    public static final String SUPERUSER_PASSWORD = "postgres";

    /** How the testkit itself gets in, whatever pg_hba.conf says of others. */
    static final String OWN_ROLE = "testkit";

    static final String OWN_PASSWORD = "testkit";

    private final PostgresBinaries binaries;
    private final Path directory;
    private final int port;
    private final Thread closer = new Thread(this::end, "postgres-closer");
    private ServerProcess process;

    PostgresServer(PostgresBinaries binaries, Path directory, int port, ServerProcess process) {
        this.binaries = binaries;
        this.directory = directory;
        this.port = port;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(closer);
    }

    /** {@return a new server; the caller closes it} */
    public static PostgresServer start() {
        return builder().start();
    }

    /** {@return the server of this JVM, for tests that do not disturb it: never stop or close it} */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** {@return a builder for one that differs} */
    public static PostgresServerBuilder builder() {
        return new PostgresServerBuilder();
    }

    /** {@return its IPv4 address; it also listens on {@code ::1} where the machine has it} */
    public String host() {
        return "127.0.0.1";
    }

    /** {@return its port, the same after a restart} */
    public int port() {
        return port;
    }

    /** {@return the URL of the database {@code postgres}, without user and password} */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** {@return the URL of a database, without user and password} */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
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

    /** Changes a password. It reaches the server in a file, so that no driver log shows it. */
    public void setPassword(String role, String password) {
        unchecked(() -> {
            Path file = Files.createTempFile(directory.resolve("data"), "password", "");
            try {
                Files.writeString(file, password);
                binaries.user().own(file);
                execute("do $$ begin execute format('alter role %I password %L', " + literal(role) + ", pg_read_file("
                        + literal(file.getFileName().toString()) + ")); end $$");
            } finally {
                Files.delete(file);
            }
            return true;
        });
    }

    /** Runs statements as a superuser in the database {@code postgres}, each in a transaction of its own. */
    public void execute(String... statements) {
        executeIn("postgres", statements);
    }

    /** Runs statements as a superuser in a database, each in a transaction of its own. */
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

    /** {@return the first column of what a query answers, asked as a superuser in the database {@code postgres}} */
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

    /** {@return a superuser's connection of its own; the caller closes it} */
    public Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(OWN_ROLE);
        source.setPassword(OWN_PASSWORD);
        source.setApplicationName("testkit");
        return source.getConnection();
    }

    /** Replaces the rules of pg_hba.conf and has the server read them; returns when they count for new connections. */
    public void hba(String... lines) {
        String loaded = "select pg_conf_load_time()";
        List<String> before = query(loaded);
        unchecked(() -> Files.writeString(
                directory.resolve("data").resolve("pg_hba.conf"),
                hbaText(List.of(lines)),
                StandardOpenOption.TRUNCATE_EXISTING));
        execute("select pg_reload_conf()");
        Await.until(Duration.ofSeconds(10), "the new pg_hba.conf", () -> !query(loaded)
                .equals(before));
    }

    /** Ends every session but the testkit's own. */
    public void terminateSessions() {
        execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where backend_type = 'client backend' and usename <> '" + OWN_ROLE + "'");
    }

    /** Shuts down in an orderly way: sessions are told (57P01) and ended. {@link #restart} starts it again. */
    public void stop() {
        unchecked(() -> {
            process.stop("INT");
            return true;
        });
    }

    /** Stops where it runs, then starts on the same port with the same data. */
    public void restart() {
        stop();
        process = unchecked(() -> ServerProcess.start(binaries, directory));
    }

    /** {@return a hot standby that follows this server; the caller closes it} */
    public PostgresServer standby() {
        return unchecked(() -> Standby.of(this, binaries, directory.resolve("data")));
    }

    /** Makes a standby a primary; returns when it is one. */
    public void promote() {
        execute("select pg_promote(true, 30)");
    }

    /** {@return what the server wrote to its log since it last started} */
    public String log() {
        return unchecked(process::log);
    }

    /** Ends the server and removes its files. Calling it again does nothing. */
    @Override
    public void close() {
        if (Files.exists(directory)) {
            Runtime.getRuntime().removeShutdownHook(closer);
            end();
        }
    }

    @Override
    public String toString() {
        return "PostgresServer[" + host() + ":" + port + "]";
    }

    static PostgresBinaries binaries() {
        return Binaries.PREPARED;
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

    private void end() {
        unchecked(() -> {
            process.stop("QUIT");
            Trees.delete(directory);
            return true;
        });
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    private static final class Binaries {
        static final PostgresBinaries PREPARED =
                unchecked(() -> PostgresBinaries.prepare(OperatingSystemUser.detect()));
    }
}
