package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The size of the class path of a service that uses core and this module. */
class ClassPathTest {

    private static final long MOST_BYTES = 9_000_000;
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

    /** {@return the size of a jar} A directory of classes counts as the jar that is built from it. */
    private static long size(Path entry) throws IOException {
        if (Files.isRegularFile(entry)) {
            return Files.size(entry);
        }
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (Stream<Path> found = Files.walk(entry);
                ZipOutputStream zip = new ZipOutputStream(jar)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(entry.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return jar.size();
    }
}
