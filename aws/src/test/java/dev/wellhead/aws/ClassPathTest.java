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

/** What a service carries for core and this module. */
class ClassPathTest {

    private static final long MOST_BYTES = 8_000_000;
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
        // classes that are not packed yet count as they are: the jars are smaller
        System.out.println("class path of core and aws: " + (others.size() + 1) + " entries, " + bytes + " bytes");

        assertThat(others).hasSizeBetween(5, MOST_JARS - 1);
        assertThat(bytes).isBetween(1_000_000L, MOST_BYTES);
        assertThat(others)
                .as("a generated client, or another HTTP client than the JDK's")
                .noneMatch(entry -> entry.getFileName().toString().contains("secretsmanager")
                        || entry.getFileName().toString().contains("netty")
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
