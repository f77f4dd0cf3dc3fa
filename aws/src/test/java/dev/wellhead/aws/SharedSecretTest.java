package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Several databases with one secret. */
class SharedSecretTest {

    private static final String ID = "prod/shared";
    private static final LoginTarget TARGET = new LoginTarget("db.example", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMinutes(15);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private SecretsManagerServer server;
    private SharedSecret secret;
    private RotatingSecret first;
    private RotatingSecret second;

    @BeforeEach
    void startServer() {
        server = SecretsManagerServer.start();
        server.put(ID, text("one"));
        secret = RotatingSecrets.shared(ID, server.uri(), RotatingSecrets.IDENTITY, clock);
        first = RotatingSecrets.database(ID, secret, INTERVAL, "writer");
        second = RotatingSecrets.database(ID, secret, INTERVAL, "reporter");
    }

    @AfterEach
    void stopServer() {
        secret.close();
        server.close();
    }

    @Test
    void current_twoDatabases_readTheirOwnFieldsFromOneCall() throws CredentialsException {
        first.prepare();
        CredentialsSet ofFirst = first.current(TARGET, BUDGET);
        second.prepare();
        CredentialsSet ofSecond = second.current(TARGET, BUDGET);

        assertThat(ofFirst.candidates().get(0).user()).isEqualTo("app");
        assertThat(ofSecond.candidates().get(0).user()).isEqualTo("reports");
        assertThat(server.calls()).containsExactly("AWSCURRENT");
    }

    @Test
    void refresh_afterARefusalOfOneDatabase_renewsBoth() throws CredentialsException {
        CredentialsSet refused = first.current(TARGET, BUDGET);
        CredentialsSet alsoRefused = second.current(TARGET, BUDGET);
        server.createPending(ID, text("two"));
        server.forgetCalls();

        CredentialsSet found = first.refresh(refused, TARGET, BUDGET);
        CredentialsSet alsoFound = second.refresh(alsoRefused, TARGET, BUDGET);

        assertThat(RotatingSecrets.passwords(found)).containsExactly("one", "two");
        assertThat(RotatingSecrets.passwords(alsoFound)).containsExactly("one", "two");
        assertThat(second.current(TARGET, BUDGET).generation()).isEqualTo(alsoFound.generation());
        assertThat(server.calls()).containsExactly("AWSCURRENT", "AWSPENDING");
    }

    @Test
    void refresh_wrongPasswordInManyDatabases_callsNoMoreThanForOne() throws Exception {
        SharedSecret shared = RotatingSecrets.shared(ID, server.uri(), RotatingSecrets.IDENTITY, RefreshClock.SYSTEM);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<CredentialsSet>> answers = new ArrayList<>();
            for (int database = 0; database < 50; database++) {
                RotatingSecret own = RotatingSecrets.database(ID, shared, INTERVAL, "writer");
                answers.add(
                        threads.submit(() -> own.refresh(own.current(TARGET, BUDGET), TARGET, Duration.ofSeconds(2))));
            }
            for (Future<CredentialsSet> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).generation()).isEqualTo(1);
            }
            // one call for the start, three for the labels, then two for each poll
            assertThat(server.calls()).hasSizeLessThan(1 + 3 + 2 * 10);
        } finally {
            threads.shutdownNow();
            shared.close();
        }
    }

    @Test
    void current_secretWithoutTheFieldOfOneDatabase_isUsableForTheOther() throws CredentialsException {
        first.current(TARGET, BUDGET);
        second.current(TARGET, BUDGET);
        server.put(ID, "{\"writer\":\"app\",\"password\":\"two\"}");
        clock.elapse(Duration.ofHours(1));
        secret.poll(BUDGET);

        try (LogCapture log = LogCapture.start()) {
            assertThat(RotatingSecrets.passwords(first.current(TARGET, BUDGET))).containsExactly("two");
            assertThat(RotatingSecrets.passwords(second.current(TARGET, BUDGET)))
                    .containsExactly("one");
            assertThat(RotatingSecrets.passwords(second.current(TARGET, BUDGET)))
                    .containsExactly("one");

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .endsWith("The last good credentials stay in use.");
        }
        CredentialsSet refused = second.current(TARGET, BUDGET);
        assertThatThrownBy(() -> second.refresh(refused, TARGET, BUDGET)).hasMessageContaining("'reporter'");
    }

    /** No server refuses anything in this case, and the refresh interval is long. */
    @Test
    void current_secretThatIsCorrected_isReadSoon() throws CredentialsException {
        server.put(ID, "{\"writer\":\"app\"}");
        assertThatThrownBy(() -> first.current(TARGET, BUDGET)).hasMessageContaining("has no field 'password'");
        server.put(ID, text("two"));
        clock.elapse(Duration.ofSeconds(1));

        assertThat(RotatingSecrets.passwords(first.current(TARGET, BUDGET))).containsExactly("two");
    }

    @Test
    void refresh_onlyTheServerChanged_isANewGeneration() throws CredentialsException {
        CredentialsSet known = first.current(TARGET, BUDGET);
        server.put(ID, text("one").replace("}", ",\"host\":\"restored.internal\",\"port\":5433}"));

        CredentialsSet found = first.relocate(known, TARGET, BUDGET);

        assertThat(found.location()).contains(new ServerLocation("restored.internal", 5433, null, null));
        assertThat(found.generation()).isGreaterThan(known.generation());
        assertThat(server.calls()).containsExactly("AWSCURRENT", "AWSCURRENT");
    }

    @Test
    void relocate_repeatedly_callsAboutOncePerSecond() throws CredentialsException {
        CredentialsSet known = first.current(TARGET, BUDGET);
        server.forgetCalls();

        for (int step = 0; step < 100; step++) {
            assertThat(first.relocate(known, TARGET, BUDGET)).isSameAs(known);
            clock.elapse(Duration.ofMillis(100));
        }

        assertThat(server.calls()).hasSizeBetween(10, 13).containsOnly("AWSCURRENT");
    }

    @Test
    void failure_ofTheStore_namesTheVariablesOfEachDatabase() {
        server.fail(Fault.of("ResourceNotFoundException"));
        RotatingSecret ledger = new RotatingSecret(
                secret,
                new SecretLogins(new SecretParser(
                        "The secret '" + ID + "'", RotatingSecrets.keys("writer"), null, "LEDGER_DB_USER")),
                new SecretMessages(ID, "eu-west-1", "LEDGER_DB_SECRET_ID", "LEDGER_DB_SECRET_REGION"),
                INTERVAL,
                () -> {});

        assertThatThrownBy(() -> first.current(TARGET, BUDGET)).hasMessageContaining("(DB_SECRET_ID)");
        assertThatThrownBy(() -> ledger.current(TARGET, BUDGET))
                .hasMessage(
                        "The secret 'prod/shared' (LEDGER_DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                                + " eu-west-1. There is no such secret in region eu-west-1. Check the name in"
                                + " LEDGER_DB_SECRET_ID. If it is not an ARN, also check the region, which"
                                + " LEDGER_DB_SECRET_REGION sets.");
    }

    @Test
    void reportTo_untilClosed_isNotifiedOfEverySharedRead() throws CredentialsException {
        Count ofFirst = new Count();
        Count ofSecond = new Count();
        first.reportTo(ofFirst);
        RotatingSecret closing = new RotatingSecret(
                secret,
                new SecretLogins(
                        new SecretParser("The secret '" + ID + "'", RotatingSecrets.keys("reporter"), null, "DB_USER")),
                new SecretMessages(ID, "eu-west-1", "DB_SECRET_ID", "DB_SECRET_REGION"),
                INTERVAL,
                () -> {});
        closing.reportTo(ofSecond);

        CredentialsSet known = first.current(TARGET, BUDGET);
        closing.close();
        first.relocate(known, TARGET, BUDGET);

        assertThat(ofFirst.reads.get()).isEqualTo(2);
        assertThat(ofSecond.reads.get()).isEqualTo(1);
    }

    @Test
    void reportTo_listenerThatThrows_failsNeitherTheReadNorTheOtherListeners() throws CredentialsException {
        Count ofSecond = new Count();
        first.reportTo(new Throwing());
        second.reportTo(ofSecond);

        try (LogCapture log = LogCapture.start()) {
            CredentialsSet known = first.current(TARGET, BUDGET);
            server.fail(Fault.of("ResourceNotFoundException"));
            clock.elapse(Duration.ofSeconds(1));
            assertThatThrownBy(() -> second.relocate(known, TARGET, BUDGET)).hasMessageContaining("no such secret");

            assertThat(ofSecond.reads.get()).isEqualTo(2);
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.startsWith("A refresh listener"))
                    .hasSize(2)
                    .containsOnly("A refresh listener of secret 'prod/shared' in eu-west-1 failed ("
                            + Throwing.class.getName() + ").");
        }
    }

    /** A second close would close the secret of another database. */
    @Test
    void close_twice_releasesTheSecretOnce() {
        AtomicInteger released = new AtomicInteger();
        RotatingSecret closing = new RotatingSecret(
                secret,
                new SecretLogins(
                        new SecretParser("The secret '" + ID + "'", RotatingSecrets.keys("reporter"), null, "DB_USER")),
                new SecretMessages(ID, "eu-west-1", "DB_SECRET_ID", "DB_SECRET_REGION"),
                INTERVAL,
                released::incrementAndGet);

        closing.close();
        closing.close();

        assertThat(released).hasValue(1);
    }

    private static String text(String password) {
        return "{\"writer\":\"app\",\"reporter\":\"reports\",\"password\":\"" + password + "\"}";
    }

    private static final class Count implements RefreshListener {

        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public void refreshed(Duration duration, boolean changed) {
            reads.incrementAndGet();
        }

        @Override
        public void refreshFailed(Duration duration) {
            reads.incrementAndGet();
        }
    }

    private static final class Throwing implements RefreshListener {

        @Override
        public void refreshed(Duration duration, boolean changed) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void refreshFailed(Duration duration) {
            throw new IllegalStateException("broken");
        }
    }
}
