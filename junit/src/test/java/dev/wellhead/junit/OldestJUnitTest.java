package dev.wellhead.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The tests of this module in a process with the oldest supported JUnit. */
@EnabledIfSystemProperty(named = "junit-oldest.directory", matches = ".+")
class OldestJUnitTest {

    @TempDir
    private Path directory;

    @Test
    void oldestJUnit_everyScopeAndDeclaration_works() throws Exception {
        ChildJvm process = ChildJvm.start(
                directory,
                // the embedded server keeps its binaries there
                Map.of("XDG_CACHE_HOME", cache()),
                "-classpath",
                classPath(),
                TestRun.class.getName(),
                ClassScopeTest.class.getName(),
                MethodScopeTest.class.getName(),
                DeclarationsTest.class.getName());
        assertThat(process.end()).as(process.output()).isZero();
        assertThat(process.output())
                .containsPattern(
                        "JUnit " + System.getProperty("junit-oldest.version") + ": [2-9][0-9] succeeded, 0 failed");
    }

    private static String classPath() throws Exception {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("junit-oldest.directory")))) {
            String others = Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator))
                    .filter(entry -> !entry.contains("junit-jupiter") && !entry.contains("junit-platform"))
                    .collect(Collectors.joining(File.pathSeparator));
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                    + File.pathSeparator
                    + others;
        }
    }

    private static String cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache").toString()
                : cache;
    }
}
