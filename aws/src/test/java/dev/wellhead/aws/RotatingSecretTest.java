package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class RotatingSecretTest {

    private static final String ID = "prod/ledger";
    private static final LoginTarget TARGET = new LoginTarget("db.example", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final AtomicLong clock = new AtomicLong();
    private final List<Long> pauses = new ArrayList<>();
    private SecretsManagerServer server;
    private RotatingSecret secret;

    @BeforeEach
    void startStore() throws IOException {
        server = SecretsManagerServer.start();
        server.put(ID, json("first"));
        secret = follow(Duration.ofMinutes(15));
    }

    @AfterEach
    void stopStore() {
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
        assertThat(clock.get()).isLessThanOrEqualTo(BUDGET.toNanos());
    }

    @Test
    void refresh_aPendingVersionThatWasRefused_isNotKept() throws CredentialsException {
        CredentialsSet first = secret.current(TARGET, BUDGET);
        server.createPending(ID, json("second"));
        CredentialsSet refused = secret.refresh(first, TARGET, BUDGET);
        server.createPending(ID, json("third"));
        clock.addAndGet(Duration.ofMillis(100).toNanos());

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
    void refresh_manyAtOnce_shareOneCall() throws Exception {
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
    void refresh_storeDown_failsAtOnceAndAsksNoMoreThanTheIntervalAllows() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.forgetCalls();
        server.fail(new Fault(503, ""));

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> secret.refresh(refused, TARGET, BUDGET))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                            + " eu-west-1. It answered with HTTP status 503. It is asked again; if it stays, look at the"
                            + " health of the service or of what stands between.");
        }

        assertThat(server.calls()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void current_storeStalls_isLeftInTimeAndItsLateAnswerStillCounts() throws Exception {
        secret.close();
        secret = ofSystemTime();
        server.hold();

        long start = System.nanoTime();
        assertThatThrownBy(() -> secret.current(TARGET, Duration.ofMillis(200)))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                        + " eu-west-1. It had not answered after 200 ms. Check the route to Secrets Manager: a NAT gateway"
                        + " or a VPC endpoint, its security group, and AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.");
        long millis = (System.nanoTime() - start) / 1_000_000;
        server.release();
        CredentialsSet late = secret.current(TARGET, BUDGET);

        assertThat(millis).isLessThan(2_000);
        assertThat(passwords(late)).containsExactly("first");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void current_otherSecretsHoldEveryThread_isLeftInTime() throws Exception {
        secret.close();
        secret = ofSystemTime();
        CountDownLatch held = new CountDownLatch(1);
        Await.until(
                Duration.ofSeconds(10),
                "no thread is free",
                () -> !Background.run(() -> {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        long start = System.nanoTime();
        try {
            assertThatThrownBy(() -> secret.current(TARGET, Duration.ofMillis(200)))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining("It had not answered after 200 ms.");
        } finally {
            held.countDown();
        }

        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void refresh_storeStalls_isLeftInTimeAndItsLateAnswerStillCounts() throws Exception {
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
    void current_storeTrickles_callIsBrokenOff(String where, String start) throws Exception {
        try (TricklingServer trickling = TricklingServer.start(start);
                SecretStore store = store(trickling.uri())) {
            long begin = System.nanoTime();

            assertThatThrownBy(() -> store.get(ID, Stage.CURRENT))
                    .isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).failure())
                    .isEqualTo(StoreFailure.UNREACHABLE);

            assertThat(System.nanoTime() - begin)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
        }
    }

    @Test
    void current_storeThrottlesAtStart_isAskedAgainAMomentLater() throws CredentialsException {
        server.fail(Fault.of("ThrottlingException"));
        whenPausing(2, () -> server.fail(null));

        assertThat(passwords(secret.current(TARGET, BUDGET))).containsExactly("first");
        assertThat(pauses).containsExactly(250_000_000L, 500_000_000L);
    }

    @Test
    void current_storeDeniesAtStart_failsAtOnce() {
        server.fail(Fault.of("AccessDeniedException"));

        assertThatThrownBy(() -> secret.current(TARGET, BUDGET)).isInstanceOf(CredentialsException.class);
        assertThat(pauses).isEmpty();
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void refresh_storeRecovers_isSeenWithinSeconds() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        rotate("second");
        server.fail(new Fault(503, ""));
        long down = clock.get();
        for (int second = 0; second < 60; second++) {
            assertThatThrownBy(() -> secret.refresh(refused, TARGET, Duration.ofMillis(10)))
                    .isInstanceOf(CredentialsException.class);
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(server.calls()).as("calls in a minute").hasSizeLessThan(25);
        server.fail(null);
        long recovered = clock.get();
        while (true) {
            try {
                assertThat(passwords(secret.refresh(refused, TARGET, BUDGET))).containsExactly("second");
                break;
            } catch (CredentialsException stillHeldOff) {
                clock.addAndGet(Duration.ofMillis(500).toNanos());
            }
        }
        assertThat(recovered - down).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(clock.get() - recovered)
                .isLessThanOrEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void refresh_aPendingVersionOfNoUse_isPassedOver() throws CredentialsException {
        rotate("second");
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.createPending(ID, "{\"username\":\"app\"}");

        assertThat(passwords(secret.refresh(refused, TARGET, BUDGET))).containsExactly("second", "first");
    }

    @Test
    void current_readThatGoesBackInTime_keepsWhatTheServerAccepted() throws CredentialsException {
        server.lagBehind(ID);
        rotate("second");
        server.catchUp(ID);
        CredentialsSet set = secret.current(TARGET, BUDGET);
        secret.accepted(set, set.candidates().get(0));
        server.put(ID, json("first"));
        clock.addAndGet(Duration.ofHours(1).toNanos());

        Await.until(Duration.ofSeconds(5), "the other version is known", () -> passwords(secret.current(TARGET, BUDGET))
                .equals(List.of("first", "second")));
        assertThat(secret.current(TARGET, BUDGET).candidates().get(1).label()).startsWith("last accepted, AWSCURRENT");
    }

    @Test
    void current_storeDown_lastGoodCredentialsKeepServing() throws CredentialsException {
        CredentialsSet good = secret.current(TARGET, BUDGET);
        server.fail(Fault.of("ThrottlingException"));
        clock.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(secret.current(TARGET, BUDGET)).isSameAs(good);
    }

    @Test
    void current_afterTheRefreshInterval_picksUpARotationInTheBackground() throws CredentialsException {
        secret.current(TARGET, BUDGET);
        rotate("second");
        clock.addAndGet(Duration.ofHours(1).toNanos());

        Await.until(Duration.ofSeconds(5), "the new password is known", () -> passwords(secret.current(TARGET, BUDGET))
                .equals(List.of("second")));
    }

    @Test
    void current_finishedRotation_dropsTheOldPassword() throws CredentialsException {
        CredentialsSet first = secret.current(TARGET, BUDGET);
        server.createPending(ID, json("second"));
        CredentialsSet inWindow = secret.refresh(first, TARGET, BUDGET);
        secret.accepted(inWindow, inWindow.candidates().get(1));
        server.finish(ID);
        clock.addAndGet(Duration.ofHours(1).toNanos());

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

    private static SecretStore store(URI uri) {
        return new SecretsManager(
                uri,
                "eu-west-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-key")));
    }

    private RotatingSecret ofSystemTime() {
        return follow(store(server.uri()), Timing.ofSystem(Duration.ofMinutes(15)));
    }

    private RotatingSecret follow(Duration refreshInterval) {
        Timing timing = new Timing(
                clock::get,
                () -> 0.5,
                (condition, nanos) -> {
                    pauses.add(nanos);
                    clock.addAndGet(nanos);
                    onPause.run();
                },
                refreshInterval);
        return follow(store(server.uri()), timing);
    }

    private static RotatingSecret follow(SecretStore store, Timing timing) {
        return new RotatingSecret(
                ID,
                store,
                new SecretShape(ID, "username", "password", null, "DB_USER"),
                new StoreMessages(ID, "eu-west-1", "DB_SECRET_ID", "DB_SECRET_REGION"),
                timing,
                store::close);
    }

    private static String json(String password) {
        return "{\"username\":\"app\",\"password\":\"" + password + "\"}";
    }

    private static List<String> passwords(CredentialsSet set) {
        return set.candidates().stream().map(Credentials::password).toList();
    }
}
