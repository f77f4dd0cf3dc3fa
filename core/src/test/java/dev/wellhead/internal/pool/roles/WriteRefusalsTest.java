package dev.wellhead.internal.pool.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.pool.roles.WriteRefusals.Report;
import dev.wellhead.internal.pool.rotation.FakeClock;
import dev.wellhead.internal.pool.rotation.FakePool;
import dev.wellhead.internal.pool.rotation.FakeTimer;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The times of new sessions after a write that was refused, and the log lines. */
class WriteRefusalsTest {

    private static final String READ_ONLY =
            "Database 'ledger': writes fail because the server is read-only (SQLSTATE 25006),"
                    + " and a new connection would not accept writes either. Existing connections are kept. This is checked about"
                    + " once a second while writes fail.";
    private static final int NONE = WriteRefusals.NO_SESSION_ACCEPTS_WRITES;

    private final FakeClock clock = new FakeClock();
    private final FakeTimer timer = new FakeTimer();
    private final PendingEvictions evictions = new PendingEvictions(new FakePool());
    private Report reported = Report.READ_ONLY;
    private int result;
    private int sessions;
    private boolean borrowersWaited;
    private final WriteRefusals refusals =
            new WriteRefusals("Database 'ledger'", new Compared(), evictions, clock, timer);

    private final class Compared implements WriteRefusals.Comparison {

        @Override
        public Report reported() {
            return reported;
        }

        @Override
        public int withNewSession() {
            borrowersWaited = evictions.isActive();
            sessions++;
            return result;
        }
    }

    /** The application made the transaction read-only, which no new connection can change. */
    @Test
    void refused_everyServerAcceptsWrites_opensNoSession() {
        reported = Report.ACCEPT_WRITES;

        refusals.refused();

        assertThat(timer.pending()).isEmpty();
        assertThat(evictions.isActive()).isFalse();
    }

    @Test
    void refused_again_isCheckedNoMoreOftenThanAboutOnceASecond() {
        result = NONE;
        refuse();
        assertThat(sessions).isEqualTo(1);

        clock.advance(Duration.ofNanos(WriteRefusals.SHORTEST_PAUSE - 1));
        refuse();
        assertThat(sessions).isEqualTo(1);

        clock.advance(Duration.ofNanos(WriteRefusals.LONGEST_PAUSE - WriteRefusals.SHORTEST_PAUSE + 1));
        refuse();
        assertThat(sessions).isEqualTo(2);
        assertThat(WriteRefusals.SHORTEST_PAUSE).isEqualTo(700_000_000);
        assertThat(WriteRefusals.LONGEST_PAUSE).isEqualTo(900_000_000);
    }

    @Test
    void refused_whileACheckIsPending_isIgnored() {
        refusals.refused();
        refusals.refused();

        assertThat(timer.pending()).containsExactly(0L);
    }

    /** So that a server that was demoted refuses one write per connection at most. */
    @Test
    void refused_firstTime_letsBorrowersWaitForTheDecision() {
        refuse();

        assertThat(borrowersWaited).isTrue();
        assertThat(evictions.isActive()).isFalse();
    }

    /** Otherwise the readers of a read-only server would wait once a second. */
    @Test
    void refused_serverIsKnownToBeReadOnly_letsNoBorrowerWait() {
        result = NONE;
        refuse();
        clock.advance(Duration.ofSeconds(1));

        refuse();

        assertThat(sessions).isEqualTo(2);
        assertThat(borrowersWaited).isFalse();
    }

    @Test
    void refused_serversReportNothing_areComparedWithoutAWait() {
        reported = Report.UNKNOWN;

        refuse();

        assertThat(sessions).isEqualTo(1);
        assertThat(borrowersWaited).isFalse();
    }

    @Test
    void log_readOnlyServer_hasOneLineForTheBeginningAndOneForTheEnd() {
        try (LogCapture log = LogCapture.start()) {
            result = NONE;
            for (int i = 0; i < 3; i++) {
                refuse();
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(log.messages(Level.INFO)).containsExactly(READ_ONLY);

            result = 4;
            refuse();

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            READ_ONLY,
                            "Database 'ledger': 4 connections are replaced, because their server does not accept writes"
                                    + " (SQLSTATE 25006) and a new connection does.");
            assertThat(log.events()).extracting(LogCapture.Event::stackTrace).containsOnly("");
        }
    }

    @Test
    void log_serverAcceptsWritesAgain_hasALine() {
        try (LogCapture log = LogCapture.start()) {
            result = NONE;
            refuse();
            clock.advance(Duration.ofSeconds(1));
            result = 0;
            refuse();

            assertThat(log.messages(Level.INFO))
                    .containsExactly(READ_ONLY, "Database 'ledger': a new connection accepts writes again.");
        }
    }

    private void refuse() {
        refusals.refused();
        if (!timer.pending().isEmpty()) {
            timer.runLast();
        }
    }
}
