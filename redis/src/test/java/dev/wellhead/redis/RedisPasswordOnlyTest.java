package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.RedisServer;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password without a user, which is that of the server's default user ({@code requirepass}), from every source. */
class RedisPasswordOnlyTest {

    private static RedisServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        server.command("CONFIG", "SET", "requirepass", "s3cret");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** {@return the user that the connection has after the login} */
    private static String user(Map<String, String> source) {
        Map<String, String> variables = new HashMap<>(source);
        variables.put("ENVIRONMENT", "test");
        if (source.keySet().stream().noneMatch(variable -> variable.startsWith("REDIS_URL"))) {
            variables.put("REDIS_HOST", server.host());
            variables.put("REDIS_PORT", Integer.toString(server.port()));
        }
        try (Redis redis = Redis.open(Redis.resolve(variables));
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            assertThat(redis.settings().user()).isEmpty();
            return connection.sync().aclWhoami();
        }
    }

    private static String url() {
        return "redis://:s3cret@" + server.host() + ":" + server.port();
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content).toString();
    }

    @Test
    void variables_withAPassword_logInAsTheDefaultUser() {
        assertThat(user(Map.of("REDIS_URL", url()))).isEqualTo("default");
        assertThat(user(Map.of("REDIS_PASSWORD", "s3cret"))).isEqualTo("default");
        assertThat(user(Map.of("REDIS_PASSWORD_COMMAND", "/bin/echo s3cret"))).isEqualTo("default");
    }

    @Test
    void files_withAPassword_logInAsTheDefaultUser() throws IOException {
        assertThat(user(Map.of("REDIS_URL_FILE", file(url())))).isEqualTo("default");
        assertThat(user(Map.of("REDIS_PASSWORD_FILE", file("s3cret\n")))).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"s3cret\"}",
                "{\"username\":\"\",\"password\":\"s3cret\",\"engine\":\"redis\",\"ssl\":false}",
                "s3cret\n",
                "redis://:s3cret@cache.internal",
            })
    void secret_withAPassword_logsInAsTheDefaultUser(String secret) throws IOException {
        assertThat(user(Map.of("REDIS_SECRET_FILE", file(secret)))).isEqualTo("default");
    }

    @Test
    void secretDirectory_withAPassword_logsInAsTheDefaultUser() throws IOException {
        Files.writeString(directory.resolve("password"), "s3cret");

        assertThat(user(Map.of("REDIS_SECRET_FILE", directory.toString()))).isEqualTo("default");
    }

    @Test
    void secret_withTheUserInAnotherField_isAnErrorThatNamesTheField() throws IOException {
        String secret = file("{\"user\":\"app\",\"password\":\"s3cret\"}");

        assertThatThrownBy(() -> user(Map.of("REDIS_SECRET_FILE", secret)))
                .isInstanceOf(RedisConnectionException.class)
                .hasMessage(
                        "REDIS_SECRET_FILE (" + secret + ") has no user (field 'username'), and REDIS_USER is not set."
                                + " Its fields are password and user. Set REDIS_SECRET_USER_KEY to the name of the field, or"
                                + " REDIS_USER to the user.");
    }

    @Test
    void secret_withoutTheFieldThatASettingNames_isAnError() throws IOException {
        String secret = file("{\"password\":\"s3cret\"}");

        assertThatThrownBy(() -> user(Map.of("REDIS_SECRET_FILE", secret, "REDIS_SECRET_USER_KEY", "login")))
                .isInstanceOf(RedisConnectionException.class)
                .hasMessageContaining("has no user (field 'login'), and REDIS_USER is not set.");
    }
}
