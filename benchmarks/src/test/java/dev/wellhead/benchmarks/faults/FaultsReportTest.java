package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

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
        report.add(FAULT, timelines(100_000, 900_000));
        report.add(FAULT, timelines(200_000, 800_000));

        assertThat(report.text("- Rounds: 2\n"))
                .contains("- Rounds: 2\n")
                .contains(
                        "| Server gone | 0; 200 ms | 1; 900 ms |  |  |  | no failed borrow, all threads back within 500 ms"
                                + " | yes |")
                .contains("### Server gone (`gone`)\n\nThe server ends. The fault lasted 1.0 s.\n")
                .contains("| Wellhead | 0 | 0 ms | 1.2 s | 200 ms | 200 ms | 0 | 0 |")
                .contains("| HikariCP 7.1.0, tuned | 1 | 500 ms | 1.9 s | 900 ms | 900 ms | 0 | 0 |")
                .contains("- HikariCP 7.1.0, tuned: `08006` gone");
    }

    @Test
    void text_ofAMissedPromise_marksIt() {
        FaultsReport report = new FaultsReport();
        report.add(FAULT, timelines(100_000, 100_000));
        report.add(FAULT, timelines(501_000, 100_000));

        assertThat(report.text("")).contains("within 500 ms | **no** |");
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
