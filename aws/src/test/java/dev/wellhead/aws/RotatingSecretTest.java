package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RotatingSecretTest {

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
        server.put(ID, json("first"));
        secret = follow(Duration.ofMinutes(15));
    }

    @AfterEach
    void stopServer() {
        secret.close();
        server.close();
    }

    @Test
    void current_firstLogin_fetchesTheCurrentVersionOnce() throws CredentialsException {
        secret.current(TARGET, BUDGET);

        CredentialsSet set = secret.current(TARGET, BUDGET);

        assertThat(passwords(set)).containsExactly("first");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void refresh_insideASingleUserRotation_findsThePendingVersionInTwoCalls() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.createPending(ID, json("second"));
        server.forgetCalls();

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("first", "second");
        assertThat(found.candidates().get(1).label()).startsWith("AWSPENDING, version ");
        assertThat(found.generation()).isGreaterThan(refused.generation());
        assertThat(server.calls()).containsExactly("AWSCURRENT", "AWSPENDING");
    }

    @Test
    void refresh_afterACompletedRotation_findsTheCurrentVersionInOneCall() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate("second");
        server.forgetCalls();

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("second");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void refresh_afterARollback_findsThePreviousVersion() throws CredentialsException {
        rotate("second");
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.forgetCalls();

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("second", "first");
        assertThat(server.calls()).containsExactly("AWSCURRENT", "AWSPENDING", "AWSPREVIOUS");
    }

    @Test
    void refresh_readsThatLagBehind_pollsUntilTheyCatchUp() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.lagBehind(ID);
        rotate("second");
        server.forgetCalls();
        whenPausing(5, () -> server.catchUp(ID));

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("second");
        assertThat(pauses).containsExactly(150_000_000L, 300_000_000L, 600_000_000L, 1_000_000_000L, 1_000_000_000L);
        assertThat(server.calls()).filteredOn("AWSPREVIOUS"::equals).hasSize(1);
    }

    @Test
    void refresh_aPendingVersionThatReadsDoNotShowYet_isFoundInFourCalls() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.lagBehind(ID);
        server.createPending(ID, json("second"));
        server.forgetCalls();
        whenPausing(1, () -> server.catchUp(ID));

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("first", "second");
        assertThat(server.calls()).containsExactly("AWSCURRENT", "AWSPENDING", "AWSPREVIOUS", "AWSPENDING");
    }

    @Test
    void refresh_nothingNew_endsWithinTheBudgetAndLeavesTheRefusal() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(found.generation()).isEqualTo(refused.generation());
        assertThat(clock.nanoTime()).isLessThanOrEqualTo(BUDGET.toNanos());
    }

    @Test
    void refresh_aPendingVersionThatWasRefused_isNotKept() throws CredentialsException {
        CredentialsSet first = secret.current(TARGET, BUDGET);
        server.createPending(ID, json("second"));
        CredentialsSet refused = secret.refresh(first, TARGET, BUDGET);
        server.createPending(ID, json("third"));
        clock.elapse(Duration.ofMillis(100));

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("first", "third");
    }

    @Test
    void refresh_labelsThatMayNotBeRead_degradeToTheRest() throws CredentialsException {
        rotate("second");
        server.deny(SecretsManagerServer.PENDING);
        CredentialsSet refused = secret.current(TARGET, BUDGET);

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(passwords(found)).containsExactly("second", "first");
    }

    @Test
    void refresh_manyTogether_shareOneCall() throws Exception {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate("second");
        server.forgetCalls();
        server.delay(Duration.ofMillis(200));
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            Callable<CredentialsSet> refresh = () -> secret.refresh(refused, TARGET, BUDGET);
            List<Future<CredentialsSet>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(refresh));
            }

            for (Future<CredentialsSet> answer : answers) {
                assertThat(passwords(answer.get(10, TimeUnit.SECONDS))).containsExactly("second");
            }
            assertThat(server.calls()).containsExactly("AWSCURRENT");
        } finally {
            threads.shutdownNow();
        }
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
        secret = ofSystemTime();
        server.hold();

        assertThatThrownBy(() -> secret.current(TARGET, Duration.ofMillis(200)))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                        + " eu-west-1. It had not answered after 200 ms. Check the route to Secrets Manager: a NAT gateway"
                        + " or a VPC endpoint, its security group, and AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.");
        server.release();
        CredentialsSet late = secret.current(TARGET, BUDGET);

        assertThat(passwords(late)).containsExactly("first");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void current_everyThreadBusy_endsWithinTheBudget() throws Exception {
        secret.close();
        secret = ofSystemTime();
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
        secret = ofSystemTime();
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate("second");
        server.hold();

        assertThatThrownBy(() -> secret.refresh(refused, TARGET, Duration.ofMillis(200)))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("It had not answered after 200 ms.");
        server.release();

        Await.until(Duration.ofSeconds(5), "the late answer counts", () -> passwords(secret.current(TARGET, BUDGET))
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

        assertThat(passwords(secret.current(TARGET, BUDGET))).containsExactly("first");
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

    @Test
    void refresh_storeRecovers_findsNewCredentialsWithinSeconds() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate("second");
        server.fail(new Fault(503, ""));
        long down = clock.nanoTime();
        for (int second = 0; second < 60; second++) {
            assertThatThrownBy(() -> secret.refresh(refused, TARGET, BUDGET)).isInstanceOf(CredentialsException.class);
            clock.elapse(Duration.ofSeconds(1));
        }
        assertThat(server.calls()).as("calls in a minute").hasSizeLessThan(60);
        server.fail(null);
        long recovered = clock.nanoTime();
        while (true) {
            try {
                assertThat(passwords(secret.refresh(refused, TARGET, BUDGET))).containsExactly("second");
                break;
            } catch (CredentialsException stillHeldOff) {
                clock.elapse(Duration.ofMillis(500));
            }
        }
        assertThat(recovered - down).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(clock.nanoTime() - recovered)
                .isLessThanOrEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void refresh_unusablePendingVersion_isIgnored() throws CredentialsException {
        rotate("second");
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.createPending(ID, "{\"username\":\"app\"}");

        assertThat(passwords(secret.refresh(refused, TARGET, BUDGET))).containsExactly("second", "first");
    }

    @Test
    void current_storeDown_lastGoodCredentialsStayInUse() throws CredentialsException {
        CredentialsSet good = secret.current(TARGET, BUDGET);
        server.fail(Fault.of("ThrottlingException"));
        clock.elapse(Duration.ofHours(1));

        assertThat(secret.current(TARGET, BUDGET)).isSameAs(good);
    }

    @Test
    void current_afterTheRefreshInterval_picksUpARotationInTheBackground() throws CredentialsException {
        secret.current(TARGET, BUDGET);
        rotate("second");
        clock.elapse(Duration.ofHours(1));

        Await.until(Duration.ofSeconds(5), "the new password is known", () -> passwords(secret.current(TARGET, BUDGET))
                .equals(List.of("second")));
    }

    @Test
    void current_finishedRotation_dropsTheOldPassword() throws CredentialsException {
        CredentialsSet first = secret.current(TARGET, BUDGET);
        server.createPending(ID, json("second"));
        CredentialsSet inWindow = secret.refresh(first, TARGET, BUDGET);
        assertThat(passwords(inWindow)).containsExactly("first", "second");
        server.finish(ID);
        clock.elapse(Duration.ofHours(1));

        Await.until(Duration.ofSeconds(5), "the new password is known", () -> passwords(secret.current(TARGET, BUDGET))
                .equals(List.of("second")));
    }

    private void rotate(String password) {
        server.createPending(ID, json(password));
        server.finish(ID);
    }

    private void whenPausing(int count, Runnable then) {
        onPause = () -> {
            if (pauses.size() == count) {
                then.run();
            }
        };
    }

    private Runnable onPause = () -> {};

    private RotatingSecret ofSystemTime() {
        return RotatingSecrets.follow(
                ID, server.uri(), RotatingSecrets.IDENTITY, Duration.ofMinutes(15), RefreshClock.SYSTEM);
    }

    private RotatingSecret follow(Duration refreshInterval) {
        clock.onWait(nanos -> {
            pauses.add(nanos);
            onPause.run();
        });
        return RotatingSecrets.follow(ID, server.uri(), RotatingSecrets.IDENTITY, refreshInterval, clock);
    }

    private static String json(String password) {
        return "{\"username\":\"app\",\"password\":\"" + password + "\"}";
    }

    private static List<String> passwords(CredentialsSet set) {
        return set.candidates().stream().map(Credentials::password).toList();
    }
}
