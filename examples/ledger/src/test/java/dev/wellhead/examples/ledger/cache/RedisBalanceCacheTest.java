package dev.wellhead.examples.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wellhead.examples.ledger.OutageLog;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisBalanceCacheTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static RedisServer redis;

    private FaultProxy proxy;
    private RedisBalanceCache cache;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void open() {
        proxy = FaultProxy.to(redis.host(), redis.port());
        cache = RedisBalanceCache.open(environment(proxy));
        Await.until(LIMIT, "the connection", () -> cache.statistics().answers());
    }

    private static Map<String, String> environment(FaultProxy proxy) {
        return Map.of("ENVIRONMENT", "test", "REDIS_URL", "redis://127.0.0.1:" + proxy.port());
    }

    @AfterEach
    void close() {
        cache.close();
        proxy.close();
    }

    @Test
    void find_storedAnswer_isFoundForASecondsOnly() {
        // a busy machine may take longer than the limit of a command, so each command is repeated
        Await.until(LIMIT, "the answer", () -> {
            cache.store("1000", "answer");
            return cache.find("1000").equals(Optional.of("answer"));
        });
        assertThat(millisToLive("1000")).isBetween(1L, RedisBalanceCache.TIME_TO_LIVE.toMillis());
        assertThat(cache.find("1001")).isEmpty();
    }

    @Test
    void store_afterAnInvalidation_isRefused() {
        // the answer was read before the transfer, and is stored after the invalidation
        AtomicInteger number = new AtomicInteger(2_000);
        Await.until(LIMIT, "an attempt within the time of a mark", () -> {
            String account = Integer.toString(number.incrementAndGet());
            assertThat(cache.find(account)).isEmpty();
            long start = System.nanoTime();
            cache.invalidate(account, "another");
            boolean marked = millisToLive(account) > 0;
            cache.store(account, "old");
            Optional<String> found = cache.find(account);
            long remaining = millisToLive(account);
            if (!marked || System.nanoTime() - start >= RedisBalanceCache.MARK_TIME.toNanos()) {
                // a busy machine: the invalidation did not reach the server, or its mark has ended
                return false;
            }
            assertThat(found).isEmpty();
            assertThat(remaining).isBetween(1L, RedisBalanceCache.MARK_TIME.toMillis());
            return true;
        });
        String account = number.toString();
        Await.until(LIMIT, "the end of the mark", () -> {
            cache.store(account, "new");
            return cache.find(account).equals(Optional.of("new"));
        });
        Await.until(LIMIT, "the invalidation", () -> {
            cache.invalidate(account);
            return cache.find(account).isEmpty();
        });
    }

    @Test
    void find_silentServer_returnsNothingWithinItsLimitAndThenImmediately() {
        Await.until(LIMIT, "the answer", () -> {
            cache.store("3000", "answer");
            return cache.find("3000").isPresent();
        });
        try (LogCapture log = LogCapture.start()) {
            proxy.blackHole();
            Await.until(LIMIT, "the failure", () -> cache.find("3000").isEmpty());
            // without the pause after a failure, each of these would wait for the limit of a command
            Await.until(LIMIT, "immediate answers", () -> {
                long start = System.nanoTime();
                for (int i = 0; i < 4; i++) {
                    assertThat(cache.find("3000")).isEmpty();
                }
                return System.nanoTime() - start < RedisBalanceCache.COMMAND_LIMIT.toNanos();
            });
            cache.invalidate("3000");
            assertThat(cache.statistics().answers()).isFalse();

            proxy.pass();
            proxy.resetAll();

            Await.until(LIMIT, "the answer", () -> {
                cache.store("3001", "answer");
                return cache.find("3001").isPresent();
            });
            assertThat(cache.statistics().answers()).isTrue();
            List<String> messages = OutageLog.messages(log);
            assertThat(messages.get(0))
                    .startsWith("The cache does not answer (")
                    .endsWith("). Balances are read from the database.");
            assertThat(messages.get(messages.size() - 1)).isEqualTo("The cache answers again.");
        }
    }

    @Test
    void open_serverThatIsDown_connectsWhenItIsUp() {
        try (FaultProxy late = FaultProxy.to(redis.host(), redis.port())) {
            late.refuse();
            try (LogCapture log = LogCapture.start();
                    RedisBalanceCache early = RedisBalanceCache.open(environment(late))) {
                Await.until(LIMIT, "the failure", () -> !OutageLog.messages(log).isEmpty());
                early.store("4000", "answer");
                early.invalidate("4000");
                assertThat(early.find("4000")).isEmpty();
                assertThat(early.statistics()).isEqualTo(new BalanceCache.Statistics(false, 0, 1));

                late.pass();

                Await.until(LIMIT, "the answer", () -> {
                    early.store("4001", "answer");
                    return early.find("4001").isPresent();
                });
                List<String> messages = OutageLog.messages(log);
                assertThat(messages.get(0))
                        .startsWith("The cache does not answer (Unable to connect to 127.0.0.1")
                        .endsWith("). Balances are read from the database.");
                assertThat(messages.get(messages.size() - 1)).isEqualTo("The cache answers again.");
            }
        }
    }

    @Test
    void open_wrongUrl_isRefusedWithoutShowingThePassword() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> RedisBalanceCache.open(Map.of("REDIS_URL", "http://user:secret@127.0.0.1")))
                .withMessageContaining("REDIS_URL")
                .withMessageNotContaining("secret");
    }

    private static long millisToLive(String account) {
        return Long.parseLong(redis.command("PTTL", "ledger:account:" + account));
    }
}
