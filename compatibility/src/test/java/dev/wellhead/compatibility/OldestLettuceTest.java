package dev.wellhead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.redis.Redis;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.RedisServer;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client on the oldest supported version of Lettuce, which is that of Spring Boot 3.5. */
@Timeout(240)
class OldestLettuceTest {

    @TempDir
    private Path directory;

    @Test
    void passwordFile_thatIsRotated_authenticatesOpenAndNewConnections() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "password-1");
        try (RedisServer server = RedisServer.start()) {
            server.setPasswords("app", "password-1");
            try (Redis redis = Redis.open(Redis.resolve(Map.of(
                            "REDIS_PORT",
                            Integer.toString(server.port()),
                            "REDIS_USER",
                            "app",
                            "REDIS_PASSWORD_FILE",
                            file.toString(),
                            "REDIS_COMMAND_TIMEOUT",
                            "60s")));
                    StatefulRedisConnection<String, String> open =
                            redis.client().connect()) {
                assertThat(open.sync().ping()).isEqualTo("PONG");
                long id = open.sync().clientId();

                // two passwords: the open connection authenticates again, and stays open
                server.setPasswords("app", "password-1", "password-2");
                replace(file, "password-2");
                redis.refreshCredentials();
                Await.until(Duration.ofMinutes(1), () -> server.command("INFO", "commandstats")
                        .contains("cmdstat_auth:"));
                server.setPasswords("app", "password-2");
                assertThat(open.sync().ping()).isEqualTo("PONG");
                assertThat(open.sync().clientId()).isEqualTo(id);

                // one password: the connection that the server has closed waits for the file
                server.setPasswords("app", "password-3");
                assertThat(server.kill("app")).isPositive();
                replace(file, "password-3");
                assertThat(open.sync().aclWhoami()).isEqualTo("app");
                try (StatefulRedisConnection<String, String> next =
                        redis.client().connect()) {
                    assertThat(next.sync().ping()).isEqualTo("PONG");
                }
            }
        }
    }

    private void replace(Path file, String password) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), password);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
