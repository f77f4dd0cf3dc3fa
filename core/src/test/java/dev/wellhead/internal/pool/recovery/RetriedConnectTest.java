package dev.wellhead.internal.pool.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The schedule of the attempts and their end, with a handover that only records the pauses. */
class RetriedConnectTest {

    private static final int FAILURES = 40;

    private final List<Long> pauses = new ArrayList<>();
    private final List<Duration> budgets = new ArrayList<>();
    private final Series series = new Series();
    private boolean wanted = true;
    private boolean awaited = true;
    private boolean closed;
    private boolean interrupted;
    private @Nullable Connection readyAfterPause;
    private int attempts;

    @Test
    void after_transientFailures_triesAgainAboutFourTimesASecondForAnyTime() throws SQLException {
        Connection opened = connect(FailureKind.REFUSED);

        assertThat(opened).isNotNull();
        assertThat(attempts).isEqualTo(FAILURES);
        assertThat(pauses).hasSize(FAILURES).allSatisfy(pause -> assertThat(pause)
                .isBetween(200L, 300L));
        assertThat(budgets).containsOnly(Series.BUDGET);
    }

    @Test
    void after_transientFailures_jittersThePauses() throws SQLException {
        connect(FailureKind.REFUSED);

        assertThat(pauses.stream().distinct().count()).isGreaterThan(FAILURES / 4);
    }

    @Test
    void after_failureThatAnOperatorEnds_triesAgainAboutOnceASecond() throws SQLException {
        connect(FailureKind.NO_SUCH_DATABASE);

        assertThat(pauses).hasSize(FAILURES).allSatisfy(pause -> assertThat(pause)
                .isBetween(640L, 960L));
    }

    @Test
    void after_refusedLogin_checksForOtherCredentialsTenTimesASecond() throws SQLException {
        connect(FailureKind.CREDENTIALS_REFUSED);

        assertThat(pauses).hasSize(FAILURES).allSatisfy(pause -> assertThat(pause)
                .isBetween(80L, 120L));
    }

    /** A dead server must not get four connects a second from every instance of a service that is idle. */
    @Test
    void after_noThreadWaits_triesAgainOnceASecond() throws SQLException {
        awaited = false;

        connect(FailureKind.REFUSED);

        assertThat(pauses).hasSize(4 * FAILURES);
    }

    @Test
    void after_connectionNotWantedAnyMore_throwsTheFailure() {
        wanted = false;

        assertThatThrownBy(() -> connect(FailureKind.REFUSED)).hasMessage("failure 0");
        assertThat(pauses).isEmpty();
        assertThat((Throwable) series.failures.last()).hasMessage("failure 0");
    }

    @Test
    void after_poolClosed_throwsTheFailureAndRecordsNothing() {
        closed = true;

        assertThatThrownBy(() -> connect(FailureKind.REFUSED)).hasMessage("failure 0");
        assertThat(pauses).isEmpty();
        assertThat((Throwable) series.failures.last()).isNull();
    }

    /** A login that a rotation has proven in the background goes to the thread that waits. */
    @Test
    void after_anotherThreadOpenedAConnection_returnsIt() throws SQLException {
        Connection proven = OfflineConnections.open();
        readyAfterPause = proven;

        assertThat(connect(FailureKind.TIMED_OUT)).isSameAs(proven);
        assertThat(attempts).isZero();
    }

    @Test
    void after_readyConnectionHasClosed_triesAgain() throws SQLException {
        Connection broken = OfflineConnections.broken();
        readyAfterPause = broken;

        assertThat(connect(FailureKind.REFUSED)).isNotSameAs(broken);
        assertThat(attempts).isEqualTo(FAILURES);
    }

    @Test
    void after_interrupted_restoresTheFlagAndThrowsTheFailure() {
        interrupted = true;

        assertThatThrownBy(() -> connect(FailureKind.REFUSED))
                .hasMessage("failure 0")
                .satisfies(e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(InterruptedException.class));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void after_eachFailure_recordsTheLastOne() throws SQLException {
        connect(FailureKind.STARTING_UP);

        assertThat((Throwable) series.failures.last()).hasMessage("failure " + (FAILURES - 1));
    }

    private Connection connect(FailureKind kind) throws SQLException {
        RetryRule rule = new RetryRule(Series.BUDGET, true);
        Connection opened = OfflineConnections.open();
        return new RetriedConnect(
                        atMost -> {
                            budgets.add(atMost);
                            if (++attempts < FAILURES) {
                                throw failure(kind, attempts);
                            }
                            return opened;
                        },
                        rule,
                        new Recorded(),
                        new Needs(),
                        series.failures)
                .after(failure(kind, 0));
    }

    private static ConnectionFailedException failure(FailureKind kind, int number) {
        return new ConnectionFailedException("failure " + number, "08001", kind, null);
    }

    private final class Needs implements Demand {

        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public boolean isAwaited() {
            return awaited;
        }
    }

    private final class Recorded implements Handover {

        @Override
        public @Nullable Connection await(long millis) throws InterruptedException {
            if (interrupted) {
                throw new InterruptedException();
            }
            pauses.add(millis);
            Connection taken = readyAfterPause;
            readyAfterPause = null;
            return taken;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }
}
