package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
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

/** Compares the metadata for native images with what a program looks up by name. */
@Timeout(300)
class NativeImageMetadataTest {

    private static final ModuleMetadata METADATA = new ModuleMetadata("wellhead-core");

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        assertThat(METADATA.faults(Set.of(
                        // files of the application
                        "application.conf",
                        "application.json",
                        "application.properties",
                        // registered by modules
                        "META-INF/services/dev.wellhead.credentials.CredentialsProviderFactory",
                        "META-INF/services/dev.wellhead.spi.DatabaseListenerFactory",
                        "META-INF/services/dev.wellhead.spi.LocalDatabaseProvider",
                        "META-INF/services/dev.wellhead.tls.TrustAnchorsProvider")))
                .isEmpty();
    }

    @Test
    void metadata_ofAProgramThatRuns_coversEveryLookup() throws Exception {
        Files.writeString(directory.resolve("application.conf"), "wellhead.databases.default.maximumPoolSize = 1\n");
        // credentials that can change have an MXBean
        Path password = Files.writeString(directory.resolve("password"), "app");
        Map<String, String> environment = TestDatabase.on(PostgresServer.shared(), "app")
                .environment("DB_PASSWORD_FILE", password.toString(), "DB_CONNECTION_TIMEOUT", "60s");

        Set<Lookup> lookups = TracedProgram.run(directory, environment, NativeImageProgram.class.getName());

        assertThat(ReachabilityMetadata.onClassPath().missing(lookups)).isEmpty();
        assertThat(METADATA.callSitesNotIn(lookups))
                .as("methods that look something up and that the program did not run")
                .containsExactlyInAnyOrder(
                        // for wellhead-redis; its class has an entry
                        "dev.wellhead.internal.definitions.HiddenConstructors#get",
                        // only after an error of the linker, which a native image cannot have
                        "dev.wellhead.internal.libraries.SupportedLibrary#find",
                        "dev.wellhead.internal.libraries.SupportedLibrary#version",
                        // not in a native image
                        "dev.wellhead.internal.open.StartClasses#link",
                        "dev.wellhead.internal.open.StartClasses#run",
                        // its names are in EncryptedKey.BOUNCY_CASTLE, and have entries
                        "dev.wellhead.internal.pem.EncryptedKey#requireBouncyCastle",
                        // after an error of the service loader, to name the jar: the providers are those of the modules
                        "dev.wellhead.internal.providers.ServiceEntries#broken",
                        "dev.wellhead.internal.providers.ServiceEntries#flaw",
                        "dev.wellhead.internal.providers.ServiceEntries#inspect");
    }
}
