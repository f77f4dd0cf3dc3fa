package dev.wellhead.internal.sources;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.testkit.ShownText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Reads any bytes as libpq's service file. */
class ServiceFileFuzzTest {

    private static final byte[] OTHER = "\n[fuzz]\npassword=other\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    @FuzzTest
    void serviceFile_anyBytes_isReadOrRefusedWithoutShowingValues(byte[] input) throws IOException {
        Problems problems = new Problems();
        List<RawValue> values = read(input, problems);

        ShownText.requireHarmless(problems.all());
        ShownText.requireHarmless(values);
        requireSameBeforeAnotherService(input, problems, values);
    }

    /** Another service at the end of the file changes nothing. */
    private static void requireSameBeforeAnotherService(byte[] input, Problems problems, List<RawValue> values)
            throws IOException {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(input);
        longer.write(OTHER);
        Problems again = new Problems();
        if (!read(longer.toByteArray(), again).equals(values)
                || again.all().size() != problems.all().size()) {
            throw new AssertionError(problems.all() + " became " + again.all());
        }
    }

    private static List<RawValue> read(byte[] content, Problems problems) throws IOException {
        Path file = directory.resolve("pg_service.conf");
        Files.write(file, content);
        return ServiceFile.read(Map.of("PGSERVICE", "app", "PGSERVICEFILE", file.toString()), problems);
    }
}
