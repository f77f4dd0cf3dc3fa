package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Opens clients on real servers. */
class RedisTest {

    private static final String TLS = "dev.wellhead.redis.TlsRedis#isInstalled";
    private static final String TLS_REASON = "the Redis with TLS of the system is not installed: /usr/bin/redis-server";

    private static RedisServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> environment(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        variables.put("REDIS_HOST", "127.0.0.1");
        variables.put("REDIS_PORT", Integer.toString(server.port()));
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            variables.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return variables;
    }

    private static Redis open(String... variables) {
        return Redis.open(Redis.resolve(environment(variables)));
    }

    private static String ping(Redis redis) {
        try (StatefulRedisConnection<String, String> connection = redis.client().connect()) {
            return connection.sync().ping();
        }
    }

    private static Throwable failureOf(Redis redis) {
        return catchThrowable(() -> ping(redis));
    }

    private static String messages(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }

    @Test
    void connection_withoutAPassword_hasTheDatabaseAndTheName() {
        try (Redis redis = open("REDIS_DATABASE=3", "REDIS_CLIENT_NAME=orders", "REDIS_COMMAND_TIMEOUT=20s");
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            RedisCommands<String, String> commands = connection.sync();
            commands.set("greeting", "hello");

            assertThat(commands.get("greeting")).isEqualTo("hello");
            assertThat(commands.clientGetname()).isEqualTo("orders");
            assertThat(commands.clientList()).contains("db=3");
            assertThat(connection.getTimeout()).hasSeconds(20);
            assertThat(redis).hasToString(redis.settings().toString());
        }
    }

    @Test
    void login_withUserAndPassword_isThatOfTheUser() {
        server.setPasswords("app", "s3cret");
        try (Redis redis = open("REDIS_USER=app", "REDIS_PASSWORD=s3cret");
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            assertThat(connection.sync().aclWhoami()).isEqualTo("app");
            assertThat(redis.uri().toString() + redis).doesNotContain("s3cret");
        }
    }

    @Test
    void login_ofAUserWithoutAPassword_isThatOfTheUser() {
        server.command("ACL", "SETUSER", "open", "on", "nopass", "allkeys", "+@all");
        try (Redis redis = open("REDIS_AUTH=none", "REDIS_USER=open");
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            assertThat(connection.sync().aclWhoami()).isEqualTo("open");
        }
    }

    @Test
    void login_withAWrongPassword_failsWithTheAnswerOfTheServer() {
        server.setPasswords("app", "s3cret");
        try (Redis redis = open("REDIS_USER=app", "REDIS_PASSWORD=wr0ng", "REDIS_COMMAND_TIMEOUT=20s")) {
            Throwable failure = failureOf(redis);

            assertThat(messages(failure)).contains("WRONGPASS").doesNotContain("wr0ng");
        }
    }

    @Test
    void secretFile_withTheServer_completesTheSettingsAndFollowsChanges() throws IOException {
        server.setPasswords("app", "one");
        Path secret = directory.resolve("secret.json");
        Files.writeString(secret, secret("one"));
        Map<String, String> variables = Map.of("REDIS_SECRET_FILE", secret.toString(), "ENVIRONMENT", "test");
        RedisSettings resolved = Redis.resolve(variables);
        assertThat(resolved.server()).isEmpty();

        try (Redis redis = Redis.open(resolved)) {
            assertThat(redis.settings().server()).contains(new HostAndPort("127.0.0.1", server.port()));
            assertThat(ping(redis)).isEqualTo("PONG");

            server.setPasswords("app", "two");
            Files.writeString(secret, secret("two"));

            redis.refreshCredentials();
            assertThat(ping(redis)).isEqualTo("PONG");
        }
    }

    private static String secret(String password) {
        return "{\"engine\":\"redis\",\"username\":\"app\",\"password\":\"" + password
                + "\",\"host\":\"127.0.0.1\",\"port\":" + server.port() + "}";
    }

    @Test
    void secretFile_withAUrl_hasItsDatabase() throws IOException {
        server.setPasswords("app", "one");
        Path secret =
                Files.writeString(directory.resolve("secret"), "redis://app:one@127.0.0.1:" + server.port() + "/3");
        RedisSettings resolved = Redis.resolve(Map.of("REDIS_SECRET_FILE", secret.toString(), "ENVIRONMENT", "test"));

        try (Redis redis = Redis.open(resolved);
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            assertThat(redis.settings().database()).isEqualTo(3);
            assertThat(connection.sync().clientList()).contains("db=3 ");
        }
    }

    @Test
    void urlFile_withThePassword_isFollowed() throws IOException {
        server.setPasswords("app", "one");
        Path url = directory.resolve("url");
        String start = "redis://app:";
        String end = "@127.0.0.1:" + server.port();
        Files.writeString(url, start + "one" + end);
        try (Redis redis = Redis.open(Redis.resolve(Map.of("REDIS_URL_FILE", url.toString())))) {
            assertThat(ping(redis)).isEqualTo("PONG");

            server.setPasswords("app", "two");
            Files.writeString(url, start + "two" + end);
            redis.refreshCredentials();

            assertThat(ping(redis)).isEqualTo("PONG");
        }
    }

    @Test
    void secret_ofAnotherEngine_isRefused() throws IOException {
        Path secret = directory.resolve("secret.json");
        Files.writeString(secret, "{\"engine\":\"postgres\",\"username\":\"app\",\"password\":\"x\",\"host\":\"h\"}");

        assertThatThrownBy(() -> Redis.open(Redis.resolve(Map.of("REDIS_SECRET_FILE", secret.toString()))))
                .isInstanceOf(RedisConnectionException.class)
                .hasMessageContaining("has a field 'engine' that is not a Redis server");
    }

    @Test
    void uri_inAnotherClient_logsInWithTheSameCredentials() {
        server.setPasswords("app", "s3cret");
        try (Redis redis = open("REDIS_USER=app", "REDIS_PASSWORD=s3cret");
                RedisClient other = RedisClient.create(redis.uri())) {
            other.setOptions(redis.options());
            try (StatefulRedisConnection<String, String> connection = other.connect()) {
                assertThat(connection.sync().aclWhoami()).isEqualTo("app");
            }
        }
    }

    @Test
    void close_twice_closesOnce() {
        Redis redis = open();
        ping(redis);

        redis.close();
        redis.close();

        assertThat(failureOf(redis)).isNotNull();
    }

    @Test
    void open_withAMissingRootCertificate_isAConfigurationProblemOfRedis() {
        Path missing = directory.resolve("missing.pem");

        assertThatThrownBy(() -> open("REDIS_SSLROOTCERT=" + missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Cannot open Redis: The root certificate file " + missing + " ");
    }

    @Test
    void open_withAWrongPasswordOfAKeyStore_namesTheSettingOfThePassword() throws Exception {
        Path store = directory.resolve("roots.p12");
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (OutputStream file = Files.newOutputStream(store)) {
            roots.store(file, "right".toCharArray());
        }

        assertThatThrownBy(() -> open("REDIS_SSLROOTCERT=" + store, "REDIS_SSLPASSWORD=wr0ng"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("REDIS_SSLPASSWORD")
                .hasMessageNotContaining("wr0ng")
                .hasMessageNotContaining("Set REDIS_SSLROOTCERT to a file of PEM certificates.");
    }

    @Test
    @EnabledIf(value = TLS, disabledReason = TLS_REASON)
    void tls_verifiesTheServerAsTheModeRequires() throws IOException {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        Path root = authority.writeTo(directory.resolve("root.pem"));
        Path other = CertificateAuthority.create("Other CA").writeTo(directory.resolve("other.pem"));
        try (TlsRedis tls = TlsRedis.start(authority.server("cache.internal"), directory)) {
            String port = "REDIS_PORT=" + tls.port();
            String ofRoot = "REDIS_SSLROOTCERT=" + root;

            assertThat(answer(port, "REDIS_SSLMODE=require")).isEqualTo("PONG");
            assertThat(answer(port, "REDIS_SSLMODE=verify-ca", ofRoot)).isEqualTo("PONG");
            assertThat(answer(port, "REDIS_SSLMODE=verify-full", ofRoot))
                    .contains("its certificate is for cache.internal, not for '127.0.0.1'");
            assertThat(answer(port, ofRoot)).contains("not for '127.0.0.1'");
            assertThat(answer(port, "REDIS_SSLMODE=verify-ca", "REDIS_SSLROOTCERT=" + other))
                    .contains("its certificate was issued by 'CN=Test CA', which is not trusted");
            assertThat(answer(port, "REDIS_SSLMODE=require", "REDIS_SSLROOTCERT=" + other))
                    .contains("which is not trusted");
            assertThat(answer(port, "REDIS_SSLMODE=verify-full")).contains("which is not trusted");
        }
    }

    @Test
    @EnabledIf(value = TLS, disabledReason = TLS_REASON)
    void tls_withTheRightName_isVerifiedFully() throws IOException {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        Path root = authority.writeTo(directory.resolve("root.pem"));
        try (TlsRedis tls = TlsRedis.start(authority.server("localhost", "127.0.0.1"), directory)) {
            for (String host : Arrays.asList("localhost", "127.0.0.1")) {
                String url = "rediss://" + host + ":" + tls.port();
                Map<String, String> variables = Map.of("REDIS_URL", url, "REDIS_SSLROOTCERT", root.toString());
                try (Redis redis = Redis.open(Redis.resolve(variables))) {
                    assertThat(ping(redis)).isEqualTo("PONG");
                }
            }
        }
    }

    /** {@return the answer to PING, or the messages of the failure} */
    private static String answer(String... variables) {
        try (Redis redis = open(variables)) {
            return ping(redis);
        } catch (RedisConnectionException e) {
            return messages(e);
        }
    }
}
