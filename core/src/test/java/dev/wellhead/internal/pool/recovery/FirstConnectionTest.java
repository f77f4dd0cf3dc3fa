package dev.wellhead.internal.pool.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class FirstConnectionTest {

    private static final String NOBODY = "Nothing listens on db:5432.";

    private final FakeTime time = new FakeTime();
    private int attempts;

    @Test
    void open_databaseThatIsAvailable_logsNothing() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Connection connection = first(Duration.ZERO).open(atMost -> opensAfter(0))) {
            assertThat(connection).isNotNull();
            assertThat(log.messages(Level.INFO)).isEmpty();
        }
    }

    @Test
    void open_withoutStartupTimeout_triesOnce() {
        assertThatThrownBy(() -> first(Duration.ZERO).open(this::never))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessage(NOBODY);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void open_databaseThatIsStarting_waitsAndLogsTwice() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Connection connection = first(Duration.ofSeconds(60)).open(atMost -> opensAfter(4))) {
            assertThat(connection).isNotNull();
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Waiting up to 60 s for database 'ledger' (LEDGER_DB_STARTUP_TIMEOUT): " + NOBODY,
                            "Database 'ledger' is available after " + time.millis() + " ms.");
        }
        assertThat(attempts).isEqualTo(5);
    }

    /** Rounded to seconds, the time would be 0 s. */
    @Test
    void open_lessThanASecond_isAnnouncedInMilliseconds() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Connection connection = first(Duration.ofMillis(900)).open(atMost -> opensAfter(1))) {
            assertThat(connection).isNotNull();
            assertThat(log.messages(Level.INFO))
                    .first()
                    .asString()
                    .startsWith("Waiting up to 900 ms for database 'ledger'");
        }
    }

    @Test
    void open_waiting_growsThePausesWithJitter() throws SQLException {
        first(Duration.ofSeconds(60)).open(atMost -> opensAfter(7)).close();

        List<Long> longest = List.of(100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
        assertThat(time.pauses).hasSameSizeAs(longest);
        for (int i = 0; i < longest.size(); i++) {
            assertThat(time.pauses.get(i)).isBetween(longest.get(i) / 2, longest.get(i));
        }
    }

    @Test
    void open_databaseThatStaysDown_givesUpAtStartupTimeoutWithTheLastReason() {
        assertThatThrownBy(() -> first(Duration.ofSeconds(10)).open(this::never))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessage(NOBODY + System.lineSeparator() + "  Waited 10000 ms for it (LEDGER_DB_STARTUP_TIMEOUT).")
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"))
                .cause()
                .hasMessage(NOBODY);
    }

    @Test
    void open_permanentFailure_isNotRetried() {
        assertThatThrownBy(() -> first(Duration.ofSeconds(60)).open(atMost -> {
                    attempts++;
                    throw new ConnectionFailedException(
                            "No such database.", "3D000", FailureKind.NO_SUCH_DATABASE, null);
                }))
                .hasMessage("No such database.");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void open_interruptedWhileWaiting_restoresTheFlagAndKeepsTheReason() {
        time.interrupt = true;

        assertThatThrownBy(() -> first(Duration.ofSeconds(60)).open(this::never))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessage("Interrupted while waiting for database 'ledger'. " + NOBODY);
        assertThat(Thread.interrupted()).isTrue();
    }

    private FirstConnection first(Duration startupTimeout) {
        return new FirstConnection("ledger", startupTimeout, () -> "LEDGER_DB_STARTUP_TIMEOUT", time);
    }

    private Connection never(Duration atMost) throws SQLException {
        return opensAfter(Integer.MAX_VALUE);
    }

    private Connection opensAfter(int failures) throws SQLException {
        if (attempts++ < failures) {
            throw new ConnectionFailedException(NOBODY, "08001", FailureKind.REFUSED, null);
        }
        return PostgresServer.shared().connect("postgres");
    }

    private static final class FakeTime implements PoolClock {

        private final List<Long> pauses = new ArrayList<>();
        private boolean interrupt;
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void sleep(long milliseconds) throws InterruptedException {
            if (interrupt) {
                throw new InterruptedException();
            }
            pauses.add(milliseconds);
            nanos += milliseconds * 1_000_000;
        }

        long millis() {
            return nanos / 1_000_000;
        }
    }
}
