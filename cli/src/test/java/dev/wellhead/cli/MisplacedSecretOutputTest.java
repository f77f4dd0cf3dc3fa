package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No command shows a secret that is in a setting whose value is usually shown. */
class MisplacedSecretOutputTest {

    private static final String SENTINEL = "Qx4UnmistakableR7";
    private static final String BODY =
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg" + SENTINEL + "/aB3dE+f5Gh7Jk9Lm1==";
    private static final String JSON = "{\"username\":\"u\",\"password\":\"" + SENTINEL + "\"}";

    static Stream<Arguments> secrets() {
        return Stream.of(
                arguments("DB_SSLKEY", '"' + BODY + '"'),
                arguments("DB_SSLKEY", BODY.replace("QQg", "QQg\\n")),
                arguments("DB_SSLKEY", "base64:" + BODY),
                arguments("DB_SSLKEY", "data:application/pkcs8;base64," + BODY),
                arguments("DB_SSLKEY", "----BEGIN PRIVATE KEY---- " + BODY + " ----END PRIVATE KEY----"),
                arguments(
                        "DB_SSLKEY", "-----BEGIN%20PRIVATE%20KEY-----%0A" + BODY + "%0A-----END%20PRIVATE%20KEY-----"),
                arguments("DB_SSLKEY", "\"-----BEGIN PRIVATE KEY-----\n" + BODY + "\n-----END PRIVATE KEY-----\""),
                arguments("DB_SSLCERT", "{\"kty\":\"EC\",\"d\":\"" + SENTINEL + "\"}"),
                arguments("DB_SSLROOTCERT", SENTINEL),
                arguments("DB_SSLCRL", '"' + BODY + '"'),
                arguments("DB_SSLCRLDIR", SENTINEL),
                arguments("DB_PASSWORD_FILE", JSON),
                arguments("DB_PASSFILE", JSON),
                arguments("PGPASSFILE", JSON),
                arguments("PGSERVICEFILE", JSON),
                arguments("DB_SERVICEFILE", JSON),
                arguments("DB_SECRET_ID", JSON),
                arguments("DB_IAM_REGION", JSON),
                arguments("DB_USER", JSON),
                arguments("DB_HOST", JSON),
                arguments("DB_HOST", "u:" + SENTINEL + "@h"),
                arguments("DB_READER_HOST", "u:" + SENTINEL + "@h"),
                arguments("DB_APPLICATION_NAME", JSON),
                arguments("DB_POOL_NAME", JSON),
                arguments("DB_REQUIRE_AUTH", JSON),
                arguments("DB_OPTIONS", JSON),
                arguments("DB_CONNECTION_INIT_SQL", JSON),
                arguments("DB_SCHEMA", JSON),
                arguments("DB_PORT", JSON),
                arguments("PGSYSCONFDIR", JSON),
                arguments("PGOPTIONS", JSON),
                arguments("DATABASE_URL", JSON));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void command_withAMisplacedSecret_failsAndDoesNotShowIt(String variable, String value) {
        for (String environment : new String[] {"local", "production"}) {
            Map<String, String> variables = Map.of("ENVIRONMENT", environment, "PGSERVICE", "shop", variable, value);
            for (String command : new String[] {"explain", "doctor"}) {
                assertNotShown(Run.piped(variables, command));
                assertNotShown(Run.piped(variables, command, "--json"));
            }
        }
    }

    private static void assertNotShown(Run run) {
        assertThat(run.code()).isNotZero();
        assertThat(run.out() + run.err()).isNotEmpty().doesNotContain(SENTINEL);
    }
}
