package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
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

    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/native-AbCdEf";
    private static final ModuleMetadata METADATA = new ModuleMetadata("wellhead-aws");

    @TempDir
    private Path directory;

    @Test
    void metadata_everyEntry_existsAndEveryResourceHasOne() throws Exception {
        // a note for people, which no code reads
        assertThat(METADATA.faults(Set.of()))
                .containsExactly("The resource dev/wellhead/aws/rds-roots.txt has no entry.");
    }

    @Test
    void metadata_ofAProgramThatRuns_coversEveryLookup() throws Exception {
        PostgresServer postgres = PostgresServer.shared();
        postgres.createRole("native_image_aws", "pw");
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.put(
                    ARN,
                    "{\"engine\":\"postgres\",\"host\":\"" + postgres.host() + "\",\"port\":" + postgres.port()
                            + ",\"dbname\":\"postgres\",\"username\":\"native_image_aws\",\"password\":\"pw\"}");
            Map<String, String> environment = Map.of(
                    "ENVIRONMENT", "test",
                    "DB_SSLMODE", "disable",
                    "DB_SECRET_ID", ARN,
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString(),
                    "AWS_EC2_METADATA_DISABLED", "true",
                    "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                    "AWS_SECRET_ACCESS_KEY", "not-a-key");

            Set<Lookup> lookups = TracedProgram.run(directory, environment, NativeImageProgram.class.getName());

            assertThat(ReachabilityMetadata.onClassPath().missing(lookups)).isEmpty();
            assertThat(METADATA.callSitesNotIn(lookups)).isEmpty();
        }
    }
}
