package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets Manager is slow or down, or rejects calls. */
class SecretOutageTest {

    private static final String ID = "prod/ledger";
    private static final LoginTarget TARGET = new LoginTarget("db.example", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final List<Long> pauses = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private SecretsManagerServer server;
    private RotatingSecret secret;

    @BeforeEach
    void startServer() {
        server = SecretsManagerServer.start();
        server.put(ID, RotatingSecrets.login("app", "first"));
        clock.onWait(pauses::add);
        secret = RotatingSecrets.follow(ID, server.uri(), RotatingSecrets.IDENTITY, Duration.ofMinutes(15), clock);
    }

    @AfterEach
    void stopServer() {
        secret.close();
        server.close();
    }

    @Test
    void refresh_storeDown_failsImmediatelyAndCallsNoMoreThanTheScheduleAllows() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.forgetCalls();
        server.fail(new Fault(503, ""));

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> secret.refresh(refused, TARGET, BUDGET))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                            + " eu-west-1. It answered with HTTP status 503, and the call is repeated. If the problem"
                            + " persists, check the health of Secrets Manager and of proxies on the way.");
        }

        assertThat(server.calls()).as("one call with the SDK's two retries").hasSize(3);
        assertThat(pauses).isEmpty();
    }

    @Test
    void current_storeStalls_endsWithinTheBudgetAndTheLateAnswerCounts() throws Exception {
        secret.close();
        secret = RotatingSecrets.follow(ID, server);
        server.hold();

        assertThatThrownBy(() -> secret.current(TARGET, Duration.ofMillis(200)))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                        + " eu-west-1. It had not answered after 200 ms. Check the route to Secrets Manager: a NAT gateway"
                        + " or a VPC endpoint, its security group, and AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.");
        server.release();
        CredentialsSet late = secret.current(TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(late)).containsExactly("first");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void current_everyThreadBusy_endsWithinTheBudget() throws Exception {
        secret.close();
        secret = RotatingSecrets.follow(ID, server);
        try (BusyThreads busy = BusyThreads.occupy()) {
            busy.assertNoneIsFree();
            assertThatThrownBy(() -> secret.current(TARGET, Duration.ofMillis(200)))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining("It had not answered after 200 ms.");
        }

        assertThat(server.calls()).isEmpty();
    }

    @Test
    void refresh_storeStalls_endsWithinTheBudgetAndTheLateAnswerCounts() throws Exception {
        secret.close();
        secret = RotatingSecrets.follow(ID, server);
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate("second");
        server.hold();

        assertThatThrownBy(() -> secret.refresh(refused, TARGET, Duration.ofMillis(200)))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("It had not answered after 200 ms.");
        server.release();

        Await.until(Duration.ofSeconds(60), "the late answer counts", () -> RotatingSecrets.passwords(
                        secret.current(TARGET, BUDGET))
                .equals(List.of("second")));
    }

    static Stream<Arguments> trickles() {
        return Stream.of(
                Arguments.of("in the headers", "HTTP/1.1 200 OK\r\nX-Slow: "),
                Arguments.of("in the body", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trickles")
    void current_storeTrickles_callEndsAfterTheTimeout(String part, String start) throws Exception {
        try (TricklingServer trickling = TricklingServer.start(start);
                RotatingSecret slow = RotatingSecrets.follow(
                        ID, trickling.uri(), RotatingSecrets.IDENTITY, Duration.ofMinutes(15), RefreshClock.SYSTEM)) {
            assertThatThrownBy(() -> slow.current(TARGET, Duration.ofMinutes(2)))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining("It did not answer in time.");
        }
    }

    @Test
    void current_storeFailsOnceAtStart_isRetriedByTheSdk() throws CredentialsException {
        server.failOnce(new Fault(503, ""));

        assertThat(RotatingSecrets.passwords(secret.current(TARGET, BUDGET))).containsExactly("first");
        assertThat(server.calls()).containsExactly("AWSCURRENT", "AWSCURRENT");
    }

    @Test
    void current_storeThrottlesAtStart_failsAfterTheSdksRetries() {
        server.fail(Fault.of("ThrottlingException"));

        assertThatThrownBy(() -> secret.current(TARGET, Duration.ofMinutes(1)))
                .hasMessageContaining("Too many calls (ThrottlingException).");
        assertThat(server.calls()).hasSize(3);
    }

    @Test
    void current_storeDeniesAtStart_failsImmediately() {
        server.fail(Fault.of("AccessDeniedException"));

        assertThatThrownBy(() -> secret.current(TARGET, BUDGET)).isInstanceOf(CredentialsException.class);
        assertThat(pauses).isEmpty();
        assertThat(server.calls()).hasSize(1);
    }

    /** Logins that the server refuses wait for this. */
    @Test
    void refresh_storeRecovers_findsNewCredentialsWithinASecond() throws CredentialsException {
        assertThat(untilFound(Duration.ofSeconds(4), "second")).isLessThanOrEqualTo(Duration.ofMillis(700));
        assertThat(untilFound(Duration.ofSeconds(40), "third")).isLessThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void refresh_storeStaysDown_isCalledRarely() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.fail(new Fault(503, ""));
        server.forgetCalls();
        poll(refused, Duration.ofMinutes(1));
        // the SDK repeats a call twice until it has failed too often
        assertThat(server.calls()).as("calls in the first minute").hasSizeLessThan(360);

        server.forgetCalls();
        poll(refused, Duration.ofMinutes(2));

        assertThat(server.calls()).as("calls in the next two minutes").hasSizeLessThan(90);
    }

    /** {@return how long after an outage of {@code down} the new password was found, on the clock of the test} */
    private Duration untilFound(Duration down, String password) throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate(password);
        server.fail(Fault.of("ThrottlingException"));
        poll(refused, down);
        server.fail(null);
        long recovered = clock.nanoTime();
        assertThat(poll(refused, Duration.ofSeconds(10))).containsExactly(password);
        return Duration.ofNanos(clock.nanoTime() - recovered);
    }

    /** {@return the first passwords that differ from {@code refused}; empty if there are none within {@code time}} */
    private List<String> poll(CredentialsSet refused, Duration time) {
        long end = clock.nanoTime() + time.toNanos();
        while (clock.nanoTime() < end) {
            try {
                CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);
                if (found.generation() != refused.generation()) {
                    return RotatingSecrets.passwords(found);
                }
            } catch (CredentialsException stillDown) {
                clock.elapse(Duration.ofMillis(100));
            }
        }
        return List.of();
    }

    @Test
    void current_storeDown_lastGoodCredentialsStayInUse() throws CredentialsException {
        CredentialsSet good = secret.current(TARGET, BUDGET);
        server.fail(Fault.of("ThrottlingException"));
        clock.elapse(Duration.ofHours(1));

        assertThat(secret.current(TARGET, BUDGET)).isSameAs(good);
    }

    private void rotate(String password) {
        server.createPending(ID, RotatingSecrets.login("app", password));
        server.finish(ID);
    }
}
