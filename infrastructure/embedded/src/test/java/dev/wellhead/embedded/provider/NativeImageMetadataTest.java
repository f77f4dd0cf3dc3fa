package dev.wellhead.embedded.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.reflection.Lookup;
import dev.wellhead.testkit.reflection.Lookup.Kind;
import dev.wellhead.testkit.reflection.ModuleMetadata;
import dev.wellhead.testkit.reflection.ReachabilityMetadata;
import dev.wellhead.testkit.reflection.TracedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compares the metadata for native images with what a program looks up by name. */
@Timeout(300)
class NativeImageMetadataTest {

    private static final ModuleMetadata SERVER =
            new ModuleMetadata("wellhead-embedded-server", Path.of("..", "embedded-server"));

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        assertThat(new ModuleMetadata("wellhead-embedded").faults(Set.of())).isEmpty();
        // the binaries are in an artifact of their own
        assertThat(SERVER.faults(Set.of("postgres-*.txz"))).isEmpty();
    }

    @Test
    void metadata_ofAProgramThatRuns_coversEveryLookup() throws Exception {
        Files.createDirectories(directory.resolve("db/init"));
        Files.writeString(directory.resolve("db/init/01.sql"), "create table by_script ();");
        Map<String, String> environment = Map.of(
                "ENVIRONMENT", "test",
                "DB_INIT_SCRIPTS", "classpath:db/init",
                "PATH", System.getenv("PATH"));

        Set<Lookup> lookups = TracedProgram.run(directory, environment, NativeImageProgram.class.getName());

        assertThat(ReachabilityMetadata.onClassPath().missing(lookups))
                .as("the scripts belong to the application, which lists them in its own metadata")
                .containsExactly(
                        new Line(Kind.RESOURCE, "db/init", "dev.wellhead.embedded.internal.ClassPathDirectory#found")
                                .text());
        assertThat(new ModuleMetadata("wellhead-embedded").callSitesNotIn(lookups))
                .isEmpty();
        assertThat(SERVER.callSitesNotIn(lookups))
                .as("only for the message about missing binaries")
                .containsExactly("dev.wellhead.embedded.internal.BinaryArchive#defaultVersion");
    }

    /** A lookup as the message shows it. */
    private record Line(Kind kind, String name, String caller) {
        String text() {
            return kind + "\t" + name + "\t" + caller;
        }
    }
}
