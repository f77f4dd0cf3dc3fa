package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.reflection.Lookup;
import dev.wellhead.testkit.reflection.ModuleMetadata;
import dev.wellhead.testkit.reflection.ReachabilityMetadata;
import dev.wellhead.testkit.reflection.TracedProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compares the metadata for native images with what every command looks up by name. */
@Timeout(600)
class NativeImageMetadataTest {

    private static final ModuleMetadata METADATA = new ModuleMetadata("wellhead-cli");

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        assertThat(METADATA.faults(Set.of())).isEmpty();
    }

    @Test
    void metadata_ofEveryCommand_coversEveryLookup() throws Exception {
        PostgresServer server = PostgresServer.shared();
        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "DB_HOST", server.host(),
                "DB_PORT", Integer.toString(server.port()),
                "DB_NAME", "postgres",
                "DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        Set<Lookup> lookups = new HashSet<>();
        for (List<String> command : List.of(
                List.of("--help"),
                List.of("explain", "--all"),
                List.of("doctor", "--json"),
                List.of("wait", "--timeout", "60s"),
                List.of("exec", "--", "true"))) {
            List<String> program = new ArrayList<>(List.of(Main.class.getName()));
            program.addAll(command);
            lookups.addAll(TracedProgram.run(directory, environment, program.toArray(String[]::new)));
        }

        assertThat(ReachabilityMetadata.onClassPath().missing(lookups)).isEmpty();
        assertThat(METADATA.callSitesNotIn(lookups)).isEmpty();
    }
}
