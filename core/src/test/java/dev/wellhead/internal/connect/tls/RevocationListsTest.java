package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.files.HungFile;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.RevocationListDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** The settings sslcrl and sslcrldir. CertificateMatrixTest has the rules for their content. */
class RevocationListsTest {

    private static final IssuedCertificate ROOT = VariantAuthorities.ROOT;
    private static final IssuedCertificate CERTIFICATE =
            VariantAuthorities.server().names("localhost").signedBy(ROOT);
    private static final PostgresServer SERVER =
            PostgresServer.builder().tls(CERTIFICATE).start();

    private static final String NOTHING_REVOKED = RevocationListDraft.of(ROOT).pem();
    private static final String REVOKED =
            RevocationListDraft.of(ROOT).revoke(CERTIFICATE.certificate()).pem();

    @TempDir
    private Path directory;

    private Path roots = Path.of("");

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @BeforeEach
    void writeRoots() throws IOException {
        roots = Files.writeString(directory.resolve("root.crt"), IssuedCertificate.pem(ROOT.certificate()));
    }

    @Test
    void file_replaced_isUsedForTheNextConnection() throws Exception {
        Path list = Files.writeString(directory.resolve("root.crl"), NOTHING_REVOKED);
        Connector connector = with("DB_SSLCRL", list).connector();
        connector.open(Connecting.BUDGET).close();

        Files.writeString(list, REVOKED);
        modified(list);

        assertThat(Connecting.failure(connector, Connecting.BUDGET).kind()).isEqualTo(FailureKind.TLS_REVOKED);
    }

    @Test
    void file_replacedByGarbage_keepsThePreviousListsAndWarns() throws Exception {
        Path list = Files.writeString(directory.resolve("root.crl"), NOTHING_REVOKED);
        Connector connector = with("DB_SSLCRL", list).connector();
        connector.open(Connecting.BUDGET).close();

        Files.writeString(list, "half a file");
        modified(list);

        try (LogCapture log = LogCapture.start()) {
            connector.open(Connecting.BUDGET).close();

            assertThat(log.messages(Level.WARN))
                    .containsExactly("A TLS file has changed and cannot be used. The previous content stays in use. The"
                            + " revocation list file " + list
                            + " does not contain valid X.509 revocation lists in PEM or DER format.");
        }
    }

    @Test
    void file_onAFileSystemThatDoesNotAnswer_isNamedInTheWarning() throws Exception {
        Path list = Files.writeString(directory.resolve("root.crl"), NOTHING_REVOKED);
        Connector connector = with("DB_SSLCRL", list).connector();
        connector.open(Connecting.BUDGET).close();

        try (LogCapture log = LogCapture.start();
                HungFile hung = HungFile.at(roots)) {
            connector.open(Connecting.BUDGET).close();

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("One of the files [" + hung.path() + ", " + list + "] did not answer within ");
        }
    }

    @Test
    void file_ofTheRevokedCertificate_isReportedWithDateAndSetting() throws Exception {
        Path list = Files.writeString(directory.resolve("root.crl"), REVOKED);

        assertThat(with("DB_SSLCRL", list).failureMessage())
                .matches(
                        "Cannot connect to localhost:\\d+: its certificate was revoked on \\S+Z \\(key compromise\\) \\(DB_SSLCRL\\)\\."
                                + "\\|  From: sslcrl \\(environment variable DB_SSLCRL\\)"
                                + "\\|  Give the server a new certificate\\.");
    }

    @Test
    void file_withoutAListOfTheIssuer_isReportedWithTheFile() throws Exception {
        Path list = Files.writeString(
                directory.resolve("root.crl"),
                RevocationListDraft.of(VariantAuthorities.OTHER_ROOT).pem());

        assertThat(with("DB_SSLCRL", list).failureMessage())
                .isEqualTo("Cannot connect to localhost:" + SERVER.port() + ": the revocation list " + list
                        + " contains no revocation list of 'CN=Our CA', which issued its certificate (DB_SSLCRL)."
                        + "|  From: sslcrl (environment variable DB_SSLCRL)"
                        + "|  Get a current revocation list from the authority, and check DB_SSLCRL.");
    }

    @Test
    void file_missing_isReported() {
        Path list = directory.resolve("nowhere.crl");

        assertThat(with("DB_SSLCRL", list).failureMessage())
                .isEqualTo("Cannot connect to localhost:" + SERVER.port() + ": the revocation list file " + list
                        + " does not exist (DB_SSLCRL)."
                        + "|  From: sslcrl (environment variable DB_SSLCRL)"
                        + "|  Create the file, or correct the path.");
    }

    @Test
    void file_withACertificateOnly_isReported() {
        assertThat(with("DB_SSLCRL", roots).failureMessage())
                .contains("the revocation list file " + roots + " contains no revocation list (DB_SSLCRL).");
    }

    @Test
    void file_inDer_isRead() throws Exception {
        Path list = Files.write(
                directory.resolve("root.crl"), RevocationListDraft.of(ROOT).der());

        assertThat(with("DB_SSLCRL", list).outcome()).isEqualTo("TLSv1.3");
    }

    @Test
    void directory_hashedNames_areReadAndOthersAreNot() throws Exception {
        Path lists = Files.createDirectory(directory.resolve("lists"));
        Files.writeString(lists.resolve("1a2b3c4d.r0"), NOTHING_REVOKED);
        Files.writeString(lists.resolve("1a2b3c4d.0"), "a certificate");
        Files.writeString(lists.resolve("README"), "half a file");
        Connector connector = with("DB_SSLCRLDIR", lists).connector();
        connector.open(Connecting.BUDGET).close();

        Files.writeString(lists.resolve("1a2b3c4d.r1"), REVOKED);
        Files.delete(lists.resolve("1a2b3c4d.r0"));

        assertThat(Connecting.failure(connector, Connecting.BUDGET).kind()).isEqualTo(FailureKind.TLS_REVOKED);
    }

    @Test
    void directory_withoutHashedNames_isReported() throws Exception {
        Path lists = Files.createDirectory(directory.resolve("lists"));
        Files.writeString(lists.resolve("root.crl"), NOTHING_REVOKED);

        assertThat(with("DB_SSLCRLDIR", lists).failureMessage())
                .contains(
                        "the revocation list directory " + lists
                                + " contains no file with a name such as 1a2b3c4d.r0; 'openssl rehash' creates these names (DB_SSLCRLDIR).")
                .contains("From: sslcrldir (environment variable DB_SSLCRLDIR)");
    }

    @Test
    void directory_thatIsAFile_isReported() {
        assertThat(with("DB_SSLCRLDIR", roots).failureMessage())
                .contains("the revocation list directory " + roots + " is not a directory (DB_SSLCRLDIR).");
    }

    @Test
    void directory_besideAFile_completesIt() throws Exception {
        Path lists = Files.createDirectory(directory.resolve("lists"));
        Files.writeString(lists.resolve("1a2b3c4d.r0"), NOTHING_REVOKED);
        Path list = Files.writeString(
                directory.resolve("root.crl"),
                RevocationListDraft.of(VariantAuthorities.OTHER_ROOT).pem());

        assertThat(with("DB_SSLCRL", list)
                        .with("DB_SSLCRLDIR", lists.toString())
                        .outcome())
                .isEqualTo("TLSv1.3");
    }

    private Connecting with(String variable, Path lists) {
        return Connecting.to("localhost", SERVER.port())
                .with("DB_SSLMODE", "verify-full")
                .with("DB_SSLROOTCERT", roots.toString())
                .with(variable, lists.toString());
    }

    /** Changes the time stamp, because two writes may have the same one. */
    private static void modified(Path file) {
        assertThat(file.toFile().setLastModified(1_000_000_000L)).isTrue();
    }
}
