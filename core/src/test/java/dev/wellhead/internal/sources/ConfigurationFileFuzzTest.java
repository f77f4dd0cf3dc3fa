package dev.wellhead.internal.sources;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Problem;
import dev.wellhead.testkit.ShownText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Reads any bytes as a configuration file in HOCON. */
class ConfigurationFileFuzzTest {

    private static final Map<String, String> VARIABLES =
            Map.of("ENVIRONMENT", "production", "SECRET", ShownText.MARK, "HOST", "db", "EMPTY", "");

    @TempDir
    static Path directory;

    @FuzzTest
    void configurationFile_anyBytes_isReadOrRefusedWithoutShowingValues(byte[] input) throws IOException {
        Path file = directory.resolve("fuzz.conf");
        Files.write(file, input);
        Problems problems = new Problems();
        List<RawValue> values = ConfigurationFile.read(
                new DatabaseName("default", Catalogue.DATABASES),
                VARIABLES,
                Map.of("config.file", file.toString()),
                problems);

        ShownText.requireHarmless(values);
        for (Problem problem : problems.all()) {
            // a key is shown if it looks like one, and any text of the file may be in its place
            ShownText.requireHarmless(problem.toString().replace(problem.setting(), ""));
        }
    }
}
