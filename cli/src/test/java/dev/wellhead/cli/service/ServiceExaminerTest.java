package dev.wellhead.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.wellhead.cli.doctor.ExaminationListener;
import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.Origin;
import dev.wellhead.testkit.BlackHole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several services of one kind, of which one fails strangely. */
class ServiceExaminerTest {

    /** Keeps what is printed. */
    private static final class Printed implements ExaminationListener {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void begins(String name, String environment) {}

        @Override
        public void finished(StageResult result) {
            lines.add(result.server() + " " + result.stage().code() + " "
                    + result.status().code());
        }

        @Override
        public void running(String activity) {
            lines.add("testing " + activity);
        }
    }

    /** A port that no address has makes the check throw an unchecked exception. */
    private static NamedService queue(String host, int port, String variable) {
        return NamedService.at(
                ServiceKind.QUEUE,
                ServiceProtocol.HTTP,
                ServiceAddress.of("http", host, port),
                "",
                Origin.Variable.of(variable));
    }

    private static ServiceExaminer examiner(ExaminationListener listener, NamedService... services) {
        return new ServiceExaminer(
                ServiceKind.QUEUE,
                "default",
                new ServiceListing(List.of(services)),
                SettingsRequest.of("default", Map.of()),
                listener);
    }

    @Test
    void check_withADefect_leavesTheOthersTheirResults() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("HTTP/1.1 200 OK\r\n\r\n")) {
            ServiceExaminer examiner = examiner(
                    new Printed(),
                    queue("127.0.0.1", 70_000, "BROKEN_QUEUE_URL"),
                    queue("127.0.0.1", server.port(), "ENTRIES_QUEUE_URL"));

            assertThat(examiner.examine(Duration.ofMinutes(2))).isTrue();
            ServiceReport report = examiner.report(Outcome.OK);

            assertThat(report.conclusion().results().stream()
                            .map(result ->
                                    result.server() + " " + result.stage().code() + ": " + result.text()))
                    .containsExactly(
                            " settings: http://127.0.0.1:70000 (BROKEN_QUEUE_URL)",
                            " settings: http://127.0.0.1:" + server.port() + " (ENTRIES_QUEUE_URL)",
                            "127.0.0.1:70000 dns: 127.0.0.1",
                            "127.0.0.1:70000 tcp: the check itself failed: java.lang.IllegalArgumentException: port out"
                                    + " of range:70000",
                            "127.0.0.1:" + server.port() + " dns: 127.0.0.1",
                            "127.0.0.1:" + server.port() + " tcp: connected to port " + server.port(),
                            "127.0.0.1:" + server.port() + " answer: answers with HTTP status 200");
            assertThat(report.conclusion().outcome()).isEqualTo(Outcome.INTERNAL);
            assertThat(JsonParser.parseString(report.json())
                            .getAsJsonObject()
                            .get("verdict")
                            .getAsString())
                    .isEqualTo("internal");
            assertThat(report.verdict())
                    .isEqualTo("FAILED: 127.0.0.1:70000: the check itself failed: java.lang.IllegalArgumentException:"
                            + " port out of range:70000.");
        }
    }

    /** A check that does not end neither hides the stages before it nor the verdict. */
    @Test
    void check_thatIsUnfinished_isNamedWithItsStage() throws Exception {
        try (BlackHole silent = BlackHole.open()) {
            Printed printed = new Printed();
            ServiceExaminer examiner = examiner(printed, queue(silent.host(), silent.port(), "QUEUE_URL"));

            assertThat(examiner.examine(Duration.ZERO)).isFalse();
            ServiceReport report = examiner.report(Outcome.TIMED_OUT);

            assertThat(report.verdict()).startsWith("TIMED OUT: the time was up");
            assertThat(report.conclusion().outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(printed.lines).contains(" settings ok");
        }
    }

    @Test
    void running_stage_isShown() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("HTTP/1.1 200 OK\r\n\r\n")) {
            Printed printed = new Printed();
            ServiceExaminer examiner = examiner(printed, queue("127.0.0.1", server.port(), "QUEUE_URL"));

            assertThat(examiner.examine(Duration.ofMinutes(2))).isTrue();

            assertThat(printed.lines).contains("testing answer on 127.0.0.1:" + server.port());
        }
    }
}
