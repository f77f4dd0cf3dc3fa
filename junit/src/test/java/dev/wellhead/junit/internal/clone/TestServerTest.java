package dev.wellhead.junit.internal.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.junit.TestTables;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Templates and copies on a configured server. */
class TestServerTest {

    private static final String DATABASES =
            "select datname from pg_database where datname like 'wellhead\\_test\\_%' order by 1";

    private static final TemplateSource ACCOUNTS = new TemplateSource(List.of(TestTables.class), List.of());

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        server.createRole("tester", "tester-password");
        server.execute("alter role tester createdb");
        server.createRole("reader", "reader-password");
        server.createDatabase("shop", "tester");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everyDatabase_isDropped() {
        assertThat(server.query(DATABASES)).isEmpty();
    }

    @Test
    void copies_ofATemplate_areIsolated() throws Exception {
        try (TestServer tests = TestServer.open(request("tester"))) {
            DatabaseCopy first = tests.template(ACCOUNTS).take();
            DatabaseCopy second = tests.template(ACCOUNTS).take();
            try (var connection = first.database().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("insert into accounts (name) values ('x')");
            }
            assertThat(count(first)).isEqualTo(2);
            assertThat(count(second)).isOne();
            assertThat(first.database().settings().get(Settings.MINIMUM_IDLE)).isOne();
            first.close();
            Await.until(Duration.ofSeconds(60), () -> !server.query(DATABASES).contains(first.name()));
            assertThat(server.query(DATABASES)).contains(second.name());
        }
    }

    @Test
    void close_copiesInUseAndJustReturned_areClosed() throws Exception {
        DatabaseCopy inUse;
        List<DatabaseCopy> returned = new ArrayList<>();
        try (TestServer tests = TestServer.open(request("tester"))) {
            inUse = tests.template(ACCOUNTS).take();
            for (int i = 0; i < 5; i++) {
                returned.add(tests.template(ACCOUNTS).take());
            }
            // the last ones are not closed yet when the server is
            returned.forEach(DatabaseCopy::close);
        }
        inUse.close();
        returned.add(inUse);
        assertThat(returned).allSatisfy(copy -> assertThatThrownBy(copy.database()::getConnection)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003")));
    }

    @Test
    void templateWithASessionOfAnotherRole_isSealed() throws Exception {
        try (TestServer tests = TestServer.open(request("tester"))) {
            String name = "wellhead_test_0000cafe_t1";
            tests.databases().create(name);
            try (Connection ofAnotherRole = server.connect(name)) {
                tests.databases().seal(name);
                assertThat(ofAnotherRole.isValid(30)).isTrue();
            }
        }
    }

    @Test
    void poolSettings_ofTheUser_areThoseOfTheCopies() throws Exception {
        Map<String, String> variables = variables("tester");
        variables.put("TEST_DB_MAXIMUM_POOL_SIZE", "3");
        try (TestServer tests = TestServer.open(SettingsRequest.of("test", variables))) {
            assertThat(tests.template(ACCOUNTS).take().database().settings().get(Settings.MAXIMUM_POOL_SIZE))
                    .isEqualTo(3);
        }
    }

    @Test
    void parallelTakes_everyCopy_isAnotherOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TestServer tests = TestServer.open(request("tester"))) {
            Set<String> names = ConcurrentHashMap.newKeySet();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(threads.submit(() -> {
                    try (DatabaseCopy copy = tests.template(ACCOUNTS).take()) {
                        assertThat(count(copy)).isOne();
                        assertThat(names.add(copy.name())).isTrue();
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(names).hasSize(24);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void roleWithoutRight_isRefusedByName() {
        assertThatThrownBy(() -> TestServer.open(request("reader")))
                .isInstanceOf(TestServerException.class)
                .hasMessage("The user reader may not create databases on " + server.host() + ":" + server.port()
                        + ", which @TestDatabase requires. Run 'alter role reader createdb' there as a superuser, or set"
                        + " TEST_DB_USER to a role with this right.");
    }

    @Test
    void strictEnvironment_isRefused_withoutAConnection() {
        Map<String, String> variables = variables("tester");
        variables.put("ENVIRONMENT", "production");
        assertThatThrownBy(() -> TestServer.open(SettingsRequest.of("test", variables)))
                .isInstanceOf(TestServerException.class)
                .hasMessage("@TestDatabase creates no databases in a strict environment, and 'production' is strict."
                        + " From: environment variable ENVIRONMENT. Run the tests with ENVIRONMENT=test, or without this"
                        + " variable.");
    }

    @Test
    void unnamedDatabase_ofTheShell_isNotUsed() throws Exception {
        Map<String, String> variables = variables("tester");
        variables.put("ENVIRONMENT", "dev");
        variables.put("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/production");
        try (TestServer tests = TestServer.open(SettingsRequest.of("test", variables))) {
            assertThat(tests).hasToString("tester@" + server.host() + ":" + server.port());
        }
    }

    @Test
    void databasesOfAKilledRun_areDropped_othersAreNot() throws Exception {
        server.createDatabase("wellhead_test_0000beef_c1", "tester");
        server.createDatabase("wellhead_test_0000abcd_c4", "tester");
        server.createDatabase("wellhead_test_0000abcd_c2", "tester");
        server.createDatabase("wellhead_test_0000abcd_c3", "postgres");
        server.createDatabase("wellhead_test_0000abcd_t1", "tester");
        server.createDatabase("wellhead_test_mine", "tester");
        for (String name : List.of("0000abcd_c2", "0000abcd_c3", "0000abcd_t1", "mine")) {
            server.execute("comment on database wellhead_test_" + name + " is '" + Leftovers.COMMENT + "'");
        }
        server.execute("alter database wellhead_test_0000abcd_t1 allow_connections false");
        try (TestServer alive = TestServer.open(request("tester"))) {
            DatabaseCopy ofTheOther = alive.template(ACCOUNTS).take();
            // its sessions are no reason to keep it: the lock of its run is
            ofTheOther.database().close();
            try (TestServer tests = TestServer.open(request("tester"))) {
                assertThat(count(tests.template(ACCOUNTS).take())).isOne();
                Await.until(
                        Duration.ofSeconds(60), () -> !server.query(DATABASES).contains("wellhead_test_0000abcd_t1"));
            }
            assertThat(server.query(DATABASES))
                    .contains(ofTheOther.name())
                    .contains("wellhead_test_0000beef_c1") // no database of this run has the comment
                    .doesNotContain("wellhead_test_0000abcd_c4") // another one of this run has it
                    .doesNotContain("wellhead_test_0000abcd_c2")
                    .contains("wellhead_test_0000abcd_c3") // another role's
                    .contains("wellhead_test_mine"); // another name
        } finally {
            for (String name :
                    List.of("0000beef_c1", "0000abcd_c4", "0000abcd_c2", "0000abcd_c3", "0000abcd_t1", "mine")) {
                server.execute("drop database if exists wellhead_test_" + name);
            }
        }
    }

    @Test
    void failedScript_isNamedWithItsLine() throws Exception {
        TemplateSource broken = new TemplateSource(List.of(), List.of("broken.sql"));
        try (TestServer tests = TestServer.open(request("tester"))) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertThatThrownBy(() -> tests.template(broken).take())
                        .isInstanceOf(TestServerException.class)
                        .hasMessageStartingWith("The template of the test databases cannot be prepared, because script"
                                + " broken.sql failed: broken.sql, line 5: ERROR: type \"txt\" does not exist");
            }
        }
    }

    @Test
    void missingScript_isNamed() throws Exception {
        try (TestServer tests = TestServer.open(request("tester"))) {
            assertThatThrownBy(() -> tests.template(new TemplateSource(List.of(), List.of("classpath:/none.sql")))
                            .take())
                    .hasMessage("The script 'classpath:/none.sql' does not exist: there is no resource none.sql on the"
                            + " class path. The location of a file begins with 'file:'.");
            assertThatThrownBy(() -> tests.template(new TemplateSource(List.of(), List.of("file:/none.sql")))
                            .take())
                    .hasMessage("The script 'file:/none.sql' does not exist: there is no file /none.sql.");
        }
    }

    private static int count(DatabaseCopy copy) throws SQLException {
        try (var connection = copy.database().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from accounts")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static SettingsRequest request(String user) {
        return SettingsRequest.of("test", variables(user));
    }

    private static Map<String, String> variables(String user) {
        Map<String, String> variables = new HashMap<>();
        variables.put("TEST_DB_HOST", server.host());
        variables.put("TEST_DB_PORT", Integer.toString(server.port()));
        variables.put("TEST_DB_NAME", "shop");
        variables.put("TEST_DB_USER", user);
        variables.put("TEST_DB_PASSWORD", user + "-password");
        return variables;
    }
}
