package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cancel requests reach the server, encrypted if the session is. */
@Timeout(120)
class CancelRequestsTest {

    /** Ends the wait if the cancel request is lost. */
    private static final String WAIT = "SELECT pg_sleep(60)";

    /** The code of a cancel request: 1234 and 5678 as two-byte numbers. */
    private static final String CANCEL_REQUEST = "\u0004\u00d2\u0016.";

    private static final CertificateAuthority OURS = CertificateAuthority.create("Our CA");
    private static final PostgresServer SERVER =
            PostgresServer.builder().tls(OURS.server("localhost", "127.0.0.1")).start();

    @TempDir
    private static Path directory;

    private static Path root = Path.of("");

    @BeforeAll
    static void writeRoot() {
        root = OURS.writeTo(directory.resolve("root.crt"));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({"disable, true", "prefer, false", "verify-full, false"})
    void cancel_inEverySslMode_endsTheStatementAndIsEncryptedLikeTheSession(String mode, boolean readable)
            throws SQLException {
        try (RecordingProxy proxy = RecordingProxy.to(SERVER)) {
            try (Connection connection = to(proxy, mode).connector().open(Connecting.BUDGET);
                    Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(1);

                assertThat(catchThrowableOfType(SQLException.class, () -> statement.execute(WAIT))
                                .getSQLState())
                        .isEqualTo("57014");
                assertThat(connection.isValid(5)).isTrue();
            }

            assertThat(proxy.connections()).isEqualTo(2);
            assertThat(proxy.sent().contains(CANCEL_REQUEST)).isEqualTo(readable);
        }
    }

    @Test
    void cancel_toAServerThatIsNotTrusted_isNotSent() throws SQLException {
        try (RecordingProxy proxy = RecordingProxy.to(SERVER);
                PostgresServer impostor = PostgresServer.builder()
                        .tls(CertificateAuthority.create("Other CA").server("localhost", "127.0.0.1"))
                        .start();
                LogCapture log = LogCapture.start()) {
            try (Connection connection = to(proxy, "verify-full").connector().open(Connecting.BUDGET);
                    Statement statement = connection.createStatement()) {
                proxy.forwardTo(impostor);
                statement.setQueryTimeout(1);

                assertThat(statement.execute("SELECT pg_sleep(2)")).isTrue();
            }
            assertThat(proxy.sent()).doesNotContain(CANCEL_REQUEST);
            assertThat(log.events())
                    .filteredOn(event -> event.logger().endsWith(".CancelConnection"))
                    .singleElement()
                    .asString()
                    .contains("The cancel request for a statement on 127.0.0.1:" + proxy.port() + " was not sent: ");
        }
    }

    private static Connecting to(RecordingProxy proxy, String mode) {
        Connecting connecting = Connecting.to("127.0.0.1", proxy.port()).with("DB_SSLMODE", mode);
        return mode.equals("verify-full") ? connecting.with("DB_SSLROOTCERT", root.toString()) : connecting;
    }
}
