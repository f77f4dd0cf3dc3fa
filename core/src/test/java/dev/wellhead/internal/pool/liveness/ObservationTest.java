package dev.wellhead.internal.pool.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.pool.liveness.ServerProbe.Answer;
import dev.wellhead.internal.pool.liveness.ServerProbe.Elsewhere;
import dev.wellhead.internal.pool.liveness.ServerProbe.NoAnswer;
import dev.wellhead.internal.pool.liveness.ServerProbe.NoReport;
import dev.wellhead.internal.pool.liveness.ServerProbe.Report;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdict for every kind of evidence. */
class ObservationTest {

    private static final Answer NOTHING = new NoAnswer();

    static Stream<Arguments> evidence() {
        return Stream.of(
                // the same server reports on the session
                arguments("busy", at(FakeMonitored.PRIMARY, SessionState.BUSY).confirming(), Verdict.KEEP),
                arguments(
                        "hidden", at(FakeMonitored.PRIMARY, SessionState.HIDDEN).confirming(), Verdict.KEEP),
                arguments("not asked about", at(FakeMonitored.PRIMARY, null).confirming(), Verdict.KEEP),
                arguments("gone, first time", at(FakeMonitored.PRIMARY, SessionState.GONE), Verdict.CONFIRM),
                arguments(
                        "gone, again",
                        at(FakeMonitored.PRIMARY, SessionState.GONE).confirming(),
                        Verdict.LOST),
                arguments("idle, first time", idle(), Verdict.CONFIRM),
                arguments("idle, again", idle().confirming(), Verdict.LOST),
                arguments("idle, again, but too early", idle().confirming().silent("9.9"), Verdict.CONFIRM),
                arguments("idle, waits for notifications", idle().confirming().listening(), Verdict.KEEP),
                arguments(
                        "gone, waits for notifications",
                        at(FakeMonitored.PRIMARY, SessionState.GONE)
                                .confirming()
                                .listening(),
                        Verdict.LOST),
                arguments(
                        "promoted meanwhile",
                        at(promoted(), SessionState.BUSY).from(FakeMonitored.STANDBY),
                        Verdict.KEEP),
                // the server of the connection is not known
                arguments(
                        "gone, perhaps from another server",
                        at(FakeMonitored.PRIMARY, SessionState.GONE).from(null).confirming(),
                        Verdict.KEEP),
                arguments("idle, found by its process", idle().from(null).confirming(), Verdict.LOST),
                // a pooler, whose processes are its own
                arguments("pooler", at(null, null).confirming(), Verdict.KEEP),
                // another server answers at the address
                arguments("restarted primary", at(FakeMonitored.NEXT_PRIMARY, SessionState.GONE), Verdict.REPLACED),
                arguments(
                        "balanced over systems",
                        at(FakeMonitored.OTHER_SYSTEM, SessionState.GONE).confirming(),
                        Verdict.KEEP),
                arguments(
                        "balanced over standbys",
                        at(FakeMonitored.OTHER_STANDBY, SessionState.GONE)
                                .from(FakeMonitored.STANDBY)
                                .confirming(),
                        Verdict.KEEP),
                arguments(
                        "balanced over roles",
                        at(FakeMonitored.STANDBY, SessionState.GONE).confirming(),
                        Verdict.KEEP),
                // no report
                arguments(
                        "refused, too many connections", answer(new NoReport()).attempts(9, "60"), Verdict.KEEP),
                // no answer
                arguments("first attempt", answer(NOTHING).attempts(1, "3"), Verdict.ASK_AGAIN),
                arguments("two attempts", answer(NOTHING).attempts(2, "13"), Verdict.ASK_AGAIN),
                arguments("short outage", answer(NOTHING).attempts(3, "11.9"), Verdict.ASK_AGAIN),
                arguments("long outage", answer(NOTHING).attempts(3, "12"), Verdict.UNRESPONSIVE),
                arguments(
                        "long outage, new statement",
                        answer(NOTHING).attempts(5, "20").silent("5"),
                        Verdict.ASK_AGAIN),
                arguments(
                        "listener, long outage",
                        answer(NOTHING).attempts(3, "12").listening(),
                        Verdict.UNRESPONSIVE),
                // no answer, and new connections lead elsewhere
                arguments(
                        "promoted", elsewhere(FakeMonitored.NEXT_PRIMARY, true).silent("2"), Verdict.MOVED),
                arguments(
                        "another standby",
                        elsewhere(FakeMonitored.OTHER_STANDBY, false).from(FakeMonitored.STANDBY),
                        Verdict.ASK_AGAIN),
                arguments("another system", elsewhere(FakeMonitored.OTHER_SYSTEM, false), Verdict.ASK_AGAIN),
                arguments("unknown server, name moved", elsewhere(null, false).silent("2"), Verdict.MOVED),
                arguments("unknown server, other address of the name", elsewhere(null, true), Verdict.ASK_AGAIN));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("evidence")
    void verdict_ofEvidence_isTheOneThatItProves(String name, Evidence evidence, Verdict expected) {
        assertThat(evidence.observation().verdict()).isEqualTo(expected);
    }

    private static ServerIdentity promoted() {
        return new ServerIdentity(FakeMonitored.STANDBY.system(), FakeMonitored.STANDBY.startTime(), true);
    }

    private static Evidence idle() {
        return at(FakeMonitored.PRIMARY, SessionState.WAITING_FOR_CLIENT);
    }

    private static Evidence at(@Nullable ServerIdentity reporting, @Nullable SessionState session) {
        Evidence evidence = answer(new Report(reporting, Map.of()));
        evidence.session = session;
        return evidence;
    }

    private static Evidence elsewhere(@Nullable ServerIdentity reached, boolean oldReachable) {
        Evidence evidence = answer(NOTHING).attempts(1, "1.5");
        evidence.elsewhere = new Elsewhere(FakeMonitored.at("10.0.0.2"), reached, oldReachable);
        return evidence;
    }

    private static Evidence answer(Answer answer) {
        Evidence evidence = new Evidence();
        evidence.answer = answer;
        return evidence;
    }

    /** A silence of 11 s on a connection to a known primary, unless changed. */
    private static final class Evidence {

        private @Nullable ServerIdentity identity = FakeMonitored.PRIMARY;
        private Answer answer = NOTHING;
        private @Nullable SessionState session;
        private @Nullable Elsewhere elsewhere;
        private Duration silence = Duration.ofSeconds(11);
        private Duration unanswered = Duration.ZERO;
        private int attempts;
        private boolean confirming;
        private boolean listening;

        Evidence from(@Nullable ServerIdentity server) {
            identity = server;
            return this;
        }

        Evidence silent(String seconds) {
            silence = seconds(seconds);
            return this;
        }

        Evidence attempts(int number, String seconds) {
            attempts = number;
            unanswered = seconds(seconds);
            return this;
        }

        Evidence confirming() {
            confirming = true;
            return this;
        }

        Evidence listening() {
            listening = true;
            return this;
        }

        Observation observation() {
            return new Observation(
                    identity,
                    listening,
                    silence,
                    Duration.ofSeconds(10),
                    answer,
                    session,
                    elsewhere,
                    confirming,
                    attempts,
                    unanswered);
        }

        private static Duration seconds(String text) {
            return Duration.parse("PT" + text + "S");
        }
    }
}
