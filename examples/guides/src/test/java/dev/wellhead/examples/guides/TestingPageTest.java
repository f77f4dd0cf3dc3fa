package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the test classes of the page on testing with JUnit, in a process of their own. */
class TestingPageTest {

    private static final List<Snippet> PAGE = page();

    @TempDir
    private Path classes;

    private static List<Snippet> page() {
        try {
            return Snippet.of("docs/guides/testing.md");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isTestClass(Snippet block) {
        return block.isJava() && block.mainClass().endsWith("Test");
    }

    @ParameterizedTest
    @CsvSource({"com.example.AccountsTest, 1", "com.example.PlainAccountsTest, 1", "OrdersTest, 3"})
    void testClass_ofThePage_succeeds(String name, int tests) throws Exception {
        List<Snippet> block = PAGE.stream()
                .filter(snippet -> snippet.mainClass().equals(name))
                .toList();
        try (BlockCompiler compiler = new BlockCompiler()) {
            assertThat(compiler.compile(block, classes)).isEmpty();
        }
        for (Snippet file : PAGE) {
            if (file.file().startsWith("src/test/resources/")) {
                Files.writeString(classes.resolve(Path.of(file.file()).getFileName()), file.code());
            }
        }

        try (ChildJvm child = ChildJvm.start(classes, Map.of(), JunitProgram.class.getName(), name)) {
            assertThat(child.end()).as(child.output()).isZero();
            assertThat(child.output()).contains(tests + " succeeded");
        }
    }

    @Test
    void testClasses_ofThePage_areAllRun() {
        assertThat(PAGE.stream().filter(TestingPageTest::isTestClass).map(Snippet::mainClass))
                .containsExactly("com.example.AccountsTest", "OrdersTest", "com.example.PlainAccountsTest");
    }
}
