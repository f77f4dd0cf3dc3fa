package dev.wellhead.internal.pool.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.connect.driver.IdentityReader;
import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.liveness.ServerProbe.Answer;
import dev.wellhead.internal.pool.liveness.ServerProbe.Elsewhere;
import dev.wellhead.internal.pool.liveness.ServerProbe.NoAnswer;
import dev.wellhead.internal.pool.liveness.ServerProbe.Report;
import dev.wellhead.internal.pool.rotation.FakeClock;
import dev.wellhead.internal.pool.rotation.FakeTimer;
import dev.wellhead.spi.DatabaseListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the server is asked, and which connections end. The clock advances only with the steps and the probes. */
class SilenceWatchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final List<FakeMonitored> open = new ArrayList<>();
    private final List<DatabaseListener.ConnectionsLost> events = new ArrayList<>();
    private final ScriptedProbe probe = new ScriptedProbe();
    private final SilenceReport report = new SilenceReport(
            "Database 'default'",
            "default",
            new DatabaseListener() {
                @Override
                public void connectionsLost(ConnectionsLost event) {
                    events.add(event);
                }
            },
            (server, within) -> {});
    private final Suspects suspects = new Suspects(new IdentityReader(), report);
    private final SilenceWatch watch =
            new SilenceWatch(open::forEach, probe, report, suspects, clock, Duration.ofSeconds(10));

    @Test
    void step_nothingInProgress_asksNothing() {
        add();

        steps(60);

        assertThat(probe.askedAt).isEmpty();
    }

    @Test
    void step_busyStatement_isAskedAboutRegularlyAndNeverEnded() {
        FakeMonitored report = add().waiting();
        probe.state = SessionState.BUSY;

        steps(3600);

        assertThat(report.endReason).isNull();
        assertThat(probe.askedAt).startsWith(2L, 12L, 22L, 32L).hasSizeBetween(350, 361);
    }

    @Test
    void step_otherConnectionsReceive_isAskedOnlyAfterSilenceCheckAfter() {
        add().waiting();
        FakeMonitored healthy = add();
        probe.state = SessionState.BUSY;

        for (int i = 0; i < 12; i++) {
            healthy.receivedAt = clock.nanoTime();
            steps(1);
        }

        assertThat(probe.askedAt).containsExactly(10L);
    }

    @Test
    void step_answersThatArrive_restartTheSilence() {
        FakeMonitored fetching = add().waiting();

        for (int i = 0; i < 60; i++) {
            fetching.waiting();
            fetching.receivedAt = clock.nanoTime();
            steps(1);
        }

        assertThat(probe.askedAt).isEmpty();
    }

    @Test
    void step_idleSession_isConfirmedBeforeTheConnectionEnds() {
        FakeMonitored lost = add().waiting();
        probe.state = SessionState.WAITING_FOR_CLIENT;

        steps(15);

        assertThat(probe.askedAt).containsExactly(2L, 10L);
        assertThat(lost.endReason)
                .isEqualTo(
                        "Nothing was received from db:5432 for 10 s, and the server is not executing the statement: it"
                                + " was lost, or its result was.");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.connections()).isEqualTo(1);
            assertThat(event.reason()).isEqualTo(DatabaseListener.ConnectionsLost.Reason.STATEMENT_LOST);
        });
    }

    @Test
    void step_resultArrivesBetweenTheChecks_isNotEnded() {
        FakeMonitored slow = add().waiting();
        probe.state = SessionState.WAITING_FOR_CLIENT;
        steps(9);

        slow.waiting();
        steps(5);

        assertThat(slow.endReason).isNull();
    }

    @Test
    void step_resultArrivesDuringTheCheck_isNotEnded() {
        FakeMonitored slow = add().waiting();
        probe.state = SessionState.GONE;
        steps(9);

        probe.during = () -> slow.calls++;
        steps(3);

        assertThat(slow.endReason).isNull();
        assertThat(events).isEmpty();
    }

    @Test
    void step_serverSilent_endsWithinThirtySecondsAfterSeveralAttempts() {
        FakeMonitored lost = add().waiting();
        probe.answer = new NoAnswer();
        probe.takes = Duration.ofSeconds(3);

        steps(30, () -> lost.endReason == null);

        assertThat(lost.endReason)
                .startsWith("Nothing was received from db:5432 for ")
                .endsWith(" attempts to connect.");
        assertThat(seconds()).isLessThan(30);
        assertThat(probe.askedAt).hasSizeGreaterThanOrEqualTo(3);
    }

    /** The last successful check was just before the server vanished, which is the worst case. */
    @Test
    void step_serverSilentDuringALongStatement_endsWithinThirtySeconds() {
        FakeMonitored lost = add().waiting();
        probe.state = SessionState.BUSY;
        steps(43);
        long vanished = seconds();

        probe.answer = new NoAnswer();
        probe.takes = Duration.ofSeconds(3);
        steps(40, () -> lost.endReason == null);

        assertThat(lost.endReason).isNotNull();
        assertThat(seconds() - vanished).isLessThan(30);
    }

    @Test
    void step_outageOfTenSeconds_endsNothing() {
        FakeMonitored survivor = add().waiting();
        probe.answer = new NoAnswer();
        probe.takes = Duration.ofSeconds(3);
        steps(20, () -> seconds() < 10);

        probe.answer = null;
        probe.takes = Duration.ZERO;
        probe.state = SessionState.BUSY;
        steps(60);

        assertThat(survivor.endReason).isNull();
    }

    @Test
    void step_primaryReplaced_endsEverythingWithinFiveSeconds() {
        FakeMonitored first = add().waiting();
        FakeMonitored second = add().waiting();
        FakeMonitored idle = add();
        probe.answer = new Report(FakeMonitored.NEXT_PRIMARY, Map.of());

        steps(4);

        assertThat(first.endReason)
                .isEqualTo(
                        "Nothing was received from db:5432 for 2 s, and the server was restarted, or another one answers"
                                + " at its address.");
        assertThat(second.endReason).isEqualTo(first.endReason);
        assertThat(idle.endReason).isEqualTo(first.endReason);
    }

    @Test
    void step_primaryMoved_endsEverythingWithinFiveSeconds() {
        FakeMonitored lost = add().waiting();
        probe.answer = new NoAnswer();
        probe.takes = Duration.ofMillis(1_500);
        probe.elsewhere = new Elsewhere(FakeMonitored.at("10.0.0.2"), FakeMonitored.NEXT_PRIMARY, false);

        steps(4);

        assertThat(lost.endReason)
                .isEqualTo(
                        "Nothing was received from db:5432 for 3 s. 10.0.0.1 does not respond, and new connections lead"
                                + " to 10.0.0.2.");
    }

    @Test
    void step_threadsWaitForNotifications_askNothing() {
        FakeMonitored listener = add().waiting();
        listener.awaitingNotifications = true;

        steps(300);

        assertThat(probe.askedAt).isEmpty();
        assertThat(listener.endReason).isNull();
    }

    @Test
    void step_machineSuspended_restartsTheSilence() {
        add().waiting();
        steps(1);

        clock.advance(Duration.ofMinutes(10));
        watch.step();

        assertThat(probe.askedAt).isEmpty();
    }

    @Test
    void opened_primaryThatReplacesTheServer_checksImmediately() {
        FakeMonitored lost = add().waiting();
        FakeTimer timer = new FakeTimer();
        watch.start(timer);
        timer.runLast();
        FakeMonitored replacement = add();
        replacement.identity = FakeMonitored.NEXT_PRIMARY;
        replacement.receivedAt = clock.nanoTime() + 1;
        probe.answer = new Report(FakeMonitored.NEXT_PRIMARY, Map.of());

        watch.opened(replacement);
        timer.runLast();

        assertThat(lost.endReason).isNotNull();
        assertThat(replacement.endReason).isNull();
        assertThat(suspects.contains(replacement)).isFalse();
    }

    @Test
    void step_connectionOfUnknownServer_isIdentifiedByItsSession() {
        FakeMonitored first = add();
        first.identity = null;
        probe.state = SessionState.WAITING_FOR_CLIENT;

        steps(10);

        assertThat(first.identity).isEqualTo(FakeMonitored.PRIMARY);
        assertThat(probe.askedAt).hasSize(1);
    }

    @Test
    void step_pooler_isNotAskedAgainAndAgain() {
        add().identity = null;
        probe.answer = new Report(null, Map.of());

        steps(3600);

        assertThat(probe.askedAt).hasSize(3);
    }

    private FakeMonitored add() {
        FakeMonitored connection = new FakeMonitored();
        connection.pid += open.size();
        open.add(connection);
        return connection;
    }

    private void steps(int count) {
        steps(count, () -> true);
    }

    private void steps(int most, BooleanSupplier goesOn) {
        for (int i = 0; i < most && goesOn.getAsBoolean(); i++) {
            long delay = watch.step();
            assertThat(delay).isEqualTo(SECOND.toMillis());
            clock.advance(SECOND);
        }
    }

    private long seconds() {
        return Duration.ofNanos(clock.nanoTime()).toSeconds();
    }

    /** Answers as the test wants, and takes as long. */
    private final class ScriptedProbe implements ServerProbe {

        private final List<Long> askedAt = new ArrayList<>();
        private SessionState state = SessionState.BUSY;
        private @Nullable Answer answer;
        private @Nullable Elsewhere elsewhere;
        private Duration takes = Duration.ZERO;
        private Runnable during = () -> {};

        @Override
        public Answer ask(ServerAddress address, List<MonitoredConnection> connections, Duration budget) {
            askedAt.add(seconds());
            clock.advance(takes.compareTo(budget) < 0 ? takes : budget);
            during.run();
            if (answer != null) {
                return answer;
            }
            Map<MonitoredConnection, SessionState> sessions = new HashMap<>();
            connections.forEach(connection -> sessions.put(connection, state));
            return new Report(FakeMonitored.PRIMARY, sessions);
        }

        @Override
        public @Nullable Elsewhere tryElsewhere(ServerAddress old, Duration budget) {
            return elsewhere;
        }
    }
}
