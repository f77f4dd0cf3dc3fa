package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.files.HostileFile;
import dev.wellhead.internal.files.HungFile;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** The root certificate file is read once, and again after it has changed. */
class TlsContextTest {

    private final CertificateAuthority ours = CertificateAuthority.create("Our CA");
    private final CertificateAuthority other = CertificateAuthority.create("Other CA");
    private final PostgresServer server =
            PostgresServer.builder().tls(ours.server("localhost")).start();

    @TempDir
    private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void rootFile_replaced_isUsedForTheNextConnection() throws Exception {
        Path root = other.writeTo(directory.resolve("root.crt"));
        Connector connector = verifying(root);
        assertThat(Connecting.failure(connector, Connecting.BUDGET).kind()).isEqualTo(FailureKind.TLS_UNTRUSTED);

        ours.writeTo(root);
        modified(root);

        connector.open(Connecting.BUDGET).close();
    }

    @Test
    void rootFile_replacedByGarbage_keepsThePreviousContentAndWarnsOnce() throws Exception {
        Path root = ours.writeTo(directory.resolve("root.crt"));
        Connector connector = verifying(root);
        connector.open(Connecting.BUDGET).close();

        Files.writeString(root, "half a file");
        modified(root);

        try (LogCapture log = LogCapture.start()) {
            connector.open(Connecting.BUDGET).close();
            connector.open(Connecting.BUDGET).close();

            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "A TLS file has changed and cannot be used. The previous content stays in use. The root"
                                    + " certificate file " + root
                                    + " contains data in an unknown format, not a certificate.");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void rootFile_replacedByAPipe_keepsThePreviousContentUntilTheRepair() throws Exception {
        Path root = ours.writeTo(directory.resolve("root.crt"));
        Connector connector = verifying(root);
        connector.open(Connecting.BUDGET).close();

        try (LogCapture log = LogCapture.start()) {
            Files.move(HostileFile.pipe(directory.resolve("pipe")), root, StandardCopyOption.REPLACE_EXISTING);
            connector.open(Connecting.BUDGET).close();
            assertThat(log.messages(Level.WARN))
                    .containsExactly("A TLS file has changed and cannot be used. The previous content stays in use. The"
                            + " root certificate file " + root + " is a named pipe.");
        }

        Files.delete(root);
        other.writeTo(root);
        assertThat(Connecting.failure(connector, Connecting.BUDGET).kind()).isEqualTo(FailureKind.TLS_UNTRUSTED);
    }

    @Test
    void rootFile_onAFileSystemThatDoesNotAnswer_keepsThePreviousContent() throws Exception {
        Path root = ours.writeTo(directory.resolve("root.crt"));
        Connector connector = verifying(root);
        connector.open(Connecting.BUDGET).close();
        try (LogCapture log = LogCapture.start();
                HungFile hung = HungFile.at(root)) {
            connector.open(Connecting.BUDGET).close();

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .matches(
                            "A TLS file has changed and cannot be used\\. The previous content stays in use\\. One of the"
                                    + " files \\[" + hung.path() + "] did not answer within \\d+ ms\\.");
        }
    }

    @Test
    void rootFile_firstReadFromAFileSystemThatDoesNotAnswer_failsWithinTheBudget() throws Exception {
        Path root = ours.writeTo(directory.resolve("root.crt"));
        Connector connector = verifying(root);
        try (HungFile hung = HungFile.at(root)) {
            assertThat(Connecting.lines(Connecting.failure(connector, Duration.ofSeconds(2))))
                    .containsPattern("the root certificate file " + hung.path()
                            + " did not answer within \\d+ ms \\(DB_SSLROOTCERT\\)\\.");
        }

        connector.open(Connecting.BUDGET).close();
    }

    @Test
    void rootFile_missing_isReported() {
        Path root = directory.resolve("nowhere.crt");

        assertThat(Connecting.lines(Connecting.failure(verifying(root), Connecting.BUDGET)))
                .isEqualTo("Cannot connect to 127.0.0.1:" + server.port() + ": the root certificate file " + root
                        + " does not exist (DB_SSLROOTCERT)."
                        + "|  From: sslrootcert (environment variable DB_SSLROOTCERT)"
                        + "|  Create the file, or correct the path.");
    }

    @Test
    void hostName_notAllowedAsServerName_connectsWithoutOne() throws Exception {
        Path root = ours.writeTo(directory.resolve("root.crt"));
        InetAddress[] addresses = {InetAddress.getByName(server.host())};

        // an underscore, as the names of a container network may have
        String outcome = Connecting.to("db_primary", server.port())
                .with(host -> addresses)
                .with("DB_SSLMODE", "verify-ca")
                .with("DB_SSLROOTCERT", root.toString())
                .outcome();

        assertThat(outcome).isEqualTo("TLSv1.3");
    }

    @Test
    void hostNameVerifier_ofTheJvm_hasNoEffect() {
        Path root = ours.writeTo(directory.resolve("root.crt"));
        InetAddress[] addresses = {InetAddress.getLoopbackAddress()};
        HostnameVerifier before = HttpsURLConnection.getDefaultHostnameVerifier();
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
        try {
            assertThat(Connecting.to("db.example.com", server.port())
                            .with(host -> addresses)
                            .with("DB_SSLMODE", "verify-full")
                            .with("DB_SSLROOTCERT", root.toString())
                            .failure()
                            .kind())
                    .isEqualTo(FailureKind.TLS_WRONG_HOST_NAME);
        } finally {
            HttpsURLConnection.setDefaultHostnameVerifier(before);
        }
    }

    private Connector verifying(Path root) {
        return Connecting.to(server)
                .with("DB_SSLMODE", "verify-ca")
                .with("DB_SSLROOTCERT", root.toString())
                .connector();
    }

    /** Changes the time stamp, because two writes may have the same one. */
    private static void modified(Path file) {
        assertThat(file.toFile().setLastModified(1_000_000_000L)).isTrue();
    }
}
