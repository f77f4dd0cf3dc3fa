package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The size of the class path of a service that uses core and this module. */
class ClassPathTest {

    private static final long MOST_BYTES = 8_500_000;
    private static final int MOST_JARS = 36;

    @Test
    void runtimeClassPath_ofCoreAndThisModule_staysSmall() throws Exception {
        Path classes = own();
        List<Path> others = Stream.of(Files.readString(classes.resolveSibling("runtime-class-path.txt"))
                        .strip()
                        .split(File.pathSeparator))
                .map(Path::of)
                .toList();
        long bytes = size(classes);
        for (Path entry : others) {
            bytes += size(entry);
        }
        assertThat(others).hasSizeBetween(5, MOST_JARS - 1);
        // directories of classes count with their size, although the jars are smaller
        assertThat(bytes).isBetween(1_000_000L, MOST_BYTES);
        assertThat(others)
                .as("another HTTP client than url-connection-client")
                .noneMatch(entry -> entry.getFileName().toString().contains("netty")
                        || entry.getFileName().toString().contains("apache"));
    }

    private static Path own() throws URISyntaxException {
        return Path.of(SecretStore.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static long size(Path entry) throws IOException {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(ClassPathTest::length)
                    .sum();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
