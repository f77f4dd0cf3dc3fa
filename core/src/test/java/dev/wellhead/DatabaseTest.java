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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.slf4j.event.Level;

@Timeout(180)
class DatabaseTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "s3cret");

    @Test
    void open_environment_givesAWorkingPool() throws SQLException {
        try (Database database = app.open("DB_MAXIMUM_POOL_SIZE", "3")) {
            try (Connection connection = database.getConnection()) {
                assertThat(TestDatabase.answer(connection, "select current_user"))
                        .isEqualTo(app.role());
                assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            }
            Await.until(SOON, () -> app.sessions() == 3);
            assertThat(database.settings().user()).isEqualTo(app.role());
            assertThat(database.reader()).isNotSameAs(database).isSameAs(database.reader());
            assertThat(database).hasToString("Database 'default'");
        }
        Await.until(SOON, () -> app.sessions() == 0);
    }

    @Test
    void open_firstConnection_isOpenedOnce() throws SQLException {
        List<String> events = new CopyOnWriteArrayList<>();
        try (Database database = Databases.builder()
                .environment(app.environmentWithPassword("DB_MAXIMUM_POOL_SIZE", "1"))
                .listener(new Recorder(events))
                .open()) {
            TestDatabase.query(database);
            TestDatabase.query(database);
        }
        assertThat(events).containsExactly("opened", "closed", "database closed");
    }

    @Test
    void open_minimumIdleZero_keepsTheFirstConnectionInThePool() throws SQLException {
        List<String> events = new CopyOnWriteArrayList<>();
        try (Database database = Databases.builder()
                .environment(app.environmentWithPassword("DB_MAXIMUM_POOL_SIZE", "2", "DB_MINIMUM_IDLE", "0"))
                .listener(new Recorder(events))
                .open()) {
            assertThat(hikari(database).getHikariPoolMXBean().getIdleConnections())
                    .isEqualTo(1);
            TestDatabase.query(database);
        }
        assertThat(events).containsExactly("opened", "closed", "database closed");
    }

    @Test
    void open_success_logsOneLineWithoutThePassword() throws SQLException {
        try (LogCapture log = LogCapture.start()) {
            app.open("DB_MAXIMUM_POOL_SIZE", "2", "DB_APPLICATION_NAME", "books")
                    .close();

            assertThat(log.events().stream()
                            .filter(event -> event.level() == Level.INFO
                                    && event.logger().startsWith("dev.wellhead"))
                            .map(LogCapture.Event::message))
                    .containsExactly("default: " + app.role() + "@127.0.0.1:" + server.port()
                            + "/postgres, sslmode=disable, password from DB_PASSWORD, pool 2, connectionTimeout 30s"
                            + " (DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_MAXIMUM_POOL_SIZE)");
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
                        .environment(app.environmentWithPassword("DB_CONNECTION_INIT_SQL", "select nonsense"))
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
                        .environment(app.environmentWithPassword("DB_PORT", "70000"))
                        .credentials(provider)
                        .open())
                .isInstanceOf(ConfigurationException.class);
        assertThat(provider.closed).isEqualTo(1);
    }

    @Test
    void open_serverNotAvailableYet_waits() throws Exception {
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
        try (Database database = app.open("DB_MAXIMUM_POOL_SIZE", "2")) {
            TestDatabase.query(database);

            assertThat(newThreads(before))
                    .allSatisfy(name -> assertThat(name).matches("default:(housekeeper|connection-(adder|closer))"));
        }
    }

    @Test
    void open_manyDatabasesThatFollowCredentials_shareTheirThreads() throws SQLException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<Database> databases = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Database database = Databases.builder()
                        .environment(app.environment("DB_MAXIMUM_POOL_SIZE", "1"))
                        .credentials(new Closing("s3cret"))
                        .open();
                databases.add(database);
                TestDatabase.query(database);
            }
            List<String> ours = newThreads(before);
            ours.removeIf(name -> name.startsWith("default:"));
            assertThat(ours).doesNotHaveDuplicates().isSubsetOf("wellhead-maintenance", "wellhead-worker");
        } finally {
            databases.forEach(Database::close);
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

    private static HikariDataSource hikari(Database database) throws SQLException {
        return database.unwrap(HikariDataSource.class);
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
