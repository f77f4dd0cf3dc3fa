package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** When tokens are signed, how long they are used, and the failures if none can be signed. */
class IamTokensTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final String INSTANCE = "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com";
    private static final LoginTarget WRITER = new LoginTarget(INSTANCE, 5432);
    private static final LoginTarget READER =
            new LoginTarget("ledger-replica-1.c1abcdefghij.eu-west-1.rds.amazonaws.com", 5432);
    private static final LoginTarget GLOBAL =
            new LoginTarget("ledger.global-c1abcdefghij.global.rds.amazonaws.com", 5432);

    private final MovableClock clock = new MovableClock(NOON);
    private final TestIdentities identities = TestIdentities.of(SignatureV4.EXAMPLE);
    private final IamTokens tokens =
            new IamTokens("app", region(null), SignedTarget.SAME, identities.identity(), clock, clock);

    private static TokenRegion region(@Nullable String configured) {
        return new TokenRegion(configured, "DB_IAM_REGION", () -> {
            throw SdkClientException.create("no region in the chain");
        });
    }

    private static String expected(LoginTarget target, Instant at) {
        return SignatureV4.EXAMPLE.token(target.host(), target.port(), "app", "eu-west-1", at);
    }

    private static String token(CredentialsSet set) {
        assertThat(set.candidates()).hasSize(1);
        assertThat(set.candidates().get(0).user()).isEqualTo("app");
        return set.candidates().get(0).password();
    }

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

        clock.elapse(Duration.ofSeconds(869));
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON));
        assertThat(identities.asked()).isEqualTo(1);

        clock.elapse(Duration.ofSeconds(1));
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON.plusSeconds(870)));
        assertThat(identities.asked()).isEqualTo(2);
    }

    @Test
    void current_renewedToken_isOfTheSameGeneration() throws CredentialsException {
        long before = tokens.current(WRITER, BUDGET).generation();
        clock.elapse(Duration.ofMinutes(15));

        assertThat(tokens.current(WRITER, BUDGET).generation()).isEqualTo(before);
    }

    @Test
    void current_sessionThatExpiresSooner_endsTheTokenWithIt() throws CredentialsException {
        identities.become(TestIdentities.identity(SignatureV4.SESSION, NOON.plusSeconds(60)));
        SignatureV4 next = new SignatureV4("ASIAEXAMPLENEXT", "next/secret/EXAMPLEKEY", "next-session-EXAMPLE");
        String host = WRITER.host();

        assertThat(current(WRITER)).isEqualTo(SignatureV4.SESSION.token(host, 5432, "app", "eu-west-1", NOON));
        identities.become(TestIdentities.identity(next, NOON.plusSeconds(3600)));
        clock.elapse(Duration.ofSeconds(59));
        assertThat(current(WRITER)).isEqualTo(SignatureV4.SESSION.token(host, 5432, "app", "eu-west-1", NOON));
        clock.elapse(Duration.ofSeconds(1));
        assertThat(current(WRITER)).isEqualTo(next.token(host, 5432, "app", "eu-west-1", NOON.plusSeconds(60)));
    }

    @Test
    void current_clockThatWasPutBack_signsAnew() throws CredentialsException {
        current(WRITER);
        clock.setBack(Duration.ofHours(1));

        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON.minusSeconds(3600)));
    }

    @Test
    void current_everyServer_hasATokenOfItsOwn() throws CredentialsException {
        LoginTarget otherPort = new LoginTarget(INSTANCE, 6432);

        assertThat(List.of(current(WRITER), current(READER), current(otherPort)))
                .containsExactly(expected(WRITER, NOON), expected(READER, NOON), expected(otherPort, NOON));
        clock.elapse(Duration.ofMinutes(1));
        assertThat(List.of(current(WRITER), current(READER)))
                .containsExactly(expected(WRITER, NOON), expected(READER, NOON));
    }

    @Test
    void current_configuredRegion_overridesTheHostName() throws CredentialsException {
        IamTokens configured =
                new IamTokens("app", region("us-east-2"), SignedTarget.SAME, identities.identity(), clock, clock);

        assertThat(token(configured.current(WRITER, BUDGET)))
                .isEqualTo(SignatureV4.EXAMPLE.token(INSTANCE, 5432, "app", "us-east-2", NOON));
    }

    @Test
    void current_alias_usesTheRegionOfTheProcessAndKeepsTheConfiguredName() throws CredentialsException {
        TokenRegion chain = new TokenRegion(null, "DB_IAM_REGION", () -> Region.EU_NORTH_1);
        IamTokens alias = new IamTokens("app", chain, SignedTarget.SAME, identities.identity(), clock, clock);

        assertThat(token(alias.current(new LoginTarget("db.example", 5432), BUDGET)))
                .isEqualTo(SignatureV4.EXAMPLE.token("db.example", 5432, "app", "eu-north-1", NOON));
    }

    @Test
    void current_globalEndpoint_usesTheRegionOfTheProcess() throws CredentialsException {
        TokenRegion chain = new TokenRegion(null, "DB_IAM_REGION", () -> Region.EU_NORTH_1);
        IamTokens global = new IamTokens("app", chain, SignedTarget.SAME, identities.identity(), clock, clock);

        assertThat(token(global.current(GLOBAL, BUDGET)))
                .isEqualTo(SignatureV4.EXAMPLE.token(GLOBAL.host(), 5432, "app", "eu-north-1", NOON));
        assertThat(global.adviceOnRefusal(global.current(GLOBAL, BUDGET), GLOBAL))
                .startsWith(
                        "Check that the writer of the global database is in region eu-north-1, for which the token is"
                                + " signed, or set DB_IAM_REGION to its region.");
    }

    @Test
    void current_globalEndpointWithoutARegion_namesTheSetting() {
        assertThatThrownBy(() -> tokens.current(GLOBAL, BUDGET))
                .hasMessage(
                        "There is no AWS region to sign an authentication token for: DB_IAM_REGION and AWS_REGION are"
                                + " not set, the host '" + GLOBAL.host()
                                + "' has no region in its name, and the AWS profile has none. Set DB_IAM_REGION to the region of"
                                + " the writer.");
    }

    @Test
    void current_signedHostAndPort_replaceThoseOfTheTunnel() throws CredentialsException {
        LoginTarget tunnel = new LoginTarget("127.0.0.1", 15432);
        LoginTarget reader = new LoginTarget("127.0.0.1", 25432);
        SignedTarget endpoint = new SignedTarget(INSTANCE, 5432, List.of(reader), "DB_IAM_HOST");
        IamTokens tunnelled = new IamTokens("app", region(null), endpoint, identities.identity(), clock, clock);

        assertThat(token(tunnelled.current(tunnel, BUDGET))).isEqualTo(expected(WRITER, NOON));
        assertThat(tunnelled.adviceOnRefusal(tunnelled.current(tunnel, BUDGET), tunnel))
                .first()
                .isEqualTo("Check that the role can log in with tokens: GRANT rds_iam TO \"app\".");
        assertThat(endpoint.of(reader)).isEqualTo(reader);
        assertThat(new SignedTarget(null, 5432, List.of(), "DB_IAM_HOST").of(tunnel))
                .isEqualTo(new LoginTarget("127.0.0.1", 5432));
        assertThat(new SignedTarget(INSTANCE, null, List.of(), "DB_IAM_HOST").of(tunnel))
                .isEqualTo(new LoginTarget(INSTANCE, 15432));
    }

    @Test
    void signedTarget_settings_exemptTheServersOfTheReader() {
        SignedTarget target = SignedTarget.of(new SettingsOf(Map.of(
                "iamHost", INSTANCE,
                "iamPort", "5432",
                "port", "15432",
                "readerHost", "127.0.0.1,tunnel.internal",
                "readerPort", "25432,25433")));

        assertThat(target.of(new LoginTarget("127.0.0.1", 15432))).isEqualTo(WRITER);
        assertThat(target.of(new LoginTarget("127.0.0.1", 25432))).isEqualTo(new LoginTarget("127.0.0.1", 25432));
        assertThat(target.of(new LoginTarget("tunnel.internal", 25433)))
                .isEqualTo(new LoginTarget("tunnel.internal", 25433));
        assertThat(target.variable()).isEqualTo("LEDGER_iamHost");
    }

    @Test
    void refresh_refusedToken_isReplacedInAHigherGeneration() throws CredentialsException {
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        clock.elapse(Duration.ofMinutes(10));

        CredentialsSet renewed = tokens.refresh(refused, WRITER, BUDGET);

        assertThat(renewed.generation()).isGreaterThan(refused.generation());
        assertThat(token(renewed)).isEqualTo(expected(WRITER, NOON.plusSeconds(600)));
        assertThat(tokens.current(WRITER, BUDGET).generation()).isEqualTo(renewed.generation());
        // a later caller with the old token gets the new one
        assertThat(tokens.refresh(refused, WRITER, BUDGET).generation()).isEqualTo(renewed.generation());
        assertThat(identities.asked()).isEqualTo(2);
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
            clock.elapse(Duration.ofSeconds(1));
        }

        assertThat(pauses).containsExactly(1, 2, 4, 8, 16, 30, 30);

        clock.elapse(Duration.ofMinutes(2));
        refused = tokens.refresh(refused, WRITER, BUDGET);
        clock.elapse(Duration.ofSeconds(1));
        assertThat(tokens.refresh(refused, WRITER, BUDGET).generation())
                .as("after a quiet minute, the delay starts at one second again")
                .isGreaterThan(refused.generation());
    }

    @Test
    void refresh_manyRefusalsOfTheSameToken_countAsOne() throws Exception {
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        clock.elapse(Duration.ofMinutes(1));
        CountDownLatch go = new CountDownLatch(1);
        identities.pause(() -> awaitUninterrupted(go));
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
            assertThat(answer.get(5, TimeUnit.SECONDS).generation()).isEqualTo(refused.generation() + 1);
        }
        CredentialsSet renewed = tokens.current(WRITER, BUDGET);
        assertThat(renewed.generation()).isEqualTo(refused.generation() + 1);
        assertThat(identities.asked()).isEqualTo(2);
        // the delay after one refusal, not after eight
        clock.elapse(Duration.ofSeconds(2));
        assertThat(tokens.refresh(renewed, WRITER, BUDGET).generation()).isGreaterThan(renewed.generation());
    }

    @Test
    void refresh_withoutAnIdentity_replacesNothingAndCountsNothing() throws CredentialsException {
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        clock.elapse(Duration.ofMinutes(1));
        identities.fail(SdkClientException.create("Unable to load credentials from any of the providers"));

        assertThat(catchThrowableOfType(CredentialsException.class, () -> tokens.refresh(refused, WRITER, BUDGET)))
                .hasMessageContaining("There are no AWS credentials.");

        assertThat(tokens.current(WRITER, BUDGET).generation()).isEqualTo(refused.generation());
    }

    @Test
    void refresh_otherServersToken_staysAndFollowsTheGeneration() throws CredentialsException {
        CredentialsSet reader = tokens.current(READER, BUDGET);
        CredentialsSet refused = tokens.current(WRITER, BUDGET);
        clock.elapse(Duration.ofMinutes(1));

        CredentialsSet renewed = tokens.refresh(refused, WRITER, BUDGET);

        assertThat(tokens.current(READER, BUDGET).generation()).isEqualTo(renewed.generation());
        assertThat(current(READER)).isEqualTo(token(reader));
    }

    @Test
    void current_concurrentCallers_shareOneSigning() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        identities.pause(() -> awaitUninterrupted(go));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> current(WRITER)));
            }
            Await.until(BUDGET, "the signing", () -> identities.asked() == 1);
            go.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(expected(WRITER, NOON));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(identities.asked()).isEqualTo(1);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void current_slowIdentity_isNotWaitedForBeyondTheBudget() throws CredentialsException {
        CountDownLatch go = new CountDownLatch(1);
        identities.pause(() -> awaitUninterrupted(go));

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
            assertThat(identities.asked()).isZero();
        }

        assertThat(current(WRITER)).startsWith(INSTANCE);
    }

    @Test
    void current_unexpectedException_isTheCauseOfACredentialsException() {
        IllegalStateException fault = new IllegalStateException("broken");
        TokenRegion broken = new TokenRegion(null, "DB_IAM_REGION", () -> {
            throw fault;
        });
        IamTokens failing = new IamTokens("app", broken, SignedTarget.SAME, identities.identity(), clock, clock);

        assertThat(failure(failing, new LoginTarget("db.example", 5432), BUDGET))
                .hasMessage("No authentication token can be signed for user 'app'. The AWS SDK failed with"
                        + " java.lang.IllegalStateException. See the cause; one of the SDK's jars may be missing or"
                        + " have another version.")
                .rootCause()
                .isSameAs(fault);
    }

    @Test
    void current_withoutAnIdentity_namesTheRemedyAndRecovers() throws CredentialsException {
        identities.fail(SdkClientException.create("Unable to load credentials from any of the providers"));

        assertThat(failure(tokens, WRITER, BUDGET))
                .hasMessage(
                        "No authentication token can be signed for user 'app'. There are no AWS credentials. Give the"
                                + " service a role (task role, instance profile, IRSA with software.amazon.awssdk:sts on"
                                + " the class path), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

        identities.recover();
        clock.elapse(Duration.ofMillis(250));
        assertThat(current(WRITER)).isEqualTo(expected(WRITER, NOON.plusMillis(250)));
    }

    @Test
    void current_webIdentityWithoutSts_namesTheMissingModule() {
        WebIdentityTokenFileCredentialsProvider webIdentity = WebIdentityTokenFileCredentialsProvider.builder()
                .roleArn("arn:aws:iam::123456789012:role/ledger")
                .webIdentityTokenFile(Path.of("token"))
                .build();
        IamTokens irsa =
                new IamTokens("app", region(null), SignedTarget.SAME, new AwsIdentity(webIdentity), clock, clock);

        assertThat(failure(irsa, WRITER, BUDGET))
                .hasMessage("No authentication token can be signed for user 'app'. The service runs with a web identity"
                        + " (EKS, IRSA) or assumes a role, but software.amazon.awssdk:sts is not on the class path. Add"
                        + " it, in the version of the other AWS SDK modules.");
    }

    @Test
    void current_withoutARegion_namesTheSettings() {
        assertThat(failure(tokens, new LoginTarget("db.example", 5432), BUDGET))
                .hasMessage(
                        "There is no AWS region to sign an authentication token for: DB_IAM_REGION and AWS_REGION are"
                                + " not set, the host 'db.example' has no region in its name, and the AWS profile has"
                                + " none. Set DB_IAM_REGION.");
    }

    private static CredentialsException failure(IamTokens of, LoginTarget target, Duration budget) {
        return catchThrowableOfType(CredentialsException.class, () -> of.current(target, budget));
    }

    @Test
    void adviceOnRefusal_ofAnEndpoint_namesGrantPolicyAndClock() throws CredentialsException {
        assertThat(tokens.adviceOnRefusal(tokens.current(WRITER, BUDGET), WRITER))
                .containsExactly(
                        "Check that the role can log in with tokens: GRANT rds_iam TO \"app\".",
                        "Check that the IAM policy of this service allows rds-db:connect for user 'app' of this"
                                + " database in region eu-west-1.",
                        "Check the clock of this machine: the token was signed at 2026-11-23T12:00:00Z and is valid for"
                                + " 15 minutes from then.");
    }

    @Test
    void adviceOnRefusal_otherRegionOrAlias_beginsWithIt() throws CredentialsException {
        IamTokens configured =
                new IamTokens("app", region("us-east-2"), SignedTarget.SAME, identities.identity(), clock, clock);
        LoginTarget alias = new LoginTarget("db.example", 5432);

        assertThat(configured.adviceOnRefusal(configured.current(WRITER, BUDGET), WRITER))
                .startsWith("The token is signed for region us-east-2 (DB_IAM_REGION), but the host is in eu-west-1.");
        assertThat(configured.adviceOnRefusal(configured.current(alias, BUDGET), alias))
                .startsWith(
                        "The token is signed for 'db.example', which is not the name of an RDS endpoint. RDS refuses a"
                                + " token for an alias or a tunnel. Set DB_IAM_HOST to the name of the endpoint.");
    }

    @Test
    void prepare_findsTheCredentialsAheadOfTime() {
        tokens.prepare();

        Await.until(BUDGET, "the credentials", () -> identities.asked() == 1);
    }

    @Test
    void close_closesTheCredentialsChain() {
        tokens.close();

        assertThat(identities.isClosed()).isTrue();
    }

    @Test
    void toString_ofAToken_doesNotShowIt() {
        AuthenticationToken token = new AuthenticationToken("hunter2", "eu-west-1", NOON, Instant.MAX, 0);

        assertThat(token)
                .hasToString("AuthenticationToken[region=eu-west-1, signedAt=2026-11-23T12:00:00Z, text=<redacted>]");
    }

    private record SettingsOf(Map<String, String> values) implements CredentialsRequest {

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public Optional<String> setting(String settingName) {
            return Optional.ofNullable(values.get(settingName));
        }

        @Override
        public Optional<Duration> duration(String settingName) {
            return Optional.empty();
        }

        @Override
        public String variable(String settingName) {
            return "LEDGER_" + settingName;
        }
    }
}
