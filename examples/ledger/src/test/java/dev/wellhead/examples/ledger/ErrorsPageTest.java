package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.Repository;
import dev.wellhead.testkit.RevocationListDraft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes every kind of failure, and checks that docs/errors.md contains its message. */
class ErrorsPageTest {

    private final PostgresServer server = PostgresServer.shared();
    private final CertificateAuthority authority = CertificateAuthority.create("Test CA");

    @TempDir
    private Path directory;

    @Test
    void refused_isOnThePage() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.refuse();
            assertOnPage(FailureKind.REFUSED, production(proxy.host(), proxy.port()));
        }
    }

    @Test
    void timedOut_isOnThePage() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.blackHole();
            Map<String, String> environment = production(proxy.host(), proxy.port());
            environment.put("DB_CONNECT_TIMEOUT", "500ms");
            assertOnPage(FailureKind.TIMED_OUT, environment);
        }
    }

    @Test
    void notPostgresql_isOnThePage() throws IOException {
        try (ServerSocket http = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(http, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            answering.setDaemon(true);
            answering.start();
            assertOnPage(FailureKind.NOT_POSTGRESQL, production("127.0.0.1", http.getLocalPort()));
        }
    }

    @Test
    void tlsNotSupported_isOnThePage() throws IOException {
        Map<String, String> environment = production(server.host(), server.port());
        environment.remove("DB_SSLMODE");
        assertOnPage(FailureKind.TLS_NOT_SUPPORTED, environment);
    }

    @Test
    void certificates_thatDoNotVerify_areOnThePage() throws IOException {
        Path root = authority.writeTo(directory.resolve("root.crt"));
        Path otherRoot = CertificateAuthority.create("Other CA").writeTo(directory.resolve("other.crt"));
        assertCertificateOnPage(FailureKind.TLS_UNTRUSTED, authority.server("127.0.0.1"), otherRoot);
        assertCertificateOnPage(FailureKind.TLS_WRONG_HOST_NAME, authority.server("db.internal"), root);
        assertCertificateOnPage(FailureKind.TLS_EXPIRED, authority.expiredServer("127.0.0.1"), root);
        assertCertificateOnPage(FailureKind.TLS_INVALID, authority.client("127.0.0.1"), root);
    }

    @Test
    void certificate_thatIsRevoked_isOnThePage() throws IOException {
        Path root = authority.writeTo(directory.resolve("root.crt"));
        IssuedCertificate certificate = authority.server("127.0.0.1");
        Path list = Files.writeString(
                directory.resolve("root.crl"),
                RevocationListDraft.of(authority.issued())
                        .revoke(certificate.certificate())
                        .pem());
        try (PostgresServer tls = PostgresServer.builder().tls(certificate).start()) {
            Map<String, String> environment = production(tls.host(), tls.port());
            environment.remove("DB_SSLMODE");
            environment.put("DB_SSLROOTCERT", root.toString());
            environment.put("DB_SSLCRL", list.toString());
            assertOnPage(FailureKind.TLS_REVOKED, environment);
        }
    }

    @Test
    void clientKeyOfAnotherCertificate_isOnThePage() throws IOException {
        try (PostgresServer tls =
                PostgresServer.builder().tls(authority.server("127.0.0.1")).start()) {
            Map<String, String> environment = production(tls.host(), tls.port());
            environment.put("DB_SSLMODE", "require");
            environment.put(
                    "DB_SSLCERT",
                    authority
                            .client("postgres")
                            .writeCertificateTo(directory.resolve("client.crt"))
                            .toString());
            environment.put(
                    "DB_SSLKEY",
                    authority
                            .client("postgres")
                            .writeKeyTo(directory.resolve("client.key"))
                            .toString());
            assertOnPage(FailureKind.TLS_FAILED, environment);
        }
    }

    @Test
    void credentialsRefused_areOnThePage() throws IOException {
        Map<String, String> environment = production(server.host(), server.port());
        environment.put("DB_PASSWORD", "wrong");
        assertOnPage(FailureKind.CREDENTIALS_REFUSED, environment);
    }

    @Test
    void credentialsUnavailable_areOnThePage() throws IOException {
        Map<String, String> environment = production(server.host(), server.port());
        environment.remove("DB_PASSWORD");
        environment.put("DB_PASSWORD_FILE", "/run/secrets/db");
        assertOnPage(FailureKind.CREDENTIALS_UNAVAILABLE, environment);
    }

    @Test
    void refusedByHba_message_isOnThePage() throws IOException {
        try (PostgresServer strict = PostgresServer.builder()
                .hba("hostssl all all all scram-sha-256")
                .start()) {
            assertOnPage(FailureKind.NOT_ADMITTED, production(strict.host(), strict.port()));
        }
    }

    @Test
    void noSuchDatabase_isOnThePage() throws IOException {
        Map<String, String> environment = production(server.host(), server.port());
        environment.put("DB_NAME", "shpo");
        assertOnPage(FailureKind.NO_SUCH_DATABASE, environment);
    }

    @Test
    void tooManyConnections_isOnThePage() throws IOException {
        server.createRole("busy", "busy");
        server.execute("alter role busy connection limit 0");
        Map<String, String> environment = production(server.host(), server.port());
        environment.put("DB_USER", "busy");
        environment.put("DB_PASSWORD", "busy");
        assertOnPage(FailureKind.TOO_MANY_CONNECTIONS, environment);
    }

    @Test
    void wrongServerRole_isOnThePage() throws IOException {
        Map<String, String> environment = production(server.host(), server.port());
        environment.put("DB_TARGET_SERVER_TYPE", "standby");
        assertOnPage(FailureKind.WRONG_SERVER_ROLE, environment);
    }

    @Test
    void nameNotResolved_isOnThePage() throws IOException {
        Map<String, String> environment = production("db.invalid", 5432);
        environment.put("DB_SSLMODE", "require");
        environment.put("DB_SSLROOTCERT", "");
        assertOnPage(FailureKind.NAME_NOT_RESOLVED, environment);
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(8);
        } catch (IOException e) {
            // the test has closed the server, or the client has hung up
        }
    }

    private void assertCertificateOnPage(FailureKind kind, IssuedCertificate certificate, Path root)
            throws IOException {
        try (PostgresServer tls = PostgresServer.builder().tls(certificate).start()) {
            Map<String, String> environment = production(tls.host(), tls.port());
            environment.remove("DB_SSLMODE");
            environment.put("DB_SSLROOTCERT", root.toString());
            assertOnPage(kind, environment);
        }
    }

    private void assertOnPage(FailureKind kind, Map<String, String> environment) throws IOException {
        ConnectionFailedException failure = catchThrowableOfType(ConnectionFailedException.class, () -> {
            try (Database database =
                    Databases.builder().environment(environment).open()) {
                throw new AssertionError("connected to " + database.settings());
            }
        });

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(Repository.read("docs/errors.md"))
                .contains(String.valueOf(failure.getMessage())
                        .replace(":" + environment.get("DB_PORT"), ":5432")
                        .replace(directory.toString(), "/etc/tls")
                        .replaceAll("\\d+ ms", "500 ms")
                        .replaceAll("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "2026-01-31T12:00:00Z"));
    }

    private static Map<String, String> production(String host, int port) {
        Map<String, String> environment = new HashMap<>(LedgerDatabase.environment(host, port, "postgres"));
        environment.put("ENVIRONMENT", "production");
        environment.put("DB_USER", PostgresServer.SUPERUSER);
        environment.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        environment.put("DB_SSLMODE", "disable");
        return environment;
    }
}
