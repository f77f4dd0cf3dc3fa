package dev.wellhead.internal.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.testkit.ShownText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Reads any bytes as libpq's password file. */
class PassfileFuzzTest {

    @TempDir
    static Path directory;

    @FuzzTest
    void passfile_anyBytes_hasOneFirstMatchingLineOrIsRefused(byte[] input) throws IOException {
        Optional<Passfile.Match> match;
        try {
            match = find(input);
        } catch (UnreadableFileException e) {
            ShownText.requireHarmless(e);
            ShownText.requireHarmless(e.fix());
            return;
        }
        ShownText.requireHarmless(match);
        if (match.isPresent()) {
            requireFirst(input, match.get());
        }
    }

    /** No line before the match matches, and the line of the match does so without the others. */
    private static void requireFirst(byte[] input, Passfile.Match match) throws IOException {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
        StringBuilder before = new StringBuilder();
        for (int i = 0; i + 1 < match.line(); i++) {
            before.append(lines[i]).append('\n');
        }
        Optional<Passfile.Match> earlier = find(before.toString().getBytes(StandardCharsets.UTF_8));
        Optional<Passfile.Match> alone = find(lines[match.line() - 1].getBytes(StandardCharsets.UTF_8));
        if (earlier.isPresent() || alone.isEmpty() || !alone.get().password().equals(match.password())) {
            throw new AssertionError("line " + match.line() + ", but " + earlier + " and " + alone);
        }
    }

    private static Optional<Passfile.Match> find(byte[] content) throws IOException {
        Path file = directory.resolve("passfile");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, content);
        return Passfile.read(file).find("db", 5432, "app", "u");
    }
}
