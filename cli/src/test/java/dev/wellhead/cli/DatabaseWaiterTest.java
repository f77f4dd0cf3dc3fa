package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.testkit.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Help.Ansi;

/** Waiting without a server: every attempt fails immediately, so the tests decide when the time is up. */
@Timeout(60)
class DatabaseWaiterTest {

    private final int port = FreePort.find();
    private final StringWriter progress = new StringWriter();

    @Test
    void await_noServer_triesOnceWithoutTime() throws Exception {
        try (DatabaseWaiter waiter = waiter(Map.of())) {
            assertThat(waiter.await(Duration.ZERO, progressLine())).isFalse();
            assertThat(waiter.lastFailure()).contains("127.0.0.1:" + port).contains("nothing listens on this port");
        }
    }

    @Test
    void await_noServer_showsTheReasonAsProgress() throws Exception {
        try (DatabaseWaiter waiter = waiter(Map.of())) {
            waiter.await(Duration.ofMillis(300), progressLine());
        }

        assertThat(progress.toString())
                .contains("Waiting, 0s of 300ms: 127.0.0.1:" + port + ": nothing listens on this port");
    }

    @Test
    void await_credentialsMissing_isRetriedToo() throws Exception {
        try (DatabaseWaiter waiter = waiter(Map.of("DB_PASSWORD_FILE", "/nonexistent/password"))) {
            assertThat(waiter.await(Duration.ofMillis(150), progressLine())).isFalse();
            assertThat(waiter.lastFailure()).contains("/nonexistent/password");
        }
    }

    @Test
    void await_severalServers_reportsEachOfThemLast() throws Exception {
        int other = FreePort.find();
        Map<String, String> two = Map.of("DB_HOST", "127.0.0.1,127.0.0.1", "DB_PORT", port + "," + other);
        try (DatabaseWaiter waiter = waiter(two)) {
            assertThat(waiter.await(Duration.ZERO, progressLine())).isFalse();
            assertThat(waiter.lastFailure()).contains("127.0.0.1:" + other);
        }
    }

    /** Ctrl-C must end the command, not only one pause. */
    @Test
    void await_interrupted_ends() throws Exception {
        try (DatabaseWaiter waiter = waiter(Map.of())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> waiter.await(Duration.ofMinutes(10), progressLine()))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void lastFailure_beforeTheFirstAttempt_isASentence() {
        try (DatabaseWaiter waiter = waiter(Map.of())) {
            assertThat(waiter.lastFailure()).isEqualTo("No attempt was made.");
        }
    }

    /** Waiting does not correct settings. */
    @Test
    void of_invalidSettings_fails() {
        assertThatThrownBy(() -> waiter(Map.of("DB_SSLMODE", "yes"))).isInstanceOf(ConfigurationException.class);
    }

    private DatabaseWaiter waiter(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(
                Map.of("DB_HOST", "127.0.0.1", "DB_PORT", Integer.toString(port), "DB_SSLMODE", "disable"));
        variables.putAll(more);
        return DatabaseWaiter.of(SettingsRequest.of("default", variables), false, null);
    }

    private ProgressLine progressLine() {
        return new ProgressLine(new PrintWriter(progress, true), new Terminal(true, Ansi.OFF, 120));
    }
}
