package dev.wellhead.examples.ledger.cache;

import dev.wellhead.examples.ledger.common.Outage;
import dev.wellhead.redis.Redis;
import dev.wellhead.redis.RedisSettings;
import dev.wellhead.settings.ConfigurationException;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis or Valkey. It connects in the background, so that the service starts without it. After a failure, it is not used
 * for a second, so that a silent server delays one request in a second and not all of them.
 */
public final class RedisBalanceCache implements BalanceCache {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBalanceCache.class);

    /** An answer may be this old if its invalidation did not reach the cache. */
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    /** Longer than a read of the database that began before the invalidation. */
    static final Duration MARK_TIME = Duration.ofSeconds(2);

    static final Duration COMMAND_LIMIT = Duration.ofMillis(250);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** The value of an account that was invalidated a moment ago. No answer is empty. */
    private static final String INVALIDATED = "";

    private final RedisSettings settings;
    private final Outage outage = new Outage("The cache", "Balances are read from the database.");
    private final ExecutorService connecting = Executors.newSingleThreadExecutor(RedisBalanceCache::thread);
    private final AtomicBoolean connects = new AtomicBoolean();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private volatile @Nullable Redis redis;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile long pauseEnd = System.nanoTime();

    private RedisBalanceCache(RedisSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return the cache; the caller closes it} Reads the secret and connects in the background.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static RedisBalanceCache open(Map<String, String> environment) {
        RedisBalanceCache cache = new RedisBalanceCache(Redis.resolve(environment));
        cache.connectInBackground();
        return cache;
    }

    @Override
    public Optional<String> find(String account) {
        String answer = ask(redis -> redis.get(key(account)));
        if (answer == null || answer.equals(INVALIDATED)) {
            misses.incrementAndGet();
            return Optional.empty();
        }
        hits.incrementAndGet();
        return Optional.of(answer);
    }

    @Override
    public void store(String account, String answer) {
        // not if there is a value: it is newer, or the mark of an invalidation
        command(redis -> redis.set(key(account), answer, SetArgs.Builder.nx().px(TIME_TO_LIVE)));
    }

    @Override
    public void invalidate(String... accounts) {
        for (String account : accounts) {
            command(redis -> redis.set(key(account), INVALIDATED, SetArgs.Builder.px(MARK_TIME)));
        }
    }

    @Override
    public Statistics statistics() {
        return new Statistics(connection != null && outage.isOver(), hits.get(), misses.get());
    }

    private static String key(String account) {
        return "ledger:account:" + account;
    }

    private void command(Consumer<RedisCommands<String, String>> command) {
        String unused = ask(redis -> {
            command.accept(redis);
            return null;
        });
    }

    private @Nullable String ask(Function<RedisCommands<String, String>, @Nullable String> command) {
        if (System.nanoTime() - pauseEnd < 0) {
            return null;
        }
        StatefulRedisConnection<String, String> current = connection;
        if (current == null) {
            connectInBackground();
            return null;
        }
        try {
            String answer = command.apply(current.sync());
            outage.ended();
            return answer;
        } catch (RedisException e) {
            failed(e);
            return null;
        }
    }

    private void connectInBackground() {
        if (connects.compareAndSet(false, true)) {
            connecting.execute(this::connect);
        }
    }

    private void connect() {
        try {
            StatefulRedisConnection<String, String> opened = client().connect();
            opened.setTimeout(COMMAND_LIMIT);
            // from here on, Lettuce opens the connection again if it is lost
            connection = opened;
            outage.ended();
        } catch (RedisException | ConfigurationException e) {
            failed(e);
        } finally {
            connects.set(false);
        }
    }

    /** {@return the client, which is created once its secret can be read} */
    private RedisClient client() {
        Redis opened = redis;
        if (opened == null) {
            opened = Redis.open(settings);
            redis = opened;
            // without a connection, a command fails immediately instead of waiting for one
            opened.client()
                    .setOptions(opened.options()
                            .mutate()
                            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                            .build());
        }
        return opened.client();
    }

    private void failed(RuntimeException failure) {
        pauseEnd = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
        outage.failed(failure);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "cache-connect");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        connecting.shutdownNow();
        try {
            if (!connecting.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The cache is still connecting after {}.", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Redis opened = redis;
        if (opened != null) {
            opened.close();
        }
    }
}
