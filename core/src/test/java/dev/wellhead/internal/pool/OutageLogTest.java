package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class OutageLogTest {

    private static final String AGAIN = "Database 'ledger' can open new connections again.";
    private static final String NORMAL = "Database 'ledger': the server refused a login, and the source of the credentials"
            + " has no others yet. This is normal while they are rotated. refused";
    private static final String WARNING = "Database 'ledger' cannot open new connections: ";

    private final LogCapture log = LogCapture.start();
    private final MovedClock clock = new MovedClock();
    private final OutageLog rotating = new OutageLog("Database 'ledger'", true, clock);

    @AfterEach
    void stopCapture() {
        log.close();
    }

    @Test
    void failed_otherFailure_warnsOnceUntilAConnectionOpens() {
        rotating.failed(failure(FailureKind.REFUSED, "nothing listens"));
        rotating.failed(failure(FailureKind.REFUSED, "nothing listens"));
        rotating.opened();
        rotating.opened();
        rotating.failed(new SQLException("broken"));

        assertThat(log.messages(Level.WARN)).containsExactly(WARNING + "nothing listens", WARNING + "broken");
        assertThat(log.messages(Level.INFO)).containsExactly(AGAIN);
    }

    @Test
    void failed_refusedLoginInARotation_isNoWarning() {
        rotating.failed(refusal());
        clock.advance(OutageLog.LONGEST_ROTATION.minusNanos(1));
        rotating.failed(refusal());
        rotating.opened();

        assertThat(log.messages(Level.WARN)).isEmpty();
        assertThat(log.messages(Level.INFO)).containsExactly(NORMAL, AGAIN);
    }

    @Test
    void failed_refusedLoginsThatLast_warnOnce() {
        rotating.failed(refusal());
        clock.advance(OutageLog.LONGEST_ROTATION);
        rotating.failed(refusal());
        rotating.failed(refusal());

        assertThat(log.messages(Level.INFO)).containsExactly(NORMAL);
        assertThat(log.messages(Level.WARN)).containsExactly(WARNING + "refused");
    }

    @Test
    void failed_refusedLoginThenAnotherFailure_warns() {
        rotating.failed(refusal());
        rotating.failed(failure(FailureKind.TIMED_OUT, "silent"));

        assertThat(log.messages(Level.WARN)).containsExactly(WARNING + "silent");
    }

    @Test
    void failed_refusedLoginOfCredentialsThatNeverChange_warns() {
        new OutageLog("Database 'ledger'", false, clock).failed(refusal());

        assertThat(log.messages(Level.WARN)).containsExactly(WARNING + "refused");
    }

    @Test
    void longestRotation_is30Seconds() {
        assertThat(OutageLog.LONGEST_ROTATION).isEqualTo(Duration.ofSeconds(30));
    }

    private static SQLException refusal() {
        return failure(FailureKind.CREDENTIALS_REFUSED, "refused");
    }

    private static SQLException failure(FailureKind kind, String message) {
        return new ConnectionFailedException(message, "08001", kind, null);
    }

    private static final class MovedClock implements PoolClock {

        private long nanos;

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void sleep(long millis) {
            advance(Duration.ofMillis(millis));
        }
    }
}
