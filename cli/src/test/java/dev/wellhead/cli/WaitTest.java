package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class WaitTest {

    private static final String PASSWORD = "Hj3-unmistakable-8s";

    private static final List<String> FALSE_QUERIES =
            List.of("SELECT * FROM nothing_yet", "SELECT false", "SELECT NULL", "SELECT 0", "SELECT 1 WHERE false");

    private static Map<String, String> to(PostgresServer server) {
        return to(server.port());
    }

    private static Map<String, String> to(int port) {
        Map<String, String> variables = new HashMap<>();
        variables.put("DB_HOST", "127.0.0.1");
        variables.put("DB_PORT", Integer.toString(port));
        variables.put("DB_NAME", "postgres");
        variables.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        return variables;
    }

    @Test
    void wait_forADatabaseThatIsReady_printsNothing() {
        Run run = Run.piped(to(PostgresServer.shared()), "wait");

        assertThat(run).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void wait_forADatabaseThatNeverStarts_printsTheLastFailure() {
        int port = FreePort.find();

        Run run = Run.piped(to(port), "wait", "--timeout", "600ms");

        assertThat(run.code()).isEqualTo(75);
        assertThat(run.err())
                .startsWith("The database was not ready within 600ms. Last failure: Cannot connect to 127.0.0.1:" + port
                        + ": nothing listens on this port (DB_HOST, DB_PORT).");
    }

    @Test
    void wait_forADatabaseThatStarts_returnsWhenItIsReady() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            server.stop();
            CompletableFuture<Run> waiting =
                    CompletableFuture.supplyAsync(() -> Run.piped(to(server), "wait", "--timeout", "30s"));
            server.restart();

            assertThat(waiting.get(30, TimeUnit.SECONDS).code()).isZero();
        }
    }

    @Test
    void wait_forAPrimary_ignoresAStandby() {
        try (PostgresServer primary = PostgresServer.start();
                PostgresServer standby = primary.standby()) {
            assertThat(Run.piped(to(standby), "wait", "-t", "5s").code()).isZero();

            Run run = Run.piped(to(standby), "wait", "-t", "500ms", "--for-primary");
            assertThat(run.code()).isEqualTo(75);
            assertThat(run.err()).contains("and targetServerType is primary");

            standby.promote();
            assertThat(Run.piped(to(standby), "wait", "-t", "20s", "--for-primary")
                            .code())
                    .isZero();
        }
    }

    @Test
    void wait_forAQuery_returnsWhenItIsTrue() {
        ExecutorService executor = Executors.newFixedThreadPool(FALSE_QUERIES.size());
        try {
            waitForQueries(executor);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void waitForQueries(ExecutorService executor) {
        PostgresServer server = PostgresServer.shared();

        assertThat(Run.piped(to(server), "wait", "--for-query", "SELECT true").code())
                .isZero();
        // together, because each of them waits until its time is up
        List<CompletableFuture<Run>> waits = new ArrayList<>();
        for (String query : FALSE_QUERIES) {
            waits.add(CompletableFuture.supplyAsync(
                    () -> Run.piped(to(server), "wait", "-t", "3s", "--for-query", query), executor));
        }
        for (CompletableFuture<Run> wait : waits.subList(1, waits.size())) {
            Run run = wait.join();
            assertThat(run.code()).isEqualTo(124);
            assertThat(run.err())
                    .isEqualToIgnoringWhitespace(
                            "The database was not ready within 3s. Last failure: The query has not returned a true value yet.");
        }
        assertThat(waits.get(0).join().err()).contains("nothing_yet");
    }

    @Test
    void wait_forAQueryThatHangs_endsInTime() {
        long begin = System.nanoTime();

        Run run = Run.piped(to(PostgresServer.shared()), "wait", "-t", "1s", "--for-query", "SELECT pg_sleep(60)");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(run.code()).isEqualTo(124);
        assertThat(run.err())
                .isEqualToIgnoringWhitespace(
                        "The database was not ready within 1s. Last failure: The query did not finish in time.");
    }

    @Test
    void wait_forSeveralUnresponsiveServers_dividesItsTime() {
        try (BlackHole one = BlackHole.open();
                BlackHole other = BlackHole.open()) {
            Map<String, String> variables = to(one.port());
            variables.put("DB_HOST", one.host() + "," + other.host());
            variables.put("DB_PORT", one.port() + "," + other.port());
            long begin = System.nanoTime();

            Run run = Run.piped(variables, "wait", "-t", "3s");

            assertThat(run.code()).isEqualTo(75);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofSeconds(3), Duration.ofMillis(5500));
        }
    }

    @Test
    void wait_onATerminal_showsOneLineAndErasesIt() {
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(true, Ansi.OFF, 60);
        Map<String, String> variables = to(FreePort.find());
        CommandContext context = new CommandContext(
                variables,
                name -> SettingsRequest.of(name, variables),
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                terminal,
                terminal);

        int code = WellheadCommand.commandLine(context).execute("wait", "-t", "400ms");

        assertThat(code).isEqualTo(75);
        String shown = err.toString();
        assertThat(shown)
                .startsWith("\r\u001b[KWaiting, 0s of 400ms: 127.0.0.1:")
                .contains("nothing listens");
        for (String part : shown.split("[\r\n]", -1)) {
            assertThat(part.replace("\u001b[K", "")).hasSizeLessThanOrEqualTo(60);
        }
    }

    @Test
    void wait_withAWrongPassword_reportsItWithoutThePassword() {
        Map<String, String> variables = to(PostgresServer.shared());
        variables.put("DB_PASSWORD", PASSWORD);

        Run run = Run.piped(variables, "wait", "-t", "2s");

        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("user").doesNotContain(PASSWORD);
    }

    @Test
    void timeout_thatIsNotADuration_isWrongUsage() {
        Run run = Run.piped(to(PostgresServer.shared()), "wait", "--timeout", "soon");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("'soon' is not a valid duration; use 500ms, 60s or 2m");
    }
}
