package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.connect.login.LoginSearch;
import dev.wellhead.internal.open.ServiceEvents;
import dev.wellhead.redis.StreamedCredentials.Pace;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import reactor.core.Disposable;

/** Which login Lettuce gets, when it is checked, and when open connections authenticate again. */
class StreamedCredentialsTest {

    private static final Duration BUDGET = Duration.ofSeconds(60);
    private static final Pace SLOW = new Pace(Duration.ofHours(1), Duration.ofHours(1));
    private static final Pace FAST = new Pace(Duration.ofMillis(5), Duration.ofMillis(5));

    private static final DatabaseSettings SETTINGS = Redis.resolve(
                    Map.of("REDIS_HOST", "cache.example", "REDIS_CONNECT_TIMEOUT", "60s"))
            .resolved();
    private static final ServiceEvents EVENTS = new ServiceEvents(SETTINGS, false);

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final List<String> checks = new CopyOnWriteArrayList<>();
    private final List<StreamedCredentials> opened = new ArrayList<>();
    private volatile boolean unreachable;

    private StreamedCredentials stream(ScriptedCredentials provider, Pace pace) {
        StreamedCredentials stream = new StreamedCredentials(SETTINGS, provider, this::check, EVENTS, pace);
        opened.add(stream);
        return stream;
    }

    /** {@return a stream whose login {@code first} the server has accepted for one open connection} */
    private StreamedCredentials connected(ScriptedCredentials provider, Pace pace, List<String> received)
            throws Exception {
        accepted.add("first");
        StreamedCredentials stream = stream(provider, pace);
        assertThat(login(stream)).isEqualTo("first");
        activate(stream, received);
        return stream;
    }

    private LoginSearch.Answer check(Credentials login) {
        checks.add(login.password());
        if (unreachable) {
            return LoginSearch.Answer.UNKNOWN;
        }
        return accepted.contains(login.password()) ? LoginSearch.Answer.ACCEPTED : LoginSearch.Answer.REFUSED;
    }

    @AfterEach
    void close() {
        opened.forEach(StreamedCredentials::close);
    }

    private static CompletableFuture<RedisCredentials> ask(StreamedCredentials stream) {
        return stream.resolveCredentials().toFuture();
    }

    /** {@return the password that a connection logs in with} */
    private static String login(StreamedCredentials stream) throws Exception {
        RedisCredentials login = ask(stream).get(60, TimeUnit.SECONDS);
        assertThat(login.getUsername()).isEqualTo("app");
        return new String(login.getPassword());
    }

    private static @Nullable Throwable failure(StreamedCredentials stream) {
        return catchThrowable(() -> ask(stream).get(60, TimeUnit.SECONDS)).getCause();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection becomes active, as Lettuce reports it. */
    private static Disposable activate(StreamedCredentials stream, List<String> received) {
        return stream.credentials().subscribe(login -> received.add(new String(login.getPassword())));
    }

    @Test
    void resolve_firstLogin_isTheFirstCandidateThatTheServerAccepts() throws Exception {
        accepted.add("pending");
        StreamedCredentials stream = stream(ScriptedCredentials.of("current", "pending"), SLOW);

        assertThat(login(stream)).isEqualTo("pending");
        assertThat(checks).containsExactly("current", "pending");
    }

    @Test
    void resolve_afterAnActiveConnection_isNotChecked() throws Exception {
        accepted.add("current");
        StreamedCredentials stream = stream(ScriptedCredentials.of("current"), SLOW);
        login(stream);
        activate(stream, new ArrayList<>());

        CompletableFuture<RedisCredentials> second = ask(stream);

        assertThat(second).isCompleted();
        assertThat(checks).containsExactly("current");
    }

    @Test
    void resolve_refusedLogin_causesOneRefreshForEveryConnection() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        StreamedCredentials stream = connected(provider, SLOW, new ArrayList<>());
        accepted.clear();
        accepted.add("second");
        provider.rotate("second", "first");

        assertThat(login(stream))
                .as("the server is not asked before a connection fails")
                .isEqualTo("first");
        Await.until(BUDGET, "the first check is too old to answer", () -> login(stream)
                .equals("second"));
        List<CompletableFuture<RedisCredentials>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(ask(stream));
        }

        for (CompletableFuture<RedisCredentials> answer : answers) {
            assertThat(new String(answer.get(60, TimeUnit.SECONDS).getPassword()))
                    .isEqualTo("second");
        }
        assertThat(provider.refreshes()).isEqualTo(1);
    }

    @Test
    void resolve_candidateThatWasAcceptedLast_isTriedFirst() throws Exception {
        accepted.add("pending");
        StreamedCredentials stream = stream(ScriptedCredentials.of("current", "pending"), SLOW);
        login(stream);
        checks.clear();
        Await.until(
                BUDGET,
                "the first check is too old to answer",
                () -> login(stream).equals("pending") && !checks.isEmpty());

        assertThat(checks).containsOnly("pending");
    }

    @Test
    void resolve_everyCandidateRefused_failsWithWhatToCheck() {
        StreamedCredentials stream = stream(ScriptedCredentials.of("current", "previous"), SLOW);

        assertThat(failure(stream))
                .isInstanceOf(RedisConnectionException.class)
                .hasMessage("The server cache.example:6379 refused the credentials from the script. Check the script.");
    }

    @Test
    void resolve_refusedLoginAndStoreThatIsDown_failsWithBothReasonsAndRecovers() throws Exception {
        accepted.add("second");
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        StreamedCredentials stream = stream(provider, SLOW);
        provider.failRefresh(new CredentialsException("The store is down."));

        assertThat(failure(stream))
                .hasMessage("The server cache.example:6379 refused the credentials from the script. Check the script."
                        + " The refresh of the credentials failed: The store is down.");

        provider.failRefresh(null);
        provider.rotate("second");
        Await.until(BUDGET, "the refusal is too old to answer", () -> !ask(stream)
                .handle((login, failed) -> failed != null)
                .get());
        assertThat(login(stream)).isEqualTo("second");
    }

    @Test
    void resolve_storeThatIsDown_suppliesTheLastGoodLogin() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        StreamedCredentials stream = connected(provider, FAST, new ArrayList<>());
        provider.fail(new CredentialsException("The store is down."));

        assertThat(login(stream)).isEqualTo("first");
    }

    @Test
    void resolve_serverThatCannotBeAsked_suppliesTheMostLikelyLogin() throws Exception {
        unreachable = true;
        StreamedCredentials stream = stream(ScriptedCredentials.of("current", "pending"), SLOW);

        assertThat(login(stream)).isEqualTo("current");
    }

    @Test
    void resolve_slowStore_doesNotBlockTheCaller() throws Exception {
        accepted.add("current");
        CountDownLatch go = new CountDownLatch(1);
        ScriptedCredentials provider = ScriptedCredentials.of("current");
        provider.beforeAnswer(() -> await(go));

        CompletableFuture<RedisCredentials> answer = ask(stream(provider, SLOW));

        assertThat(answer).isNotDone();
        go.countDown();
        assertThat(answer.get(60, TimeUnit.SECONDS).getPassword()).containsExactly("current".toCharArray());
    }

    @Test
    void credentials_newGeneration_reachOpenConnectionsWhenTheServerHasAcceptedThem() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        List<String> received = new CopyOnWriteArrayList<>();
        List<String> closed = new CopyOnWriteArrayList<>();
        StreamedCredentials stream = connected(provider, FAST, received);
        activate(stream, closed).dispose();

        provider.find("second", "first");
        Await.until(BUDGET, "the server refused it", () -> checks.contains("second"));
        assertThat(received).isEmpty();
        assertThat(login(stream)).isEqualTo("first");

        accepted.add("second");
        Await.until(BUDGET, "open connections authenticate again", () -> !received.isEmpty());
        assertThat(received).containsExactly("second");
        assertThat(closed).isEmpty();
        assertThat(login(stream)).isEqualTo("second");
    }

    @Test
    void pollNow_afterARefusal_asksTheServerAgainImmediately() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        List<String> received = new ArrayList<>();
        StreamedCredentials stream = connected(provider, SLOW, received);
        provider.find("second", "first");
        for (int i = 0; i < 5; i++) {
            stream.pollNow();
        }
        assertThat(received).isEmpty();

        accepted.add("second");
        stream.pollNow();

        assertThat(received).containsExactly("second");
    }

    @Test
    void credentials_loginThatIsProvenAfterItWasSupplied_reachOpenConnections() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        List<String> received = new ArrayList<>();
        StreamedCredentials stream = connected(provider, SLOW, received);
        unreachable = true;
        provider.find("second");
        Await.until(
                BUDGET, "it is supplied without a check", () -> login(stream).equals("second"));
        assertThat(received).isEmpty();

        unreachable = false;
        accepted.add("second");
        stream.pollNow();
        stream.pollNow();

        assertThat(received).containsExactly("second");
    }

    @Test
    void credentials_connectionThatLogsInDuringAChange_getsTheNewLogin() throws Exception {
        accepted.add("first");
        ScriptedCredentials provider = ScriptedCredentials.of("first");
        StreamedCredentials stream = stream(provider, SLOW);
        login(stream);
        accepted.clear();
        accepted.add("second");
        provider.rotate("second");
        Await.until(BUDGET, "another connection needs it", () -> login(stream).equals("second"));

        List<String> received = new ArrayList<>();
        activate(stream, received);

        assertThat(received).containsExactly("second");
    }

    @Test
    void credentials_token_isRenewedOnOpenConnectionsWithoutACheck() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.ofToken("token-1");
        StreamedCredentials stream = stream(provider, FAST);
        assertThat(login(stream)).isEqualTo("token-1");
        List<String> received = new CopyOnWriteArrayList<>();
        activate(stream, received);

        Await.until(BUDGET, "the first token again", () -> received.contains("token-1"));
        provider.renew("token-2");
        Await.until(BUDGET, "the next token", () -> received.contains("token-2"));

        assertThat(login(stream)).isEqualTo("token-2");
        assertThat(checks).isEmpty();
    }

    @Test
    void resolve_refusedToken_isReplaced() throws Exception {
        ScriptedCredentials provider = ScriptedCredentials.ofToken("token-1");
        StreamedCredentials stream = stream(provider, SLOW);
        login(stream);
        accepted.add("token-2");
        provider.rotate("token-2");

        assertThat(login(stream)).isEqualTo("token-2");
    }

    @Test
    void pace_usual_renewsTwiceBeforeElastiCacheEndsASession() {
        assertThat(Pace.USUAL.renewal().multipliedBy(2)).isLessThan(Duration.ofHours(12));
    }

    @Test
    void close_stream_refusesFurtherLogins() {
        StreamedCredentials stream = stream(ScriptedCredentials.of("current"), FAST);

        stream.close();

        assertThat(failure(stream)).hasMessage("This Redis is closed.");
    }

    @Test
    void close_whileLoginsWait_failsThem() {
        CountDownLatch closed = new CountDownLatch(1);
        ScriptedCredentials provider = ScriptedCredentials.of("current");
        provider.beforeAnswer(() -> await(closed));
        StreamedCredentials stream = stream(provider, SLOW);
        CompletableFuture<RedisCredentials> running = ask(stream);
        CompletableFuture<RedisCredentials> queued = ask(stream);

        stream.close();
        closed.countDown();

        assertThat(running).failsWithin(BUDGET);
        assertThat(queued)
                .failsWithin(BUDGET)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RedisConnectionException.class)
                .withMessageEndingWith("This Redis is closed.");
        assertThat(catchThrowable(stream::pollNow))
                .isInstanceOf(RedisConnectionException.class)
                .hasMessage("This Redis is closed.");
    }

    @Test
    void logsAndTexts_containNoPassword() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            accepted.add("hunter2-first");
            ScriptedCredentials provider = ScriptedCredentials.of("hunter2-first");
            StreamedCredentials stream = stream(provider, FAST);
            login(stream);
            activate(stream, new ArrayList<>());
            provider.find("hunter2-refused");
            Await.until(BUDGET, "the warning", () -> !log.messages(Level.WARN).isEmpty());

            assertThat(log.messages(Level.WARN))
                    .containsExactly("The server cache.example:6379 refuses the new credentials 'candidate-1' from the"
                            + " script. The accepted ones stay in use.");
            assertThat(log.text() + ask(stream).get()).doesNotContain("hunter2");
        }
    }
}
