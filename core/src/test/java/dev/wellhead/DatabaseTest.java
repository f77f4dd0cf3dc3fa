package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.slf4j.event.Level;

@Timeout(60)
class DatabaseTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "s3cret");

    @Test
    void open_environment_givesAWorkingPool() throws SQLException {
        try (Database database = open("DB_MAXIMUM_POOL_SIZE", "3")) {
            try (Connection connection = database.getConnection()) {
                assertThat(answer(connection, "select current_user")).isEqualTo(app.role());
                assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            }
            Await.until(SOON, () -> app.sessions() == 3);
            assertThat(database.settings().user()).isEqualTo(app.role());
            assertThat(database.reader()).isSameAs(database);
            assertThat(database).hasToString("Database 'default'");
        }
        Await.until(SOON, () -> app.sessions() == 0);
    }

    @Test
    void open_firstConnection_isOpenedOnce() throws SQLException {
        List<String> events = new CopyOnWriteArrayList<>();
        try (Database database = Databases.builder()
                .environment(environment("DB_MAXIMUM_POOL_SIZE", "1"))
                .listener(new Recorder(events))
                .open()) {
            query(database);
            query(database);
        }
        assertThat(events).containsExactly("opened", "closed", "database closed");
    }

    @Test
    void open_minimumIdleZero_takesTheFirstConnectionIntoThePoolAllTheSame() throws SQLException {
        List<String> events = new CopyOnWriteArrayList<>();
        try (Database database = Databases.builder()
                .environment(environment("DB_MAXIMUM_POOL_SIZE", "2", "DB_MINIMUM_IDLE", "0"))
                .listener(new Recorder(events))
                .open()) {
            assertThat(hikari(database).getHikariPoolMXBean().getIdleConnections())
                    .isEqualTo(1);
            query(database);
        }
        assertThat(events).containsExactly("opened", "closed", "database closed");
    }

    @Test
    void open_success_logsOneLineWithoutThePassword() throws SQLException {
        try (LogCapture log = LogCapture.start()) {
            open("DB_MAXIMUM_POOL_SIZE", "2", "DB_APPLICATION_NAME", "books").close();

            assertThat(log.events().stream()
                            .filter(event -> event.level() == Level.INFO
                                    && event.logger().startsWith("dev.wellhead"))
                            .map(LogCapture.Event::message))
                    .containsExactly("Database 'default' is open in environment 'local': host=127.0.0.1 (environment"
                            + " variable DB_HOST), port=" + server.port() + " (environment variable DB_PORT),"
                            + " name=postgres (environment variable DB_NAME), user=" + app.role()
                            + " (environment variable DB_USER), password=<redacted> (environment variable"
                            + " DB_PASSWORD), sslmode=disable (default for environment 'local' on loopback),"
                            + " applicationName=books (environment variable DB_APPLICATION_NAME),"
                            + " maximumPoolSize=2 (environment variable DB_MAXIMUM_POOL_SIZE).");
            assertThat(log.messages(Level.WARN)).isEmpty();
            assertThat(log.text()).doesNotContain("s3cret");
        }
    }

    @Test
    void open_refusedPassword_leavesNothingOpen() {
        List<String> events = new CopyOnWriteArrayList<>();
        Closing provider = new Closing("wrong");
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThatThrownBy(() -> Databases.builder()
                        .environment(app.environment())
                        .credentials(provider)
                        .listener(new Recorder(events))
                        .open())
                .isInstanceOfSatisfying(ConnectionFailedException.class, e -> assertThat(e.kind())
                        .isEqualTo(FailureKind.CREDENTIALS_REFUSED));

        assertThat(provider.closed).isEqualTo(1);
        assertThat(events).containsExactly("failed", "database closed");
        assertThat(newThreads(before)).isEmpty();
    }

    @Test
    void open_initSqlFails_namesTheSettingAndLeavesNothingOpen() {
        List<String> events = new CopyOnWriteArrayList<>();
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThatThrownBy(() -> Databases.builder()
                        .environment(environment("DB_CONNECTION_INIT_SQL", "select nonsense"))
                        .listener(new Recorder(events))
                        .open())
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageStartingWith("Database 'default' accepted the first connection, but setting it up failed: ")
                .hasMessageEndingWith(" Check DB_CONNECTION_INIT_SQL.")
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42703"));

        Await.until(SOON, () -> app.sessions() == 0);
        assertThat(events).containsExactly("opened", "closed", "database closed");
        Await.until(SOON, () -> newThreads(before).isEmpty());
    }

    @Test
    void open_invalidSettings_closesTheProviderThatWasHandedIn() {
        Closing provider = new Closing("s3cret");

        assertThatThrownBy(() -> Databases.builder()
                        .environment(environment("DB_PORT", "70000"))
                        .credentials(provider)
                        .open())
                .isInstanceOf(ConfigurationException.class);
        assertThat(provider.closed).isEqualTo(1);
    }

    @Test
    void open_databaseStillComing_waits() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.refuse();
            Thread later = new Thread(() -> {
                Await.until(SOON, () -> waits());
                proxy.pass();
            });
            try (LogCapture log = LogCapture.start()) {
                capture = log;
                later.start();
                Databases.builder()
                        .environment(app.environment(
                                proxy.host(), proxy.port(), "DB_PASSWORD", "s3cret", "DB_STARTUP_TIMEOUT", "20s"))
                        .open()
                        .close();
                assertThat(log.messages(Level.INFO)).anySatisfy(message -> assertThat(message)
                        .matches("Database 'default' is available after \\d+ ms\\."));
            }
            later.join();
        }
    }

    @Test
    void close_twice_closesEverythingOnce() throws SQLException {
        List<String> events = new CopyOnWriteArrayList<>();
        Closing provider = new Closing("s3cret");
        Database database = Databases.builder()
                .environment(app.environment("DB_MAXIMUM_POOL_SIZE", "1"))
                .credentials(provider)
                .listener(new Recorder(events))
                .open();

        database.close();
        database.close();

        assertThat(provider.closed).isEqualTo(1);
        assertThat(events).containsExactly("opened", "closed", "database closed");
        assertThatThrownBy(database::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessage("Database 'default' was closed.");
    }

    @Test
    void open_fixedCredentials_startNoThreadButHikaris() throws SQLException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Database database = open("DB_MAXIMUM_POOL_SIZE", "2")) {
            query(database);

            assertThat(newThreads(before))
                    .allSatisfy(name -> assertThat(name).matches("default:(housekeeper|connection-(adder|closer))"));
        }
    }

    @Test
    void open_manyDatabasesThatFollowCredentials_shareOneThread() throws SQLException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<Database> databases = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Database database = Databases.builder()
                        .environment(app.environment("DB_MAXIMUM_POOL_SIZE", "1"))
                        .credentials(new Closing("s3cret"))
                        .open();
                databases.add(database);
                query(database);
            }
            List<String> ours = newThreads(before);
            ours.removeIf(name -> name.startsWith("default:"));
            assertThat(ours).isSubsetOf("wellhead-maintenance");
        } finally {
            databases.forEach(Database::close);
        }
    }

    @Test
    void getConnection_withUserAndPassword_isRefusedWithARemedy() throws SQLException {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.getConnection("other", "secret"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessage(
                            "The credentials of database 'default' are configured, and change when they rotate. Call"
                                    + " getConnection(). For another role, open another database with a name of its own.");
        }
    }

    @Test
    void unwrap_supportsHikariAndTheDatabaseItself() throws SQLException {
        try (Database database = open()) {
            assertThat(database.unwrap(HikariDataSource.class).getPoolName()).isEqualTo("default");
            assertThat(database.unwrap(Database.class)).isSameAs(database);
            assertThat(database.unwrap(DataSource.class)).isSameAs(database);
            assertThat(database.isWrapperFor(HikariDataSource.class)).isTrue();
            assertThat(database.isWrapperFor(Database.class)).isTrue();
            assertThat(database.isWrapperFor(String.class)).isFalse();
            assertThatThrownBy(() -> database.unwrap(String.class))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("Database 'default' cannot be unwrapped to java.lang.String. It can be unwrapped to"
                            + " HikariDataSource.");
        }
    }

    @Test
    void loginTimeout_isConnectionTimeoutAndCannotBeSet() throws SQLException {
        try (Database database = open("DB_CONNECTION_TIMEOUT", "2500ms")) {
            assertThat(database.getLoginTimeout()).isEqualTo(3);
            assertThatThrownBy(() -> database.setLoginTimeout(5))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessage("The time that getConnection waits is fixed when the database is opened. Set"
                            + " DB_CONNECTION_TIMEOUT.");
            assertThat(database.getLogWriter()).isNull();
        }
    }

    @Test
    void getConnection_poolExhausted_namesTheRemedy() throws SQLException {
        try (Database database = open("DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", "500ms");
                Connection only = database.getConnection()) {
            assertThat(only.isValid(1)).isTrue();
            assertThatThrownBy(database::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .message()
                    .matches("default - Connection is not available, request timed out after \\d+ms \\(total=1,"
                            + " active=1, idle=0, waiting=0\\)\\. All connections are used\\. Return them sooner"
                            + " \\(leakDetectionThreshold finds those that are not returned\\), or increase"
                            + " DB_MAXIMUM_POOL_SIZE \\(now 1\\)\\.");
        }
    }

    @Test
    void getConnection_serverStopped_reportsReasonStateAndCause() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server);
                Database database = Databases.builder()
                        .environment(app.environment(
                                proxy.host(),
                                proxy.port(),
                                "DB_PASSWORD",
                                "s3cret",
                                "DB_MAXIMUM_POOL_SIZE",
                                "1",
                                "DB_CONNECTION_TIMEOUT",
                                "1s"))
                        .open()) {
            proxy.refuse();
            Connection broken = database.getConnection();
            proxy.resetAll();
            assertThatThrownBy(() -> answer(broken, "select 1")).isInstanceOf(SQLException.class);
            broken.close();

            assertThatThrownBy(database::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("request timed out after ")
                    .hasMessageContaining("The last attempt to open a connection failed: ")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"))
                    .cause()
                    .isInstanceOfSatisfying(ConnectionFailedException.class, cause -> assertThat(cause.kind())
                            .isEqualTo(FailureKind.REFUSED));

            proxy.pass();
            query(database);
        }
    }

    @Test
    void getConnection_networkSilentForAWhile_recoversByItself() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server);
                LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(app.environment(
                                proxy.host(),
                                proxy.port(),
                                "DB_PASSWORD",
                                "s3cret",
                                "DB_MAXIMUM_POOL_SIZE",
                                "2",
                                "DB_CONNECTION_TIMEOUT",
                                "1s",
                                "DB_VALIDATION_TIMEOUT",
                                "300ms",
                                "DB_SOCKET_TIMEOUT",
                                "500ms"))
                        .open()) {
            query(database);
            proxy.blackHole();
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> query(database)).isInstanceOf(SQLException.class);
            }

            proxy.pass();

            Await.until(SOON, () -> {
                try {
                    query(database);
                    return true;
                } catch (SQLException notYet) {
                    return false;
                }
            });
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.startsWith("Database 'default' cannot open new connections: "))
                    .hasSize(1);
            assertThat(log.messages(Level.INFO)).contains("Database 'default' can open new connections again.");
        }
    }

    @Test
    void getConnection_interruptedWhileWaiting_restoresTheFlag() throws SQLException {
        try (Database database = open("DB_MAXIMUM_POOL_SIZE", "1");
                Connection only = database.getConnection()) {
            assertThat(only.isClosed()).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(database::getConnection).isInstanceOf(SQLException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private volatile @Nullable LogCapture capture;

    private boolean waits() {
        LogCapture log = capture;
        return log != null
                && log.messages(Level.INFO).stream()
                        .anyMatch(message ->
                                message.startsWith("Waiting up to 20 s for database 'default' (DB_STARTUP_TIMEOUT): "));
    }

    private Database open(String... more) throws SQLException {
        return Databases.builder().environment(environment(more)).open();
    }

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = app.environment(more);
        environment.put("DB_PASSWORD", "s3cret");
        return environment;
    }

    private static HikariDataSource hikari(Database database) throws SQLException {
        return database.unwrap(HikariDataSource.class);
    }

    private static void query(Database database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(answer(connection, "select 1")).isEqualTo("1");
        }
    }

    private static String answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static List<String> newThreads(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        List<String> names = new ArrayList<>();
        for (Thread thread : now) {
            // the thread is shared by the whole process and ends by itself
            if (!thread.getName().startsWith("wellhead-dns")) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private record Recorder(List<String> events) implements DatabaseListener {

        @Override
        public void connectionOpened(ConnectionOpened event) {
            events.add("opened");
        }

        @Override
        public void connectionFailed(ConnectionFailed event) {
            events.add("failed");
        }

        @Override
        public void connectionClosed(ConnectionClosed event) {
            events.add("closed");
        }

        @Override
        public void databaseClosed() {
            events.add("database closed");
        }
    }

    /** A provider whose credentials can change; it counts how often it is closed. */
    private final class Closing implements CredentialsProvider {

        private final CredentialsSet set;
        private int closed;

        Closing(String password) {
            this.set = CredentialsSet.of(1, List.of(Credentials.of(app.role(), password, "only")));
        }

        @Override
        public String description() {
            return "a test";
        }

        @Override
        public CredentialsSet current(LoginTarget target, Duration budget) {
            return set;
        }

        @Override
        public CredentialsSet refresh(CredentialsSet refused, LoginTarget target, Duration budget) {
            return refused;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
