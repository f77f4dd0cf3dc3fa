package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.RedisServer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How clients of a real server fail, and what remains when they are closed. */
class RedisFailureTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static RedisServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        server.setPasswords("app", "right");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Redis open(Map<String, String> source) {
        Map<String, String> variables = new HashMap<>(source);
        variables.put("ENVIRONMENT", "test");
        variables.put("REDIS_HOST", server.host());
        variables.put("REDIS_PORT", Integer.toString(server.port()));
        return Redis.open(Redis.resolve(variables));
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content).toString();
    }

    private static String failure(Map<String, String> source) {
        try (Redis redis = open(source)) {
            RedisConnectionException failure = catchThrowableOfType(
                    RedisConnectionException.class, () -> redis.client().connect());
            assertThat(failure).hasMessageContaining(server.host()).hasCauseInstanceOf(RedisConnectionException.class);
            return String.valueOf(Objects.requireNonNull(failure.getCause()).getMessage());
        }
    }

    @Test
    void connect_withAWrongPasswordInAFile_namesTheSettingTheFileAndTheFix() throws IOException {
        String file = file("wrong");

        assertThat(failure(Map.of("REDIS_USER", "app", "REDIS_PASSWORD_FILE", file)))
                .isEqualTo(
                        "The server 127.0.0.1:" + server.port() + " refused the credentials from password file " + file
                                + ". Correct REDIS_USER or the password in " + file
                                + ", or set the same password on the server.");
    }

    @Test
    void connect_withAWrongPasswordInASecret_namesTheFileAndTheFix() throws IOException {
        String file = file("{\"username\":\"app\",\"password\":\"wrong\"}");

        assertThat(failure(Map.of("REDIS_SECRET_FILE", file)))
                .isEqualTo("The server 127.0.0.1:" + server.port() + " refused the credentials from secret file " + file
                        + ". Check the user and the password, and that the server has the same password.");
    }

    @Test
    void connect_withoutThePasswordFile_namesTheSetting() {
        Path missing = directory.resolve("missing");

        assertThat(failure(Map.of("REDIS_USER", "app", "REDIS_PASSWORD_FILE", missing.toString())))
                .isEqualTo(
                        "REDIS_PASSWORD_FILE (" + missing + ") does not exist. Create the file, or correct the path.");
    }

    @Test
    void passwordFile_thatDisappears_leavesTheLastPasswordInUse() throws IOException {
        Path file = Path.of(file("right"));
        try (Redis redis = open(Map.of("REDIS_USER", "app", "REDIS_PASSWORD_FILE", file.toString()));
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            Files.delete(file);
            server.kill("app");

            assertThat(connection.sync().aclWhoami()).isEqualTo("app");
            assertThatThrownBy(redis::refreshCredentials)
                    .isInstanceOf(RedisConnectionException.class)
                    .hasMessage(
                            "REDIS_PASSWORD_FILE (" + file + ") does not exist. Create the file, or correct the path.");
            try (StatefulRedisConnection<String, String> second = redis.client().connect()) {
                assertThat(second.sync().aclWhoami()).isEqualTo("app");
            }
        }
    }

    @Test
    void login_ofAUserWithoutPermissions_isAcceptedAndCommandsAreRefused() throws IOException {
        server.command("ACL", "SETUSER", "weak", "on", ">weak", "-@all", "+ping");
        String file = file("weak");
        try (Redis redis = open(Map.of("REDIS_USER", "weak", "REDIS_PASSWORD_FILE", file));
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
            assertThatThrownBy(() -> connection.sync().get("key"))
                    .isInstanceOf(RedisCommandExecutionException.class)
                    .hasMessageStartingWith("NOPERM");
        }
        assertThatThrownBy(() -> {
                    try (Redis redis =
                            open(Map.of("REDIS_USER", "weak", "REDIS_PASSWORD_FILE", file, "REDIS_DATABASE", "2"))) {
                        redis.client().connect();
                    }
                })
                .hasRootCauseInstanceOf(RedisCommandExecutionException.class)
                .rootCause()
                .hasMessageStartingWith("NOPERM");
    }

    @Test
    void uri_asText_hasNoLoginAndNeedsNone() {
        Path missing = directory.resolve("missing");
        try (Redis redis =
                open(Map.of("REDIS_PASSWORD_FILE", missing.toString(), "REDIS_DATABASE", "2", "REDIS_USER", "app"))) {
            assertThat(redis.uri()).hasToString("redis://127.0.0.1:" + server.port() + "/2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_URL, redis-sentinel://h:26379/primary, REDIS_URL is not the URL of a Redis server.",
        "REDIS_URL, 'redis://:x@a:1,b:2', 'host in REDIS_URL lists several hosts, but only one is supported.'",
        "REDIS_HOST, /run/redis.sock, 'REDIS_HOST contains ''/run/redis.sock'', which is a Unix socket. Only TCP hosts are"
                + " supported.'",
    })
    void resolve_serverThatIsNotSupported_isNamed(String variable, String value, String problem) {
        assertThatThrownBy(() -> Redis.resolve(Map.of(variable, value)))
                .hasMessageStartingWith("Cannot open Redis: " + problem + System.lineSeparator())
                .hasMessageNotContaining("listen_addresses");
    }

    @Test
    void close_endsEveryThread() throws IOException {
        Redis redis = open(Map.of("REDIS_USER", "app", "REDIS_PASSWORD_FILE", file("right")));
        try (StatefulRedisConnection<String, String> connection = redis.client().connect()) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
        assertThat(threads()).isNotEmpty();

        redis.close();

        Await.until(SOON, "the threads of Lettuce end shortly afterwards", () -> threads()
                .isEmpty());
        Await.until(SOON, "the server closes the sessions", () -> server.sessions("app") == 0);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lettuce-") || name.startsWith("wellhead-redis"))
                .toList();
    }
}
