package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.reflection.Lookup;
import dev.wellhead.testkit.reflection.ModuleMetadata;
import dev.wellhead.testkit.reflection.ReachabilityMetadata;
import dev.wellhead.testkit.reflection.TracedProgram;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compares the metadata for native images with what a program looks up by name. */
@Timeout(300)
class NativeImageMetadataTest {

    private static final ModuleMetadata METADATA = new ModuleMetadata("wellhead-otel");

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        assertThat(METADATA.faults(Set.of("io.opentelemetry.javaagent.bootstrap.AgentInitializer")))
                .isEmpty();
    }

    @Test
    void metadata_ofAProgramThatRuns_coversEveryLookup() throws Exception {
        PostgresServer server = PostgresServer.shared();

        Set<Lookup> lookups = TracedProgram.run(
                directory,
                Map.of("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD),
                PlainService.class.getName(),
                server.host(),
                Integer.toString(server.port()),
                "auto");

        assertThat(ReachabilityMetadata.onClassPath().missing(lookups)).isEmpty();
        assertThat(METADATA.callSitesNotIn(lookups)).isEmpty();
    }
}
