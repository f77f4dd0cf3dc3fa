package dev.wellhead.examples.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wellhead.examples.ledger.OutageLog;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

class RedisBalanceCacheTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static RedisServer redis;
    private static int port;

    private FaultProxy proxy;
    private RedisBalanceCache cache;

    @BeforeAll
    static void startRedis() throws IOException {
        port = FreePort.find();
        redis = RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .build();
        redis.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.stop();
    }

    @BeforeEach
    void open() {
        proxy = FaultProxy.to("127.0.0.1", port);
        cache = RedisBalanceCache.open("redis://127.0.0.1:" + proxy.port());
        Await.until(LIMIT, "the connection", () -> cache.statistics().answers());
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
        assertThat(cache.find("2001")).isEmpty();
        cache.invalidate("2001", "2002");
        cache.store("2001", "old");

        assertThat(cache.find("2001")).isEmpty();
        assertThat(millisToLive("2001")).isBetween(-2L, 2_000L);
        Await.until(LIMIT, "the end of the mark", () -> {
            cache.store("2001", "new");
            return cache.find("2001").equals(Optional.of("new"));
        });
        cache.invalidate("2001");
        assertThat(cache.find("2001")).isEmpty();
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
    void open_serverThatIsDown_connectsWhenItIsUp() throws Exception {
        int free = FreePort.find();
        try (LogCapture log = LogCapture.start();
                RedisBalanceCache early = RedisBalanceCache.open("redis://127.0.0.1:" + free)) {
            Await.until(LIMIT, "the failure", () -> !OutageLog.messages(log).isEmpty());
            early.store("4000", "answer");
            early.invalidate("4000");
            assertThat(early.find("4000")).isEmpty();
            assertThat(early.statistics()).isEqualTo(new BalanceCache.Statistics(false, 0, 1));
            RedisServer late = RedisServer.newRedisServer()
                    .bind("127.0.0.1")
                    .port(free)
                    .setting("save \"\"")
                    .build();
            late.start();
            try {
                Await.until(LIMIT, "the answer", () -> {
                    early.store("4001", "answer");
                    return early.find("4001").isPresent();
                });
                assertThat(OutageLog.messages(log))
                        .containsExactly(
                                "The cache does not answer (Unable to connect to 127.0.0.1/<unresolved>:" + free
                                        + "). Balances are read from the database.",
                                "The cache answers again.");
            } finally {
                late.stop();
            }
        }
    }

    @Test
    void open_wrongUrl_isRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisBalanceCache.open("http://user:secret@127.0.0.1"))
                .withMessage("it is not a URL with the scheme redis or rediss")
                .withNoCause();
    }

    private static long millisToLive(String account) {
        try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().pttl("ledger:account:" + account);
        }
    }
}
