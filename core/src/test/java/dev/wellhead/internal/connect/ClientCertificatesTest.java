package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates in every format of OpenSSL and the JDK, on a server that requires one. */
class ClientCertificatesTest {

    private static final String PASSWORD = "key-password-0815";
    private static final CertificateAuthority CLIENTS = CertificateAuthority.create("Client CA");
    private static final IssuedCertificate CLIENT = CLIENTS.client("postgres");

    @TempDir
    private static Path directory;

    private static PostgresServer server = PostgresServer.shared();

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder()
                .tls(CertificateAuthority.create("Our CA").server("localhost"))
                .clientAuthority(CLIENTS)
                .hba("hostssl all all all cert")
                .start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem", "key.der", "encrypted.pem", "encrypted.der", "key.p12", "key.pfx"})
    void open_keyInEveryForm_logsInWithoutAPassword(String form) throws Exception {
        Connecting connecting = withKey(write(form));
        if (!form.startsWith("key.pem") && !form.startsWith("key.der")) {
            connecting.with("DB_SSLPASSWORD", PASSWORD);
        }

        assertThat(connecting.outcome()).isEqualTo("TLSv1.3");
    }

    @Test
    void open_withoutACertificate_namesTheSettings() {
        ConnectionFailedException failure =
                Connecting.to(server).with("DB_SSLMODE", "require").failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_ADMITTED);
        assertThat(Connecting.lines(failure))
                .endsWith("connection requires a valid client certificate (DB_NAME, DB_SSLMODE)."
                        + "|  From: name (environment variable DB_NAME); sslmode (environment variable DB_SSLMODE)"
                        + "|  Set DB_SSLCERT and DB_SSLKEY.");
    }

    @Test
    void open_keyStoreWithAnEmptyPassword_logsIn() throws Exception {
        Path file = directory.resolve("empty.p12");
        writeKeyStore(file, "");

        assertThat(withKey(file).outcome()).isEqualTo("TLSv1.3");
    }

    @Test
    void open_pemTextInPlaceOfTheFiles_logsIn() throws Exception {
        assertThat(withPem(CLIENT.certificatePem(), CLIENT.keyPem()).outcome()).isEqualTo("TLSv1.3");
        assertThat(withPem(
                                CLIENT.keyPem() + CLIENT.certificatePem(),
                                CLIENT.keyPem().replace("\n", "\\n"))
                        .outcome())
                .isEqualTo("TLSv1.3");
    }

    @Test
    void open_keyOfAnotherCertificate_isFoundBeforeAnythingIsSent() {
        ConnectionFailedException failure = withPem(
                        CLIENT.certificatePem(), CLIENTS.client("postgres").keyPem())
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
        assertThat(failure.kind().isTransient()).isFalse();
        assertThat(Connecting.lines(failure))
                .isEqualTo(
                        "Cannot connect to 127.0.0.1:" + server.port() + ": the client key in DB_SSLKEY does not belong"
                                + " to the client certificate in DB_SSLCERT."
                                + "|  From: sslcert (environment variable DB_SSLCERT); sslkey (environment variable DB_SSLKEY)"
                                + "|  Check DB_SSLCERT and DB_SSLKEY.");
    }

    @Test
    void open_certificatesInTheWrongOrder_areNamed() {
        assertThat(withPem(CLIENTS.certificatePem() + CLIENT.certificatePem(), CLIENT.keyPem())
                        .failureMessage())
                .contains(
                        "the client key in DB_SSLKEY belongs to certificate number 2 of DB_SSLCERT, not to the first one.");
    }

    @Test
    void open_certificateOutsideItsValidity_isFoundBeforeAnythingIsSent() {
        IssuedCertificate expired = CLIENTS.expiredClient("postgres");
        IssuedCertificate future = CLIENTS.futureClient("postgres");

        assertThat(withPem(expired.certificatePem(), expired.keyPem()).failureMessage())
                .contains("the client certificate in DB_SSLCERT expired on "
                        + expired.certificate().getNotAfter().toInstant() + ".")
                .endsWith("|  Renew it (DB_SSLCERT), or correct the clock of this machine.");
        assertThat(withPem(future.certificatePem(), future.keyPem()).failureMessage())
                .contains("the client certificate in DB_SSLCERT is not valid before "
                        + future.certificate().getNotBefore().toInstant() + ".");
    }

    @Test
    void open_certificateOfAnotherAuthority_isRefusedByTheServer() {
        IssuedCertificate stranger = CertificateAuthority.create("Strange CA").client("postgres");

        ConnectionFailedException failure =
                withPem(stranger.certificatePem(), stranger.keyPem()).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
        assertThat(Connecting.lines(failure))
                .containsPattern(
                        "it (refused the client certificate|closed the connection after it had received the client"
                                + " certificate)")
                .endsWith("|  The server accepts certificates of 'CN=Client CA'. The last certificate in DB_SSLCERT was"
                        + " issued by 'CN=Strange CA': add the intermediate certificates, or use a certificate of one of"
                        + " these authorities.");
    }

    @Test
    void open_chainWithoutItsIntermediate_isExplained() {
        IssuedCertificate client = CLIENTS.intermediate("Client Intermediate").client("postgres");
        String leaf =
                client.certificatePem().substring(0, client.certificatePem().indexOf("-----BEGIN", 1));

        assertThat(withPem(leaf, client.keyPem()).failureMessage())
                .contains("The server accepts certificates of 'CN=Client CA'.", "issued by 'CN=Client Intermediate'");
    }

    @Test
    void open_chainWithItsIntermediate_logsIn() throws Exception {
        IssuedCertificate client = CLIENTS.intermediate("Client Intermediate").client("postgres");

        assertThat(withPem(client.certificatePem(), client.keyPem()).outcome()).isEqualTo("TLSv1.3");
    }

    @Test
    void open_certificateOfAnotherRole_namesBoth() {
        IssuedCertificate other = CLIENTS.client("somebody");

        ConnectionFailedException failure =
                withPem(other.certificatePem(), other.keyPem()).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(Connecting.lines(failure))
                .contains("The client certificate in DB_SSLCERT is for 'somebody', not for 'postgres'. If the server"
                        + " compares them, use a certificate for the user, change DB_USER, or map the names in"
                        + " pg_ident.conf.");
    }

    @Test
    void open_keyWithoutItsPassword_namesTheSettingToSet() throws Exception {
        assertThat(withKey(write("encrypted.pem")).failureMessage())
                .contains("is encrypted, and DB_SSLPASSWORD is not set (DB_SSLKEY).")
                .endsWith("|  Set DB_SSLPASSWORD.");
    }

    @Test
    void open_certificateInPlaceOfTheKey_isNamed() {
        assertThat(withPem(CLIENT.certificatePem(), CLIENT.certificatePem()).failureMessage())
                .contains("the client key in DB_SSLKEY contains a certificate, not a private key.");
    }

    @Test
    void open_wrongKeyPassword_isReportedWithoutThePassword() throws Exception {
        ConnectionFailedException failure = withKey(write("encrypted.pem"))
                .with("DB_SSLPASSWORD", "other-password-4711")
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
        assertThat(failure.toString()).doesNotContain("4711");
        assertThat(Connecting.lines(failure))
                .isEqualTo("Cannot connect to 127.0.0.1:" + server.port() + ": the client key "
                        + directory.resolve("encrypted.pem")
                        + " cannot be decrypted with the password in DB_SSLPASSWORD (DB_SSLKEY)."
                        + "|  From: sslkey (environment variable DB_SSLKEY); sslpassword (environment variable"
                        + " DB_SSLPASSWORD)"
                        + "|  Check DB_SSLPASSWORD.");
    }

    @Test
    void open_keyFileMissing_isReported() {
        assertThat(withKey(directory.resolve("nowhere.pem")).failureMessage())
                .isEqualTo("Cannot connect to 127.0.0.1:" + server.port() + ": the client key "
                        + directory.resolve("nowhere.pem") + " does not exist (DB_SSLKEY)."
                        + "|  From: sslkey (environment variable DB_SSLKEY)"
                        + "|  Create the file, or correct the path.");
    }

    private static Connecting withPem(String certificate, String key) {
        return Connecting.to(server)
                .with("DB_SSLMODE", "require")
                .with("DB_SSLCERT", certificate)
                .with("DB_SSLKEY", key);
    }

    private static Connecting withKey(Path key) {
        return Connecting.to(server)
                .with("DB_SSLMODE", "require")
                .with(
                        "DB_SSLCERT",
                        CLIENT.writeCertificateTo(directory.resolve("client.crt"))
                                .toString())
                .with("DB_SSLKEY", key.toString());
    }

    private static Path write(String form) throws Exception {
        Path file = directory.resolve(form);
        switch (form) {
            case "key.pem" -> Files.writeString(file, CLIENT.keyPem());
            case "key.der" -> Files.write(file, CLIENT.keyDer());
            case "encrypted.pem" -> Files.writeString(file, CLIENT.encryptedKeyPem(PASSWORD));
            case "encrypted.der" -> Files.write(file, CLIENT.encryptedKeyDer(PASSWORD));
            default -> writeKeyStore(file, PASSWORD);
        }
        return file;
    }

    private static void writeKeyStore(Path file, String password) throws Exception {
        PrivateKey key = KeyFactory.getInstance(
                        CLIENT.certificate().getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(CLIENT.keyDer()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("user", key, password.toCharArray(), new Certificate[] {CLIENT.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    @Test
    void open_filesThatChange_areReadAgain(@TempDir Path mounted) throws SQLException {
        IssuedCertificate stranger = CertificateAuthority.create("Strange CA").client("postgres");
        Path certificate = stranger.writeCertificateTo(mounted.resolve("client.crt"));
        Path key = stranger.writeKeyTo(mounted.resolve("client.key"));
        Connector connector = Connecting.to(server)
                .with("DB_SSLMODE", "require")
                .with("DB_SSLCERT", certificate.toString())
                .with("DB_SSLKEY", key.toString())
                .connector();
        assertThat(Connecting.failure(connector, Connecting.BUDGET).kind()).isNotNull();

        CLIENT.writeCertificateTo(certificate);
        CLIENT.writeKeyTo(key);
        touch(certificate);

        connector.open(Connecting.BUDGET).close();
    }

    private static void touch(Path file) {
        assertThat(file.toFile().setLastModified(1_000_000_000L)).isTrue();
    }
}
