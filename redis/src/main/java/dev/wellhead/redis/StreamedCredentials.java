package dev.wellhead.redis;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.login.LoginSearch;
import dev.wellhead.internal.open.ServiceEvents;
import dev.wellhead.settings.DatabaseSettings;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * Supplies the logins of a {@link CredentialsProvider} to Lettuce, and authenticates open connections again when the
 * server has accepted new ones.
 *
 * <p>Lettuce asks for a login each time that it connects, and does not report whether the server accepted it. A
 * connection that becomes active subscribes to {@link #credentials()}: this confirms the login that was supplied last.
 * If Lettuce asks again before that, the server may have refused the login, and it is checked with a connection of its
 * own before the next answer. A refused login causes a refresh.
 *
 * <p>Everything that blocks runs on one thread, never on Lettuce's event loops. Thread-safe.
 */
final class StreamedCredentials implements RedisCredentialsProvider, AutoCloseable {

    /** A check answers every question that was asked before it ended, or shortly afterwards. */
    private static final long CHECK_VALID_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A process that was suspended may have an expired token. */
    private static final long POLL_VALID_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A connection that logs in while the credentials change can miss the change. */
    private static final long REPLAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CredentialsProvider provider;
    private final LoginSearch search;
    private final long renewalNanos;
    private final ServiceEvents events;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1, StreamedCredentials::thread);

    /** Whether a login was supplied, and no connection has become active since. */
    private final AtomicBoolean unconfirmed = new AtomicBoolean();

    private volatile @Nullable Supplied supplied;
    private volatile long polledAt = System.nanoTime();
    private volatile long changedAt = System.nanoTime() - REPLAY_NANOS;
    private volatile long checkedAt = System.nanoTime() - CHECK_VALID_NANOS;
    private volatile @Nullable CredentialsException failure;

    // used only by the worker; the login that open connections have: one that was supplied later may not be proven
    private @Nullable Credentials announced;
    private long renewedAt = System.nanoTime();

    /** A login in both forms. */
    private record Supplied(Credentials login, RedisCredentials forLettuce, long generation) {}

    /** An open connection, which belongs to the generation that it has logged in with. */
    private final class Connection {

        private final FluxSink<RedisCredentials> sink;
        private long generation;

        Connection(FluxSink<RedisCredentials> sink, long generation) {
            this.sink = sink;
            this.generation = generation;
            events.opened(generation);
        }

        synchronized void authenticate(Supplied now) {
            if (now.generation() != generation) {
                events.opened(now.generation());
                events.closed(generation);
                generation = now.generation();
            }
            sink.next(now.forLettuce());
        }

        synchronized void closed() {
            if (connections.remove(this)) {
                events.closed(generation);
            }
        }
    }

    /**
     * How often the worker acts on its own.
     *
     * @param poll how often new credentials are looked for, in memory unless the provider's own interval has passed
     * @param renewal how often open connections authenticate again with a token
     */
    record Pace(Duration poll, Duration renewal) {

        /**
         * ElastiCache ends a session 12 hours after its last authentication with a token: two renewals are due before.
         * Source: Amazon ElastiCache User Guide, "Authenticating with IAM".
         */
        static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofHours(5));
    }

    /**
     * @param settings with the server
     * @param provider outlives this object
     * @param check asks the server about a login
     * @param events notified of logins and rotations
     */
    StreamedCredentials(
            DatabaseSettings settings,
            CredentialsProvider provider,
            LoginSearch.Check check,
            ServiceEvents events,
            Pace pace) {
        this.provider = provider;
        this.search = new LoginSearch(settings, provider, check);
        this.events = events;
        this.renewalNanos = pace.renewal().toNanos();
        long nanos = pace.poll().toNanos();
        ScheduledFuture<?> unused =
                worker.scheduleWithFixedDelay(() -> poll(false), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private static Thread thread(Runnable task) {
        // nothing is inherited from the caller, and the caller's class loader stays collectable
        Thread thread = new Thread(null, task, "wellhead-redis", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(StreamedCredentials.class.getClassLoader());
        return thread;
    }

    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        return Mono.defer(() -> Mono.fromFuture(resolve()));
    }

    private CompletableFuture<RedisCredentials> resolve() {
        Supplied known = supplied;
        long asked = System.nanoTime();
        if (known != null && asked - polledAt < POLL_VALID_NANOS && unconfirmed.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(known.forLettuce());
        }
        CredentialsException refused = failure;
        if (refused != null && asked - checkedAt < CHECK_VALID_NANOS) {
            // on the thread of Lettuce, which would otherwise report that the connection was closed
            return CompletableFuture.failedFuture(new RedisConnectionException(refused.getMessage(), refused));
        }
        return onWorker(() -> login(asked).forLettuce());
    }

    /** {@return the result of the task, which fails if this object is closed before} */
    private <T> CompletableFuture<T> onWorker(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        pending.add(result);
        CompletableFuture<?> unused = result.whenComplete((value, failed) -> pending.removeIf(p -> p == result));
        try {
            worker.execute(() -> complete(result, task));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(closed());
        }
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
        try {
            result.complete(task.call());
        } catch (Exception | Error e) {
            result.completeExceptionally(
                    e instanceof CredentialsException ? new RedisConnectionException(e.getMessage(), e) : e);
        }
    }

    private static RedisConnectionException closed() {
        return new RedisConnectionException("This Redis is closed.");
    }

    private Supplied login(long asked) throws CredentialsException {
        Supplied known = supplied;
        // a first login is checked if it can have changed: Lettuce does not repeat the first connect
        boolean doubtful = unconfirmed.getAndSet(true) || (known == null && provider.canChange());
        if (!doubtful) {
            return use(search.likely());
        }
        CredentialsException shared = failure;
        if (asked - checkedAt < CHECK_VALID_NANOS && shared != null) {
            throw shared;
        } else if (asked - checkedAt < CHECK_VALID_NANOS && known != null) {
            return known;
        }
        failure = null;
        try {
            LoginSearch.Found found = search.accepted();
            checkedAt = found.proven() ? System.nanoTime() : checkedAt;
            return use(found);
        } catch (CredentialsException refused) {
            failure = refused;
            checkedAt = System.nanoTime();
            throw refused;
        }
    }

    /** Supplies {@code found} from now on. A login that the server has accepted is passed on to open connections. */
    private Supplied use(LoginSearch.Found found) {
        Supplied before = supplied;
        polledAt = System.nanoTime();
        Credentials known = announced;
        if (known == null || !(found.proven() || provider.canChange())) {
            known = found.login();
            announced = known;
        }
        boolean isNews = found.proven() && !known.sameLogin(found.login());
        if (before != null && !isNews && before.login().sameLogin(found.login())) {
            return before;
        }
        Supplied now = new Supplied(found.login(), LoginProbe.inTermsOfLettuce(found.login()), found.generation());
        supplied = now;
        if (isNews) {
            announced = found.login();
            changedAt = System.nanoTime();
            events.proven(found.generation(), found.login().label(), connections.size());
            authenticate(now);
        }
        return now;
    }

    private void authenticate(Supplied now) {
        connections.forEach(connection -> connection.authenticate(now));
    }

    /** Uses new credentials that the provider has found if the server accepts them. Fails if this object is closed. */
    void pollNow() {
        if (!onWorker(() -> poll(true)).exceptionally(failed -> false).join()) {
            throw closed();
        }
    }

    private boolean poll(boolean isAsked) {
        try {
            LoginSearch.Found found = supplied == null ? null : search.newerThanAccepted(isAsked);
            Supplied now = found == null ? supplied : use(found);
            polledAt = System.nanoTime();
            if (now != null && !provider.canChange() && polledAt - renewedAt >= renewalNanos) {
                renewedAt = polledAt;
                authenticate(now);
            }
        } catch (CredentialsException | RuntimeException e) {
            // the last good credentials stay in use, and the provider has logged the reason
            LoggerFactory.getLogger(StreamedCredentials.class).debug("No credentials were found in the background.", e);
        }
        return true;
    }

    @Override
    public boolean supportsStreaming() {
        return true;
    }

    /** {@return the logins that the server has accepted from now on} Lettuce subscribes once for each open connection. */
    @Override
    public Flux<RedisCredentials> credentials() {
        return Flux.create(this::connected, FluxSink.OverflowStrategy.LATEST);
    }

    private void connected(FluxSink<RedisCredentials> sink) {
        Supplied known = supplied;
        Connection connection = new Connection(sink, known == null ? 0 : known.generation());
        connections.add(connection);
        sink.onDispose(connection::closed);
        unconfirmed.set(false);
        if (known != null && System.nanoTime() - changedAt < REPLAY_NANOS) {
            connection.authenticate(known);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        pending.forEach(answer -> answer.completeExceptionally(closed()));
        connections.forEach(connection -> connection.sink.complete());
    }
}
