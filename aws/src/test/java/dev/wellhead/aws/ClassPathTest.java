package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The size of the class path of a service that uses core and this module. */
class ClassPathTest {

    private static final long MOST_BYTES = 9_000_000;
    private static final int MOST_JARS = 36;

    /** What STS adds without the HTTP clients that its POM also names. */
    private static final long MOST_BYTES_OF_STS = 700_000;

    private static final Pattern SIZES = Pattern.compile("\\| ([a-z`].*) \\| ([0-9]+) \\| ([0-9.]+) MB \\|");

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

    @Test
    void sts_withoutItsHttpClients_addsTwoSmallJars() throws IOException {
        Path directory = Path.of("target", "sts");
        try (Stream<Path> jars = Files.list(directory)) {
            List<Path> added = jars.toList();
            long bytes = 0;
            for (Path jar : added) {
                bytes += Files.size(jar);
            }
            assertThat(added).hasSize(2);
            assertThat(bytes).isBetween(300_000L, MOST_BYTES_OF_STS);
        }
    }

    /** The page has both figures: with STS and without it. */
    @Test
    void productionPage_sizes_areThoseOfTheClassPath() throws Exception {
        Path classes = own();
        long jars = Stream.of(Files.readString(classes.resolveSibling("runtime-class-path.txt"))
                                .strip()
                                .split(File.pathSeparator))
                        .count()
                + 1;
        Map<String, Integer> stated = new HashMap<>();
        Matcher row = SIZES.matcher(Repository.read("docs/production.md"));
        while (row.find()) {
            stated.put(row.group(1), Integer.valueOf(row.group(2)));
        }

        assertThat(stated).containsEntry("`wellhead-aws`", (int) jars);
        assertThat(stated).containsEntry("`wellhead-aws` and `sts` without its HTTP clients", (int) jars + 2);
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
