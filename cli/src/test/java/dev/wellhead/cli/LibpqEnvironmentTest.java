package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibpqEnvironmentTest {

    private static final Credentials CREDENTIALS = Credentials.of("app", "p:a\\ss", "configured");

    @TempDir
    Path directory;

    private PrivateFiles files;

    @BeforeEach
    void open() {
        files = new PrivateFiles();
    }

    @AfterEach
    void close() {
        files.close();
    }

    private Map<String, String> libpq(boolean passfile, String... settings) throws Exception {
        Map<String, String> variables = new HashMap<>();
        variables.put("DB_HOST", "127.0.0.1");
        variables.put("DB_NAME", "shop");
        variables.put("DB_USER", "app");
        variables.put("DB_PASSWORD", "other");
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        return new LibpqEnvironment(
                        SettingsResolver.resolve(SettingsRequest.of("default", variables)),
                        CREDENTIALS,
                        files,
                        passfile)
                .variables();
    }

    @Test
    void variables_ofOneServer_areTheSettingsAndTheCredentials() throws Exception {
        assertThat(libpq(false))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PGHOST", "127.0.0.1",
                        "PGPORT", "5432",
                        "PGDATABASE", "shop",
                        "PGUSER", "app",
                        "PGPASSWORD", "p:a\\ss",
                        "PGSSLMODE", "disable",
                        "PGGSSENCMODE", "disable",
                        "PGCHANNELBINDING", "prefer",
                        "PGCONNECT_TIMEOUT", "10"));
    }

    @Test
    void variables_ofSeveralServers_haveTheirRoleAndOrder() throws Exception {
        assertThat(libpq(
                        false,
                        "DB_HOST",
                        "127.0.0.1,::1",
                        "DB_PORT",
                        "5432,5433",
                        "DB_TARGET_SERVER_TYPE",
                        "read-write",
                        "DB_LOAD_BALANCE_HOSTS",
                        "random"))
                .containsEntry("PGHOST", "127.0.0.1,::1")
                .containsEntry("PGPORT", "5432,5433")
                .containsEntry("PGTARGETSESSIONATTRS", "read-write")
                .containsEntry("PGLOADBALANCEHOSTS", "random");
    }

    @Test
    void connectTimeout_inMilliseconds_isRoundedUpToWholeSeconds() throws Exception {
        assertThat(libpq(false, "DB_CONNECT_TIMEOUT", "2500ms")).containsEntry("PGCONNECT_TIMEOUT", "3");
        assertThat(libpq(false, "DB_CONNECT_TIMEOUT", "300ms"))
                .as("libpq's minimum")
                .containsEntry("PGCONNECT_TIMEOUT", "2");
    }

    @Test
    void applicationName_thatIsConfigured_isPassedOn() throws Exception {
        assertThat(libpq(false)).doesNotContainKey("PGAPPNAME");
        assertThat(libpq(false, "DB_APPLICATION_NAME", "shop-service")).containsEntry("PGAPPNAME", "shop-service");
    }

    @Test
    void sessionSettings_areNotPassedOn() throws Exception {
        Map<String, String> variables = libpq(false, "DB_STATEMENT_TIMEOUT", "5s", "DB_SCHEMA", "ledger");

        assertThat(variables).doesNotContainKey("PGOPTIONS");
        assertThat(variables.values()).noneMatch(value -> value.contains("ledger"));
    }

    @Test
    void rootCertificate_thatIsAFile_isUsedDirectly() throws Exception {
        Path root = CertificateAuthority.create("Test CA").writeTo(directory.resolve("root.crt"));

        assertThat(libpq(false, "DB_SSLROOTCERT", root.toString(), "DB_SSLNEGOTIATION", "direct"))
                .containsEntry("PGSSLROOTCERT", root.toString())
                .doesNotContainKeys("PGSSLCRL", "PGSSLCRLDIR")
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLNEGOTIATION", "direct");
    }

    @Test
    void rootCertificate_inDerFormat_isWrittenAsPem() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        Path root = Files.write(
                directory.resolve("root.der"), authority.certificate().getEncoded());

        Map<String, String> variables = libpq(false, "DB_SSLROOTCERT", root.toString());

        assertThat(Path.of(variables.get("PGSSLROOTCERT"))).hasContent(authority.certificatePem());
    }

    @Test
    void revocationLists_arePassedOn() throws Exception {
        assertThat(libpq(false, "DB_SSLROOTCERT", "/root.crt", "DB_SSLCRL", "/root.crl", "DB_SSLCRLDIR", "/lists"))
                .containsEntry("PGSSLCRL", "/root.crl")
                .containsEntry("PGSSLCRLDIR", "/lists");
    }

    @Test
    void pemText_inPlaceOfFiles_isWrittenToFiles() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        IssuedCertificate client = authority.client("app");

        Map<String, String> variables = libpq(
                false,
                "DB_SSLROOTCERT",
                authority.certificatePem(),
                "DB_SSLCERT",
                client.certificatePem(),
                "DB_SSLKEY",
                client.keyPem().replace("\n", "\\n"));

        assertThat(Path.of(variables.get("PGSSLROOTCERT"))).hasContent(authority.certificatePem());
        assertThat(Path.of(variables.get("PGSSLCERT"))).hasContent(client.certificatePem());
        assertThat(Path.of(variables.get("PGSSLKEY"))).hasContent(client.keyPem());
    }

    @Test
    void password_thatDoesNotExist_isNotPassedOn() throws Exception {
        Map<String, String> variables = new LibpqEnvironment(
                        SettingsResolver.resolve(SettingsRequest.of("default", Map.of("DB_AUTH", "none"))),
                        Credentials.withoutPassword("app", "configured"),
                        files,
                        true)
                .variables();

        assertThat(variables).containsEntry("PGUSER", "app").doesNotContainKeys("PGPASSWORD", "PGPASSFILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "ab\n", "ab\r"})
    void password_withALineBreak_isPassedOnInTheVariableOnly(String password) throws Exception {
        Credentials credentials = Credentials.of("app", password, "configured");
        DatabaseSettings settings = SettingsResolver.resolve(SettingsRequest.of("default", Map.of()));

        assertThat(new LibpqEnvironment(settings, credentials, files, false).variables())
                .containsEntry("PGPASSWORD", password);
        assertThatThrownBy(() -> new LibpqEnvironment(settings, credentials, files, true).variables())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The password contains a line break, which a password file of libpq cannot contain. Use exec"
                                + " without --passfile, which passes the password in PGPASSWORD.");
    }

    @Test
    void passfile_holdsTheEscapedPasswordInsteadOfTheVariable() throws Exception {
        Map<String, String> variables = libpq(true);

        assertThat(variables).doesNotContainKey("PGPASSWORD");
        assertThat(Path.of(variables.get("PGPASSFILE"))).hasContent("*:*:*:*:p\\:a\\\\ss\n");
        files.close();
        assertThat(Files.exists(Path.of(variables.get("PGPASSFILE")))).isFalse();
    }
}
