package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the Java blocks of the page on Redis. */
class RedisPageTest {

    @TempDir
    private Path classes;

    private Snippet compiled(String content) throws IOException {
        Snippet block = Snippet.of("docs/redis.md").stream()
                .filter(snippet -> snippet.isJava() && snippet.code().contains(content))
                .findFirst()
                .orElseThrow();
        try (BlockCompiler compiler = new BlockCompiler()) {
            assertThat(compiler.compile(List.of(block), classes)).isEmpty();
        }
        return block;
    }

    private String run(RedisServer server, String mainClass) throws Exception {
        server.setPasswords("app", "one", "two");
        Map<String, String> environment = Map.of(
                "REDIS_PORT", Integer.toString(server.port()),
                "REDIS_USER", "app",
                "REDIS_PASSWORD", "two");
        try (ChildJvm child = ChildJvm.start(classes, environment, mainClass)) {
            assertThat(child.end()).as(child.output()).isZero();
            return child.output();
        }
    }

    @ParameterizedTest
    @CsvSource({"redis.client().connect(), hello", "settings.describe(), user = app"})
    void block_onRedis_printsItsResult(String content, String expected) throws Exception {
        Snippet block = compiled(content);

        try (RedisServer server = RedisServer.start()) {
            assertThat(run(server, block.mainClass())).contains(expected);
        }
    }

    @Test
    void blockOfClusters_onACluster_storesTheValue() throws Exception {
        Snippet block = compiled("RedisClusterClient");

        try (RedisServer server = RedisServer.startCluster(classes)) {
            run(server, block.mainClass());

            assertThat(server.command("GET", "greeting")).isEqualTo("hello");
        }
    }

    @Test
    void beansOfSpring_onRedis_serveATemplate() throws Exception {
        compiled("LettuceConnectionFactory");

        try (RedisServer server = RedisServer.start()) {
            assertThat(run(server, SpringRedisProgram.class.getName())).contains("read hello");
            assertThat(server.command("GET", "greeting")).isEqualTo("hello");
        }
    }
}
