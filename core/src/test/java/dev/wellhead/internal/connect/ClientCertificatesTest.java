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
                .endsWith("connection requires a valid client certificate."
                        + "|  From: name (environment variable DB_NAME); sslmode (environment variable DB_SSLMODE)"
                        + "|  Set DB_SSLCERT and DB_SSLKEY.");
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
                        + " cannot be used. Either it is not the private key of the certificate in PEM, DER or PKCS#12, or"
                        + " sslpassword is not its password."
                        + "|  From: sslkey (environment variable DB_SSLKEY)"
                        + "|  Check DB_SSLKEY.");
    }

    @Test
    void open_keyFileMissing_isReported() {
        assertThat(withKey(directory.resolve("nowhere.pem")).failureMessage())
                .isEqualTo("Cannot connect to 127.0.0.1:" + server.port() + ": the client key "
                        + directory.resolve("nowhere.pem") + " does not exist."
                        + "|  From: sslkey (environment variable DB_SSLKEY)"
                        + "|  Create the file, or correct the path.");
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
            default -> writeKeyStore(file);
        }
        return file;
    }

    private static void writeKeyStore(Path file) throws Exception {
        PrivateKey key = KeyFactory.getInstance(
                        CLIENT.certificate().getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(CLIENT.keyDer()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("user", key, PASSWORD.toCharArray(), new Certificate[] {CLIENT.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
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
