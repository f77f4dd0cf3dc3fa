package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultsReportTest {

    private static final Fault FAULT = new Fault(
            "gone",
            "Server gone",
            "The server ends.",
            Promise.noFailureAndBackWithin(500),
            List.of(Contestant.WELLHEAD, Contestant.HIKARICP),
            bout -> {});

    @Test
    void text_ofTwoRounds_hasMediansAndWorstRoundsOfEveryLibrary() {
        FaultsReport report = new FaultsReport();
        report.of(FAULT).add(timelines(100_000, 900_000));
        report.of(FAULT).add(timelines(200_000, 800_000));

        assertThat(report.text("- Rounds: 2\n"))
                .contains("- Rounds: 2\n")
                .contains(
                        "| Server gone | 0; 200 ms | 1; 900 ms |  |  |  |  |  | no failed borrow, all threads back within 500 ms"
                                + " | yes |")
                .contains("### Server gone (`gone`)\n\nThe server ends. The fault lasted 1.0 s.\n")
                .contains("| Wellhead | 0 | 0 ms | 1.2 s | 200 ms | 200 ms | 0 | 0 |")
                .contains("| HikariCP 7.1.0, tuned | 1 | 500 ms | 1.9 s | 900 ms | 900 ms | 0 | 0 |")
                .contains("- HikariCP 7.1.0, tuned: `08006` gone");
    }

    @Test
    void text_ofAMissedPromise_marksIt() {
        FaultsReport report = new FaultsReport();
        report.of(FAULT).add(timelines(100_000, 100_000));
        report.of(FAULT).add(timelines(501_000, 100_000));

        assertThat(report.text("")).contains("within 500 ms | **no** |");
    }

    @Test
    void text_ofAFaultThatWasNotInjected_hasTheReason() {
        FaultsReport report = new FaultsReport();
        report.of(FAULT).addNotInjected(new IOException("PgBouncer is not installed.\nat all"));

        assertThat(report.text(""))
                .contains("|  |  |  |  |  |  |  | no failed borrow, all threads back within 500 ms | not measured |")
                .contains(
                        """
                        Promise: no failed borrow, all threads back within 500 ms.

                        Rounds in which this fault could not be injected:

                        - PgBouncer is not installed.
                        """);
    }

    @Test
    void text_ofAFaultThatWasInjectedInOneOfTwoRounds_hasItsFiguresAndTheReason() {
        FaultsReport report = new FaultsReport();
        report.of(FAULT).addNotInjected(new IllegalStateException());
        report.of(FAULT).add(timelines(100_000, 900_000));

        assertThat(report.text(""))
                .contains("| yes |")
                .contains("| Wellhead | 0 | 0 ms | 1.1 s | 100 ms | 100 ms | 0 | 0 |")
                .contains("could not be injected:\n\n- java.lang.IllegalStateException\n");
    }

    @Test
    void text_ofAPromiseAboutCompletion_hasThatColumn() {
        Fault fault = new Fault(
                "moved",
                "Server moved",
                "The server moves.",
                Promise.noFailureAndCompleteWithin(1_000),
                List.of(Contestant.WELLHEAD),
                bout -> {});
        FaultsReport report = new FaultsReport();
        report.of(fault).add(timelines(100_000, 900_000));

        assertThat(report.text("")).contains("| answered | pool complete |\n").contains("| 0 | 0 | never |\n");
    }

    private static Map<Contestant, Timeline> timelines(long wellheadBack, long hikariBack) {
        Map<Contestant, Timeline> timelines = new EnumMap<>(Contestant.class);
        timelines.put(
                Contestant.WELLHEAD,
                timeline(TimelineTest.answered(0, 1_000_000, 1_000_000, 2_000_000 + wellheadBack)));
        timelines.put(
                Contestant.HIKARICP,
                timeline(
                        TimelineTest.failed(0, 1_000_000, 0, 1_500_000),
                        TimelineTest.answered(0, 1_000_000, 1_000_000, 2_000_000 + hikariBack)));
        return timelines;
    }

    private static Timeline timeline(Operation... operations) {
        return new Timeline(List.of(operations), 1, 1_000_000, 2_000_000, 5_000_000);
    }
}
