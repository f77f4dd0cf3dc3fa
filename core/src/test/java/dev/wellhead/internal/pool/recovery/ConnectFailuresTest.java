package dev.wellhead.internal.pool.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What is logged of a series of failures, and which failure borrowers get. */
class ConnectFailuresTest {

    private final SQLException failure = new SQLException("Nothing listens.");

    private final Series series = new Series();

    @Test
    void failed_repeatedly_warnsOncePerSeries() {
        try (LogCapture log = LogCapture.start()) {
            for (int i = 0; i < 100; i++) {
                series.failures.failed(failure, false);
                series.elapse(Duration.ofMillis(250));
            }
            series.failures.ended();
            series.failures.ended();
            series.failures.failed(failure, false);

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'ledger' cannot open new connections: Nothing listens.",
                            "Database 'ledger' can open new connections again.",
                            "Database 'ledger' cannot open new connections: Nothing listens.");
        }
    }

    /** A password file that is changed after the role is normal; it must not look like a fault. */
    @Test
    void failed_refusedForAMoment_warnsNot() {
        try (LogCapture log = LogCapture.start()) {
            series.failures.failed(failure, true);
            series.elapse(Series.BUDGET.minusMillis(1));
            series.failures.failed(failure, true);
            series.failures.ended();

            assertThat(log.messages(Level.WARN)).isEmpty();
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'ledger' cannot log in and waits for other credentials: Nothing listens.",
                            "Database 'ledger' can open new connections again.");
        }
    }

    @Test
    void failed_refusedUntilBorrowersFail_warnsOnce() {
        try (LogCapture log = LogCapture.start()) {
            series.failures.failed(failure, true);
            series.elapse(Series.BUDGET);
            series.failures.failed(failure, true);
            series.failures.failed(failure, true);

            assertThat(log.messages(Level.WARN))
                    .containsExactly("Database 'ledger' cannot open new connections: Nothing listens.");
        }
    }

    @Test
    void last_connectionOpened_isForgotten() {
        series.failures.failed(failure, false);
        assertThat((Throwable) series.failures.last()).isSameAs(failure);

        series.failures.ended();

        assertThat((Throwable) series.failures.last()).isNull();
    }
}
