package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the Java blocks of all pages, and runs those that are marked as runnable. */
class JavaBlocksTest {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Shared by all blocks, because it keeps the class path open. */
    private static StandardJavaFileManager files;

    @BeforeAll
    static void openClassPath() {
        files = COMPILER.getStandardFileManager(null, null, null);
    }

    @AfterAll
    static void closeClassPath() throws IOException {
        files.close();
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
        return Stream.concat(
                        first.values().stream(),
                        javaBlocks().filter(block -> block.page().startsWith("docs/guides/")))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaBlock_onTheClassPathOfItsLibraries_compiles(Snippet snippet, @TempDir Path classes) throws IOException {
        assertThat(compile(snippet, classes)).as("%s", snippet).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("runnableBlocks")
    void runnableBlock_againstPostgreSql_exitsWithZero(Snippet snippet, @TempDir Path classes) throws Exception {
        compile(snippet, classes);
        snippet.writeFilesOfThePage(classes);
        PostgresServer server = PostgresServer.shared();
        String name = "guide_" + NUMBER.incrementAndGet();
        server.createDatabase(name);
        Map<String, String> environment = Map.of(
                "ENVIRONMENT", "test",
                "DB_HOST", server.host(),
                "DB_PORT", Integer.toString(server.port()),
                "DB_NAME", name,
                "DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        try (ChildJvm child = ChildJvm.start(classes, environment, snippet.mainClass())) {
            assertThat(child.end()).as("%s: %s", snippet, child.output()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("blocksToPaste")
    void blockToPaste_asItIs_hasItsImports(Snippet snippet) {
        assertThat(snippet.hasImports()).as("%s", snippet).isTrue();
    }

    /** {@return the messages of the compiler and the source, or an empty text if it compiles} */
    private static String compile(Snippet snippet, Path classes) throws IOException {
        URI name = URI.create("string:///" + snippet.mainClass().replace('.', '/') + ".java");
        JavaFileObject source = new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return snippet.source();
            }
        };
        files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        StringWriter messages = new StringWriter();
        List<String> options = List.of("--release", "17", "-proc:none", "-classpath", ChildJvm.CLASS_PATH);
        boolean compiled = COMPILER.getTask(messages, files, null, options, null, List.of(source))
                .call();
        return compiled ? "" : messages + snippet.source();
    }
}
