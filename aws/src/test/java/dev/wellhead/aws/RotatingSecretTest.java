package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.SecretsManagerServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotatingSecretTest {

    private static final String ID = "prod/ledger";
    private static final LoginTarget TARGET = new LoginTarget("db.example", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final List<Long> pauses = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private SecretsManagerServer server;
    private RotatingSecret secret;
    private Runnable onPause = () -> {};

    @BeforeEach
    void startServer() {
        server = SecretsManagerServer.start();
        server.put(ID, RotatingSecrets.login("app", "first"));
        clock.onWait(nanos -> {
            pauses.add(nanos);
            onPause.run();
        });
        secret = RotatingSecrets.follow(ID, server.uri(), RotatingSecrets.IDENTITY, Duration.ofMinutes(15), clock);
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

        assertThat(RotatingSecrets.passwords(set)).containsExactly("first");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void refresh_insideASingleUserRotation_findsThePendingVersionInTwoCalls() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.createPending(ID, RotatingSecrets.login("app", "second"));
        server.forgetCalls();

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(found)).containsExactly("first", "second");
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

        assertThat(RotatingSecrets.passwords(found)).containsExactly("second");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void refresh_afterARollback_findsThePreviousVersion() throws CredentialsException {
        rotate("second");
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.forgetCalls();

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(found)).containsExactly("second", "first");
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

        assertThat(RotatingSecrets.passwords(found)).containsExactly("second");
        assertThat(pauses).containsExactly(150_000_000L, 300_000_000L, 600_000_000L, 1_000_000_000L, 1_000_000_000L);
        assertThat(server.calls()).filteredOn("AWSPREVIOUS"::equals).hasSize(1);
    }

    @Test
    void refresh_aPendingVersionThatReadsDoNotShowYet_isFoundInFourCalls() throws CredentialsException {
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.lagBehind(ID);
        server.createPending(ID, RotatingSecrets.login("app", "second"));
        server.forgetCalls();
        whenPausing(1, () -> server.catchUp(ID));

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(found)).containsExactly("first", "second");
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
        server.createPending(ID, RotatingSecrets.login("app", "second"));
        CredentialsSet refused = secret.refresh(first, TARGET, BUDGET);
        server.createPending(ID, RotatingSecrets.login("app", "third"));
        clock.elapse(Duration.ofMillis(100));

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(found)).containsExactly("first", "third");
    }

    @Test
    void refresh_labelsThatMayNotBeRead_degradeToTheRest() throws CredentialsException {
        rotate("second");
        server.deny(SecretsManagerServer.PENDING);
        CredentialsSet refused = secret.current(TARGET, BUDGET);

        CredentialsSet found = secret.refresh(refused, TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(found)).containsExactly("second", "first");
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
                assertThat(RotatingSecrets.passwords(answer.get(60, TimeUnit.SECONDS)))
                        .containsExactly("second");
            }
            assertThat(server.calls()).containsExactly("AWSCURRENT");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refresh_unusablePendingVersion_isIgnored() throws CredentialsException {
        rotate("second");
        CredentialsSet refused = secret.current(TARGET, BUDGET);
        server.createPending(ID, "{\"username\":\"app\"}");

        assertThat(RotatingSecrets.passwords(secret.refresh(refused, TARGET, BUDGET)))
                .containsExactly("second", "first");
    }

    @Test
    void current_afterTheRefreshInterval_picksUpARotationInTheBackground() throws CredentialsException {
        secret.current(TARGET, BUDGET);
        rotate("second");
        clock.elapse(Duration.ofHours(1));

        Await.until(Duration.ofSeconds(60), "the new password is known", () -> RotatingSecrets.passwords(
                        secret.current(TARGET, BUDGET))
                .equals(List.of("second")));
    }

    @Test
    void current_finishedRotation_dropsTheOldPassword() throws CredentialsException {
        CredentialsSet first = secret.current(TARGET, BUDGET);
        server.createPending(ID, RotatingSecrets.login("app", "second"));
        CredentialsSet inWindow = secret.refresh(first, TARGET, BUDGET);
        assertThat(RotatingSecrets.passwords(inWindow)).containsExactly("first", "second");
        server.finish(ID);
        clock.elapse(Duration.ofHours(1));

        Await.until(Duration.ofSeconds(60), "the new password is known", () -> RotatingSecrets.passwords(
                        secret.current(TARGET, BUDGET))
                .equals(List.of("second")));
    }

    private void rotate(String password) {
        server.createPending(ID, RotatingSecrets.login("app", password));
        server.finish(ID);
    }

    private void whenPausing(int count, Runnable then) {
        onPause = () -> {
            if (pauses.size() == count) {
                then.run();
            }
        };
    }
}
