package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase.Scope;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test runs in processes of their own, on one configured server, as a build with several forks starts them. */
class ProcessesTest {

    private static final String DATABASES =
            "select datname from pg_database where datname like 'wellhead\\_test\\_%' order by 1";

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @TestDatabase(migrations = TestTables.class, scope = Scope.METHOD)
    static class ShortCase {

        @RepeatedTest(10)
        void row_isAlone(Database database) throws SQLException {
            TestTables.add(database, "row");
            assertThat(TestTables.count(database)).isEqualTo(2);
        }
    }

    @TestDatabase(migrations = TestTables.class)
    static class EndlessCase {

        @Test
        void test(Database database) throws Exception {
            Files.createFile(Path.of(System.getProperty("begun")));
            new CountDownLatch(1).await();
        }
    }

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        server.createRole("tester", "tester-password");
        server.execute("alter role tester createdb");
        server.createDatabase("shop", "tester");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void severalProcesses_onOneServer_dropTheirOwnDatabases() throws Exception {
        List<ChildJvm> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(run(environment(), ShortCase.class));
        }
        for (ChildJvm process : processes) {
            assertThat(process.end()).as(process.output()).isZero();
            assertThat(process.output()).contains("10 succeeded, 0 failed");
        }
        assertThat(server.query(DATABASES)).isEmpty();
    }

    @Test
    void killedProcess_nextRun_dropsItsDatabases() throws Exception {
        Path begun = directory.resolve("begun");
        ChildJvm killed = ChildJvm.start(directory, environment(begun), main(EndlessCase.class));
        try {
            Await.until(Duration.ofMinutes(2), () -> Files.exists(begun));
        } finally {
            killed.close();
        }
        // the server notices the end of the process
        Await.until(Duration.ofMinutes(1), () -> server.query("select 1 from pg_stat_activity where usename = 'tester'")
                .isEmpty());
        List<String> left = server.query(DATABASES);
        assertThat(left).isNotEmpty();
        ChildJvm next = run(environment(), ShortCase.class);
        assertThat(next.end()).as(next.output()).isZero();
        assertThat(server.query(DATABASES)).doesNotContainAnyElementsOf(left).isEmpty();
    }

    @Test
    void strictEnvironment_failsTheTests_withoutTouchingTheServer() throws Exception {
        Map<String, String> production = environment();
        production.put("ENVIRONMENT", "production");
        ChildJvm process = run(production, ShortCase.class);
        assertThat(process.end()).isOne();
        assertThat(process.output())
                .contains("@TestDatabase creates no databases in a strict environment, and 'production' is strict.");
        assertThat(server.query(DATABASES)).isEmpty();
    }

    private ChildJvm run(Map<String, String> environment, Class<?> test) throws Exception {
        return ChildJvm.start(directory, environment, main(test));
    }

    private static String[] main(Class<?> test) {
        return new String[] {TestRun.class.getName(), test.getName()};
    }

    private static Map<String, String> environment(Path begun) {
        Map<String, String> environment = environment();
        environment.put("JDK_JAVA_OPTIONS", "-Dbegun=" + begun);
        return environment;
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "TEST_DATABASE_URL",
                "postgresql://tester:tester-password@" + server.host() + ":" + server.port() + "/shop");
        return environment;
    }
}
