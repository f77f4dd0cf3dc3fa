package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Databases;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The refusal of a password that is probably not the one that was meant states the reason, and nothing of the password. */
class DoubtfulPasswordTest {

    private static final Duration BUDGET = Duration.ofSeconds(20);

    private final PostgresServer server = PostgresServer.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            hunter2\\n      | The value of DB_PASSWORD ends in a line break, and is sent as it is.
            'hunter2'       | The value of DB_PASSWORD is in quotes, and is sent as it is.
            "hunter2"       | The value of DB_PASSWORD is in quotes, and is sent as it is.
            $DB_PASSWORD    | The value of DB_PASSWORD is a reference to a variable that nothing has replaced, and is sent as it is.
            changeme        | The value of DB_PASSWORD is a word that examples use as a placeholder, and is sent as it is.
            """)
    void password_refusedAndDoubtful_namesTheReasonFirst(String password, String reason) throws Exception {
        ConnectionFailedException refused = refusal(Map.of("DB_PASSWORD", password.translateEscapes()));

        assertThat(refused.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(refused.failures().get(0).fixes().get(0)).startsWith(reason);
        assertThat(refused.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void password_refusedAndOrdinary_hasNoDoubt() throws Exception {
        ConnectionFailedException refused = refusal(Map.of("DB_PASSWORD", "hunter2"));

        assertThat(refused.failures().get(0).fixes())
                .containsExactly("Correct DB_USER or DB_PASSWORD, or set the same password on the server.");
    }

    @Test
    void passwordFile_refusedAndDoubtful_namesTheReason(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "hunter2\n\n");

        assertThat(refusal(Map.of("DB_PASSWORD_FILE", file.toString()))
                        .failures()
                        .get(0)
                        .fixes()
                        .get(0))
                .startsWith("The password ends in a line break, and is sent as it is.");
    }

    private ConnectionFailedException refusal(Map<String, String> password) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "ENVIRONMENT",
                "test",
                "DB_HOST",
                server.host(),
                "DB_PORT",
                Integer.toString(server.port()),
                "DB_NAME",
                "postgres",
                "DB_USER",
                PostgresServer.SUPERUSER));
        variables.putAll(password);
        DatabaseSettings settings = Databases.resolve(variables);
        try (Inspection inspection = Inspection.of(settings)) {
            inspection.credentials(BUDGET);
            return catchThrowableOfType(
                    ConnectionFailedException.class,
                    () -> inspection.connect(settings.hosts().get(0), BUDGET, new ConnectSteps() {}));
        }
    }
}
