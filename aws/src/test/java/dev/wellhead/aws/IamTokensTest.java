package dev.wellhead.aws;

import static dev.wellhead.aws.SampleTokens.BUDGET;
import static dev.wellhead.aws.SampleTokens.ENDPOINT;
import static dev.wellhead.aws.SampleTokens.NOON;
import static dev.wellhead.aws.SampleTokens.READER;
import static dev.wellhead.aws.SampleTokens.WRITER;
import static dev.wellhead.aws.SampleTokens.expected;
import static dev.wellhead.aws.SampleTokens.failure;
import static dev.wellhead.aws.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** When tokens are signed, how long they are used, and when they are replaced. */
class IamTokensTest {

    private final SampleTokens samples = new SampleTokens();
    private final IamTokens tokens = samples.provider();

    private String current(LoginTarget target) throws CredentialsException {
        return token(tokens.current(target, BUDGET));
    }

    @Test
    void current_token_isSignedForTheServer() throws CredentialsException {
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON));
        assertThat(tokens.description()).isEqualTo("RDS IAM authentication");
        assertThat(tokens.canChange()).isFalse();
    }

    @Test
    void current_untilFourteenAndAHalfMinutes_isTheSameToken() throws CredentialsException {
        current(WRITER);

        samples.clock.elapse(Duration.ofSeconds(869));
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON));
        assertThat(samples.identities.asked()).isEqualTo(1);

        samples.clock.elapse(Duration.ofSeconds(1));
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON.plusSeconds(870)));
        assertThat(samples.identities.asked()).isEqualTo(2);
    }

    @Test
    void current_renewedToken_isOfTheSameGeneration() throws CredentialsException {
        long before = tokens.current(WRITER, BUDGET).generation();
        samples.clock.elapse(Duration.ofMinutes(15));

        assertThat(tokens.current(WRITER, BUDGET).generation()).isEqualTo(before);
    }

    @Test
    void current_sessionThatExpiresSooner_endsTheTokenWithIt() throws CredentialsException {
        samples.identities.become(TestIdentities.identity(SignatureV4.SESSION, NOON.plusSeconds(60)));
        SignatureV4 next = new SignatureV4("ASIAEXAMPLENEXT", "next/secret/EXAMPLEKEY", "next-session-EXAMPLE");
        String host = WRITER.host();

        assertThat(current(WRITER)).isEqualTo(SignatureV4.SESSION.token(host, 5432, "app", "eu-west-1", NOON));
        samples.identities.become(TestIdentities.identity(next, NOON.plusSeconds(3600)));
        samples.clock.elapse(Duration.ofSeconds(59));
        assertThat(current(WRITER)).isEqualTo(SignatureV4.SESSION.token(host, 5432, "app", "eu-west-1", NOON));
        samples.clock.elapse(Duration.ofSeconds(1));
        assertThat(current(WRITER)).isEqualTo(next.token(host, 5432, "app", "eu-west-1", NOON.plusSeconds(60)));
    }

    @Test
    void current_clockThatWasPutBack_signsAnew() throws CredentialsException {
        current(WRITER);
        samples.clock.setBack(Duration.ofHours(1));

        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON.minusSeconds(3600)));
    }

    @Test
    void current_everyServer_hasATokenOfItsOwn() throws CredentialsException {
        LoginTarget otherPort = new LoginTarget(ENDPOINT, 6432);

        assertThat(List.of(current(WRITER), current(READER), current(otherPort)))
                .containsExactly(expected(WRITER, NOON), expected(READER, NOON), expected(otherPort, NOON));
        samples.clock.elapse(Duration.ofMinutes(1));
        assertThat(List.of(current(WRITER), current(READER)))
                .containsExactly(expected(WRITER, NOON), expected(READER, NOON));
    }

    @Test
    void refresh_refusedToken_isReplacedInAHigherGeneration() throws CredentialsException {
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        samples.clock.elapse(Duration.ofMinutes(10));

        CredentialsSet renewed = tokens.refresh(refused, WRITER, BUDGET);

        assertThat(renewed.generation()).isGreaterThan(refused.generation());
        assertThat(token(renewed)).isEqualTo(expected(WRITER, NOON.plusSeconds(600)));
        assertThat(tokens.current(WRITER, BUDGET).generation()).isEqualTo(renewed.generation());
        // a later caller with the old token gets the new one
        assertThat(tokens.refresh(refused, WRITER, BUDGET).generation()).isEqualTo(renewed.generation());
        assertThat(samples.identities.asked()).isEqualTo(2);
    }

    @Test
    void refresh_tokensThatAreRefusedOneAfterTheOther_comeLessAndLessOften() throws CredentialsException {
        List<Integer> pauses = new ArrayList<>();
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        for (int seconds = 0; pauses.size() < 7; seconds++) {
            CredentialsSet next = tokens.refresh(refused, WRITER, BUDGET);
            if (next.generation() > refused.generation()) {
                pauses.add(seconds);
                seconds = 0;
                refused = next;
            }
            samples.clock.elapse(Duration.ofSeconds(1));
        }

        assertThat(pauses).containsExactly(1, 2, 4, 8, 16, 30, 30);

        samples.clock.elapse(Duration.ofMinutes(2));
        refused = tokens.refresh(refused, WRITER, BUDGET);
        samples.clock.elapse(Duration.ofSeconds(1));
        assertThat(tokens.refresh(refused, WRITER, BUDGET).generation())
                .as("after a quiet minute, the delay starts at one second again")
                .isGreaterThan(refused.generation());
    }

    @Test
    void refresh_manyRefusalsOfTheSameToken_countAsOne() throws Exception {
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        samples.clock.elapse(Duration.ofMinutes(1));
        CountDownLatch go = new CountDownLatch(1);
        samples.identities.pause(() -> awaitUninterrupted(go));
        List<FutureTask<CredentialsSet>> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<CredentialsSet> answer = new FutureTask<>(() -> tokens.refresh(refused, WRITER, BUDGET));
            Thread thread = new Thread(answer);
            thread.setDaemon(true);
            thread.start();
            answers.add(answer);
            threads.add(thread);
        }
        Await.until(BUDGET, "all callers wait", () -> threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        go.countDown();

        for (FutureTask<CredentialsSet> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS).generation()).isEqualTo(refused.generation() + 1);
        }
        CredentialsSet renewed = tokens.current(WRITER, BUDGET);
        assertThat(renewed.generation()).isEqualTo(refused.generation() + 1);
        assertThat(samples.identities.asked()).isEqualTo(2);
        // the delay after one refusal, not after eight
        samples.clock.elapse(Duration.ofSeconds(2));
        assertThat(tokens.refresh(renewed, WRITER, BUDGET).generation()).isGreaterThan(renewed.generation());
    }

    @Test
    void refresh_withoutAnIdentity_replacesNothingAndCountsNothing() throws CredentialsException {
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        samples.clock.elapse(Duration.ofMinutes(1));
        samples.identities.fail(SdkClientException.create("Unable to load credentials from any of the providers"));

        assertThat(catchThrowableOfType(CredentialsException.class, () -> tokens.refresh(refused, WRITER, BUDGET)))
                .hasMessageContaining("There are no AWS credentials.");

        assertThat(tokens.current(WRITER, BUDGET).generation()).isEqualTo(refused.generation());
    }

    @Test
    void refresh_otherServersToken_staysAndFollowsTheGeneration() throws CredentialsException {
        CredentialsSet reader = tokens.current(READER, BUDGET);
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        samples.clock.elapse(Duration.ofMinutes(1));

        CredentialsSet renewed = tokens.refresh(refused, WRITER, BUDGET);

        assertThat(tokens.current(READER, BUDGET).generation()).isEqualTo(renewed.generation());
        assertThat(current(READER)).isEqualTo(token(reader));
    }

    @Test
    void current_concurrentCallers_shareOneSigning() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        samples.identities.pause(() -> awaitUninterrupted(go));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> current(WRITER)));
            }
            Await.until(BUDGET, "the signing", () -> samples.identities.asked() == 1);
            go.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(expected(WRITER, NOON));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(samples.identities.asked()).isEqualTo(1);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void current_slowIdentity_isNotWaitedForBeyondTheBudget() throws CredentialsException {
        CountDownLatch go = new CountDownLatch(1);
        samples.identities.pause(() -> awaitUninterrupted(go));

        CredentialsException late = failure(tokens, WRITER, Duration.ofMillis(20));
        go.countDown();

        assertThat(late)
                .hasMessage("No authentication token can be signed for user 'app'. The AWS credentials were not found"
                        + " within 20 ms. Check the route to their source: instance metadata, the container agent"
                        + " or STS.");
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON));
    }

    @Test
    void current_allBackgroundThreadsBusy_waitsForOneAndNoLongerThanTheBudget() throws CredentialsException {
        try (BusyThreads busy = BusyThreads.occupy()) {
            busy.assertNoneIsFree();
            assertThat(failure(tokens, WRITER, Duration.ofMillis(50)))
                    .hasMessageContaining("The AWS credentials were not found within 50 ms.");
            assertThat(samples.identities.asked()).isZero();
        }

        assertThat(current(WRITER)).startsWith(ENDPOINT);
    }

    @Test
    void prepare_findsTheCredentialsAheadOfTime() {
        tokens.prepare();

        Await.until(BUDGET, "the credentials", () -> samples.identities.asked() == 1);
    }

    @Test
    void close_closesTheCredentialsChain() {
        tokens.close();

        assertThat(samples.identities.isClosed()).isTrue();
    }

    @Test
    void toString_ofAToken_doesNotShowIt() {
        AuthenticationToken token = new AuthenticationToken("hunter2", "eu-west-1", NOON, Instant.MAX, 0);

        assertThat(token)
                .hasToString("AuthenticationToken[region=eu-west-1, signedAt=2026-11-23T12:00:00Z, text=<redacted>]");
    }
}
