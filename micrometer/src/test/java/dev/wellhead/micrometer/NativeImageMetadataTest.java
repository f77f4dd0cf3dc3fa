package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.reflection.Lookup;
import dev.wellhead.testkit.reflection.ModuleMetadata;
import dev.wellhead.testkit.reflection.ReachabilityMetadata;
import dev.wellhead.testkit.reflection.TracedProgram;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compares the metadata for native images with what a program looks up by name. */
@Timeout(300)
class NativeImageMetadataTest {

    private static final ModuleMetadata METADATA = new ModuleMetadata("wellhead-micrometer");

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        assertThat(METADATA.faults(Set.of())).isEmpty();
    }

    @Test
    void metadata_ofAProgramThatRuns_coversEveryLookup() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Map<String, String> environment = Map.of(
                "DATABASE_URL",
                "postgresql://postgres:" + PostgresServer.SUPERUSER_PASSWORD + "@" + server.host() + ":" + server.port()
                        + "/postgres");

        Set<Lookup> lookups = TracedProgram.run(directory, environment, PlainProgram.class.getName()).stream()
                .filter(lookup -> !lookup.caller().startsWith(PlainProgram.class.getName() + "#"))
                .collect(Collectors.toSet());

        assertThat(lookups).isNotEmpty();
        assertThat(ReachabilityMetadata.onClassPath().missing(lookups)).isEmpty();
        assertThat(METADATA.callSitesNotIn(lookups)).isEmpty();
    }
}
