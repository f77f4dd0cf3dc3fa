package dev.wellhead.internal.pool.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.FaultProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryRuleTest {

    private static final Duration BUDGET = Duration.ofSeconds(5);

    private static final Set<FailureKind> LATER = EnumSet.of(
            FailureKind.TLS_NOT_SUPPORTED,
            FailureKind.NOT_ADMITTED,
            FailureKind.NO_SUCH_DATABASE,
            FailureKind.NOT_POSTGRESQL,
            FailureKind.OTHER);

    private final RetryRule rule = new RetryRule(BUDGET, true);

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void pauseMillis_kind_decides(FailureKind kind) {
        long expected =
                switch (kind) {
                    case CREDENTIALS_REFUSED -> 100;
                    default -> LATER.contains(kind) ? 800 : 250;
                };

        assertThat(rule.pauseMillis(failure(kind, "08001"))).isEqualTo(expected);
    }

    /** Nothing but an operator ends this failure, and the hold-off of the login limits how often it is tried. */
    @Test
    void pauseMillis_refusedLoginThatCannotChange_isLong() {
        RetryRule fixed = new RetryRule(BUDGET, false);

        assertThat(fixed.pauseMillis(failure(FailureKind.CREDENTIALS_REFUSED, "28P01")))
                .isEqualTo(800);
        assertThat(fixed.awaitsCredentials(failure(FailureKind.CREDENTIALS_REFUSED, "28P01")))
                .isFalse();
    }

    @Test
    void awaitsCredentials_otherFailure_isFalse() {
        assertThat(rule.awaitsCredentials(failure(FailureKind.CREDENTIALS_REFUSED, "28P01")))
                .isTrue();
        assertThat(rule.awaitsCredentials(failure(FailureKind.REFUSED, "08001")))
                .isFalse();
    }

    static Stream<Arguments> otherStates() {
        return Stream.of(
                arguments("08P01", 250L),
                arguments("53100", 250L),
                arguments("57P05", 250L),
                arguments("58030", 250L),
                arguments("XX000", 250L),
                arguments("08001", 800L),
                arguments("55000", 800L));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherStates")
    void pauseMillis_otherFailure_dependsOnItsState(String state, long expected) {
        assertThat(rule.pauseMillis(failure(FailureKind.OTHER, state))).isEqualTo(expected);
    }

    @Test
    void nextBudget_tcpConnectNotAnswered_isShort() {
        try (BlackHole hole = BlackHole.open()) {
            assertThat(rule.nextBudget(failureOf(hole.host(), hole.port()))).isEqualTo(Duration.ofMillis(750));
            assertThat(new RetryRule(Duration.ofMillis(300), true).nextBudget(failureOf(hole.host(), hole.port())))
                    .isEqualTo(Duration.ofMillis(300));
        }
    }

    /** A server that is slow at the login needs the whole time. */
    @Test
    void nextBudget_connectionOpenButSilent_isTheWholeTime() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.blackHole();

            assertThat(rule.nextBudget(failureOf(proxy.host(), proxy.port()))).isEqualTo(BUDGET);
        }
    }

    @Test
    void nextBudget_otherFailure_isTheWholeTime() {
        assertThat(rule.nextBudget(failure(FailureKind.CREDENTIALS_UNAVAILABLE, "28000")))
                .isEqualTo(BUDGET);
    }

    private static ConnectionFailedException failure(FailureKind kind, String state) {
        return new ConnectionFailedException("failure", state, kind, null);
    }

    private static ConnectionFailedException failureOf(String host, int port) {
        return Connecting.failure(Connecting.to(host, port).connector(), Duration.ofMillis(100));
    }
}
