package dev.wellhead.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.settings.Origin;
import dev.wellhead.testkit.BlackHole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that do not end with an answer or a failure of the service. */
class ServiceChecksTest {

    private static ServiceChecks start(String host, int port) {
        return ServiceChecks.start(new ServiceListing(List.of(NamedService.at(
                        ServiceKind.CACHE,
                        ServiceProtocol.REDIS,
                        ServiceAddress.of("redis", host, port),
                        "",
                        Origin.Variable.of("SESSIONS_REDIS_URL"))
                .named("sessions"))));
    }

    @Test
    void check_withADefect_isAFailedRow() throws Exception {
        ServiceChecks checks = start("127.0.0.1", 70_000);
        checks.await(Duration.ofMinutes(2));

        Map<String, Object> row = checks.json().get(0);
        assertThat(row)
                .containsEntry("status", "failed")
                .containsEntry(
                        "result",
                        "the check itself failed: java.lang.IllegalArgumentException: port out of range:70000");
        assertThat(row.get("fix"))
                .hasToString("Report the output of 'wellhead doctor --service cache --name sessions'.");
        assertThat(checks.text(Terminal.PIPE)).contains("FAIL  cache sessions", "[internal]");
        assertThat(checks.verdict()).isEqualTo("1 other service fails.");
    }

    @Test
    void check_thatIsUnfinished_namesTheCommandThatShowsItsStages() throws Exception {
        try (BlackHole silent = BlackHole.open()) {
            ServiceChecks checks = start(silent.host(), silent.port());
            checks.await(Duration.ZERO);

            Map<String, Object> row = checks.json().get(0);
            assertThat(row)
                    .containsEntry("status", "failed")
                    .containsEntry("result", "the time was up before it answered");
            assertThat(row.get("fix"))
                    .hasToString(
                            "Run 'wellhead doctor --service cache --name sessions' to see the stage that is slow.");
        }
    }
}
