package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with reviewed files. {@code -Dwellhead.golden.update=true} writes the files again; review the
 * difference before you commit it. An escape character is written as {@code \e}.
 */
public final class Golden {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /** Fails if {@code text} differs from the file {@code name}. */
    public static void check(String name, String text) {
        String shown = text.replace("\u001b", "\\e").replace("\r\n", "\n");
        Path file = DIRECTORY.resolve(name + ".txt");
        try {
            if (Boolean.getBoolean("wellhead.golden.update")) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(file, shown);
            }
            assertThat(shown).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
