package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.RedisServer;
import dev.wellhead.testkit.reflection.Lookup;
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

/** Compares the metadata for native images with what a program looks up by name. This module itself looks up nothing. */
@Timeout(300)
class NativeImageMetadataTest {

    private static final ModuleMetadata METADATA = new ModuleMetadata("wellhead-redis");

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        assertThat(METADATA.faults(Set.of())).isEmpty();
    }

    @Test
    void metadata_ofAProgramThatRuns_coversEveryLookup() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.setPasswords("app", "s3cret");
            Path password = Files.writeString(directory.resolve("password"), "s3cret");
            Map<String, String> environment = Map.of(
                    "REDIS_URL",
                    "redis://" + server.host() + ":" + server.port(),
                    "REDIS_USER",
                    "app",
                    "REDIS_PASSWORD_FILE",
                    password.toString());

            Set<Lookup> lookups = TracedProgram.run(directory, environment, PlainClient.class.getName());

            assertThat(lookups).as("core looks up the constructors of settings").anyMatch(lookup -> lookup.name()
                    .equals("dev.wellhead.settings.RegisteredConstructors"));
            assertThat(ReachabilityMetadata.onClassPath().missing(lookups)).isEmpty();
            assertThat(METADATA.callSitesNotIn(lookups)).isEmpty();
        }
    }
}
