package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the Java blocks of all pages, and runs those that are marked as runnable. */
class JavaBlocksTest {

    private static final BlockCompiler COMPILER = new BlockCompiler();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @AfterAll
    static void closeCompiler() throws IOException {
        COMPILER.close();
    }

    static Stream<Snippet> javaBlocks() throws IOException {
        return Snippet.of(Repository.pages()).stream().filter(Snippet::isJava);
    }

    static Stream<Snippet> runnableBlocks() throws IOException {
        return javaBlocks().filter(Snippet::isRunnable);
    }

    /** The first block of every page, and every block of the guides. */
    static Stream<Snippet> blocksToPaste() throws IOException {
        Map<String, Snippet> first = new LinkedHashMap<>();
        javaBlocks().forEach(block -> first.putIfAbsent(block.page(), block));
        return Stream.concat(first.values().stream(), javaBlocks().filter(block -> block.page()
                        .startsWith("docs/guides/")))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaBlock_onTheClassPathOfItsLibraries_compiles(Snippet snippet, @TempDir Path classes) throws IOException {
        assertThat(COMPILER.compile(List.of(snippet), classes))
                .as("%s", snippet)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("runnableBlocks")
    void runnableBlock_againstPostgreSql_exitsWithZero(Snippet snippet, @TempDir Path classes) throws Exception {
        COMPILER.compile(List.of(snippet), classes);
        snippet.writeFilesOfThePage(classes);
        try (ChildJvm child = ChildJvm.start(classes, newDatabase(), snippet.mainClass())) {
            assertThat(child.end()).as("%s: %s", snippet, child.output()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("blocksToPaste")
    void blockToPaste_asItIs_hasItsImports(Snippet snippet) {
        assertThat(snippet.hasImports()).as("%s", snippet).isTrue();
    }

    @Test
    void springBoot_wrongPassword_startsNothingAndPrintsTheProblem(@TempDir Path classes) throws Exception {
        List<Snippet> page = Snippet.of("docs/guides/spring-boot.md");
        COMPILER.compile(page.stream().filter(Snippet::isJava).toList(), classes);
        page.get(0).writeFilesOfThePage(classes);
        Map<String, String> environment = new HashMap<>(newDatabase());
        environment.put("DB_PASSWORD", "wrong");

        try (ChildJvm child = ChildJvm.start(classes, environment, "com.example.Application")) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output())
                    .containsSubsequence(
                            "APPLICATION FAILED TO START",
                            "Description:",
                            "Cannot connect to " + environment.get("DB_HOST"),
                            "the password of user 'postgres'")
                    .doesNotContain("Caused by:");
        }
    }

    @Test
    void springBoot_wrongPort_printsTheReportOfThePage(@TempDir Path classes) throws Exception {
        List<Snippet> page = Snippet.of("docs/guides/spring-boot.md");
        COMPILER.compile(page.stream().filter(Snippet::isJava).toList(), classes);
        page.get(0).writeFilesOfThePage(classes);
        String report = page.stream()
                .map(Snippet::code)
                .filter(code -> code.contains("APPLICATION FAILED TO START"))
                .findFirst()
                .orElseThrow();
        Map<String, String> environment = new HashMap<>(newDatabase());
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", "1");

        try (ChildJvm child = ChildJvm.start(classes, environment, "com.example.Application")) {
            assertThat(child.end()).isEqualTo(1);
            assertThat(child.output()).contains(report);
        }
    }

    private static Map<String, String> newDatabase() {
        PostgresServer server = PostgresServer.shared();
        String name = "guide_" + NUMBER.incrementAndGet();
        server.createDatabase(name);
        return Map.of(
                "ENVIRONMENT",
                "test",
                "DB_HOST",
                server.host(),
                "DB_PORT",
                Integer.toString(server.port()),
                "DB_NAME",
                name,
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD);
    }
}
