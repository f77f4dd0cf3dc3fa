package dev.wellhead.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.embedded.EnterableDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a machine, with an empty cache. */
class FirstStartTest {

    @TempDir
    private Path directory;

    @Test
    void prepare_emptyCache_reportsEachStepBeforeItBegins() throws Exception {
        EnterableDirectory.open(directory);
        BinaryCache cache = new BinaryCache(directory);
        BinaryArchive binaries = BinaryArchive.find(Platform.current());
        OperatingSystemUser user = OperatingSystemUser.current();
        List<String> steps = new ArrayList<>();

        Installation installation =
                Installation.prepare(user, binaries, cache, step -> steps.add(entries() + " entries: " + step));
        DataTemplate.prepare(installation, TemplateContent.EMPTY, step -> steps.add(entries() + " entries: " + step));

        assertThat(steps)
                .containsExactly(
                        "0 entries: Preparing PostgreSQL 16 (once, about 100 MB in " + directory + ").",
                        "1 entries: Preparing the initial data of PostgreSQL 16 (once).");
        assertThat(megabytes()).as("the size that the message states").isBetween(75L, 125L);

        Installation.prepare(user, binaries, cache, steps::add);
        DataTemplate.prepare(installation, TemplateContent.EMPTY, steps::add);
        assertThat(steps).hasSize(2);
    }

    @Test
    void cache_ofAUserIdWithoutAnAccount_isNotBelowTheWorkingDirectory() {
        Path temporary = directory.resolve("temporary");
        assertThat(BinaryCache.candidates(OperatingSystemUser.SELF, Path.of("?"), temporary))
                .containsExactly(temporary);
        assertThat(BinaryCache.candidates(OperatingSystemUser.SELF, directory.toAbsolutePath(), temporary))
                .containsExactly(directory.toAbsolutePath().resolve(".cache/wellhead"), temporary);
    }

    /** Counts the entries that are complete. */
    private long entries() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(entry -> !entry.getFileName().toString().startsWith("new-"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long megabytes() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / 1_000_000;
        }
    }
}
