package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates in forms that libpq does not read, for a program that uses libpq. */
class ExecClientCertificateTest {

    private static final String KEY_PASSWORD = "key-password-0815";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Our CA");
    private static final CertificateAuthority CLIENTS = CertificateAuthority.create("Client CA");
    private static final IssuedCertificate CLIENT = CLIENTS.client("postgres");

    private static PostgresServer server;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder()
                .tls(AUTHORITY.server("localhost", "127.0.0.1"))
                .clientAuthority(CLIENTS)
                .hba("hostssl all all all cert")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> variables(Path key) throws IOException {
        Map<String, String> variables = new HashMap<>();
        variables.put("DB_HOST", "localhost");
        variables.put("DB_PORT", Integer.toString(server.port()));
        variables.put("DB_NAME", "postgres");
        variables.put("DB_USER", "postgres");
        variables.put(
                "DB_SSLROOTCERT",
                AUTHORITY.writeTo(directory.resolve("root.crt")).toString());
        String name = key.getFileName().toString();
        variables.put("DB_SSLKEY", name.startsWith("both.") ? Files.readString(key) : key.toString());
        if (name.startsWith("key.")) {
            Path certificate = CLIENT.writeCertificateTo(directory.resolve("client.pem"));
            variables.put("DB_SSLCERT", certificate.toString());
        }
        if (!name.contains("plain")) {
            variables.put("DB_SSLPASSWORD", KEY_PASSWORD);
        }
        return variables;
    }

    private static Path write(String form) throws Exception {
        Path file = directory.resolve(form);
        switch (form) {
            case "key.plain.pem" -> CLIENT.writeKeyTo(file);
            case "key.plain.der" -> Files.write(file, CLIENT.keyDer());
            case "key.pem" -> Files.writeString(file, CLIENT.encryptedKeyPem(KEY_PASSWORD));
            case "key.der" -> Files.write(file, CLIENT.encryptedKeyDer(KEY_PASSWORD));
            case "both.pem" -> Files.writeString(file, CLIENT.certificatePem() + CLIENT.encryptedKeyPem(KEY_PASSWORD));
            default -> writeStore(file, form.endsWith(".jks") ? "JKS" : "PKCS12");
        }
        return file;
    }

    private static void writeStore(Path file, String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        PrivateKey key = KeyFactory.getInstance(
                        CLIENT.certificate().getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(CLIENT.keyDer()));
        store.setKeyEntry("client", key, KEY_PASSWORD.toCharArray(), new Certificate[] {CLIENT.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, KEY_PASSWORD.toCharArray());
        }
    }

    private static Map<String, String> libpq(Map<String, String> variables, PrivateFiles files) throws Exception {
        return new LibpqEnvironment(
                        SettingsResolver.resolve(SettingsRequest.of("default", variables)),
                        Credentials.withoutPassword("postgres", "configured"),
                        files,
                        false)
                .variables();
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.p12", "store.jks", "key.pem", "key.der", "key.plain.der", "both.pem"})
    void clientKey_thatLibpqCannotRead_isWrittenAsPem(String form) throws Exception {
        try (PrivateFiles files = new PrivateFiles(directory)) {
            Map<String, String> libpq = libpq(variables(write(form)), files);

            Path certificate = Path.of(libpq.get("PGSSLCERT"));
            Path key = Path.of(libpq.get("PGSSLKEY"));
            assertThat(certificate).hasContent(CLIENT.certificatePem());
            assertThat(key).hasContent(CLIENT.keyPem());
            for (Path file : List.of(certificate, key)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void clientKey_thatLibpqReads_isPassedOnByName() throws Exception {
        Path key = write("key.plain.pem");

        try (PrivateFiles files = new PrivateFiles(directory)) {
            assertThat(libpq(variables(key), files))
                    .containsEntry("PGSSLKEY", key.toString())
                    .containsEntry("PGSSLCERT", directory.resolve("client.pem").toString());
        }
    }

    @Test
    void clientKey_withAnotherPassword_isRefusedBeforeTheStart() throws Exception {
        Map<String, String> variables = variables(write("store.p12"));
        variables.put("DB_SSLPASSWORD", "another");

        try (PrivateFiles files = new PrivateFiles(directory)) {
            assertThatThrownBy(() -> libpq(variables, files)).isInstanceOf(TlsMaterialException.class);
        }
        Run run = Child.run(directory, variables, "exec", "--", "echo", "started");

        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(78);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("The command was not run: The client key ")
                .contains("cannot be decrypted with the password in DB_SSLPASSWORD. Check DB_SSLPASSWORD.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.p12", "key.pem"})
    void exec_ofPsql_logsInWithTheCertificate(String form) throws Exception {
        boolean hasPsql = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "psql")));
        assumeTrue(hasPsql, "psql is not installed");

        Run run = Child.run(directory, variables(write(form)), "exec", "--", "psql", "-XAtc", "SELECT current_user");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("postgres\n");
    }
}
