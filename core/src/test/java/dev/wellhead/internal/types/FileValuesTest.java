package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contents of files in variables for their paths: PEM text is accepted, and nothing that may be secret is shown.
 */
class FileValuesTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Text CA");
    private static final IssuedCertificate CLIENT = AUTHORITY.client("app");
    private static final String SECRET_PART = CLIENT.keyPem().substring(38, 68);

    @Test
    void pemText_inVariables_isAcceptedAndDescribed() {
        DatabaseSettings settings = Resolve.settings(request(Map.of(
                "DB_SSLCERT", CLIENT.certificatePem() + AUTHORITY.certificatePem(),
                "DB_SSLKEY", CLIENT.keyPem(),
                "DB_SSLROOTCERT", AUTHORITY.certificatePem())));

        assertThat(settings.explain(Settings.SSLKEY).orElseThrow().value()).isEqualTo("PEM text (1 private key)");
        assertThat(settings.explain(Settings.SSLCERT).orElseThrow().value()).isEqualTo("PEM text (2 certificates)");
        assertThat(settings.explain(Settings.SSLKEY).orElseThrow().origin().description())
                .isEqualTo("environment variable DB_SSLKEY");
        assertThat(settings.trustAnchors().orElseThrow()).hasToString("root certificates in PEM text (1 certificate)");
        assertThat(settings.toString() + settings.describe() + settings.all()).doesNotContain(SECRET_PART, "BEGIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", " ", "\r\n"})
    void pemText_withReplacedLineBreaks_isAccepted(String lineBreak) {
        String text = CLIENT.keyPem().replace("\n", lineBreak);

        DatabaseSettings settings = Resolve.settings(
                request(Map.of("DB_SSLCERT", CLIENT.certificatePem().replace("\n", lineBreak), "DB_SSLKEY", text)));

        assertThat(settings.get(Settings.SSLKEY)).hasToString("PEM text (1 private key)");
    }

    @Test
    void pemText_inAUrl_isAcceptedWithItsOrigin() {
        String url = "postgresql://app@db/app?sslkey=" + encoded(CLIENT.keyPem()) + "&sslcert="
                + encoded(CLIENT.certificatePem()) + "&sslpassword=";

        DatabaseSettings settings = Resolve.settings(SettingsRequest.of("default", Map.of("DATABASE_URL", url)));

        assertThat(settings.explain(Settings.SSLKEY).orElseThrow())
                .returns("PEM text (1 private key)", ResolvedSetting::value)
                .returns("sslkey in environment variable DATABASE_URL", key -> key.origin()
                        .description());
        assertThat(settings.get(Settings.SSLPASSWORD).reveal()).isEmpty();
    }

    @Test
    void pemText_inASystemProperty_overridesAVariable() {
        SettingsRequest request = new SettingsRequest(
                "default",
                Map.of("DB_SSLKEY", "/run/key.pem", "DB_SSLCERT", "/run/cert.pem"),
                Map.of("wellhead.databases.default.sslkey", CLIENT.keyPem()),
                null,
                null,
                List.of(),
                List.of(),
                false);

        assertThat(Resolve.settings(request).explain(Settings.SSLKEY).orElseThrow())
                .returns("PEM text (1 private key)", ResolvedSetting::value)
                .returns("/run/key.pem", key -> key.shadowed().get(0).value());
    }

    @Test
    void settings_withDifferentKeys_areNotEqual() {
        Map<String, String> first = Map.of("DB_SSLCERT", CLIENT.certificatePem(), "DB_SSLKEY", CLIENT.keyPem());
        Map<String, String> second = Map.of(
                "DB_SSLCERT", CLIENT.certificatePem(),
                "DB_SSLKEY", AUTHORITY.client("app").keyPem());

        assertThat(Resolve.settings(request(first)))
                .isEqualTo(Resolve.settings(request(first)))
                .isNotEqualTo(Resolve.settings(request(second)));
    }

    @Test
    void key_inAFormThatIsNotPemText_isRefusedAndNotShown() {
        String base64 = CLIENT.keyPem().replaceAll("-----[A-Z ]+-----|\n", "");
        String twice = Base64.getEncoder().encodeToString(CLIENT.keyPem().getBytes(StandardCharsets.US_ASCII));

        assertThat(refusal("DB_SSLKEY", base64))
                .isEqualTo("DB_SSLKEY is base64 without the lines of PEM text around it.");
        assertThat(refusal("DB_SSLKEY", twice))
                .isEqualTo("DB_SSLKEY is PEM text that is encoded with base64 once more.");
        assertThat(refusal("DB_SSLKEY", CLIENT.keyPem().substring(0, 100)))
                .isEqualTo("DB_SSLKEY is PEM text without a complete block.");
        assertThat(refusal("DB_SSLKEY", CLIENT.keyPem().substring(28)))
                .isEqualTo("DB_SSLKEY is not a path, so it is not shown.");
        assertThat(refusal("DB_SSLKEY", base64.substring(20)))
                .isEqualTo("DB_SSLKEY is neither a path nor PEM text, and may be a key, so it is not shown.");
        assertThat(refusal("DB_SSLKEY", "a".repeat(300))).isEqualTo("DB_SSLKEY is not a path, so it is not shown.");
    }

    static Stream<Arguments> almostKeys() {
        String lines = CLIENT.keyPem().replaceAll("-----[A-Z ]+-----\n?", "").strip();
        String body = lines.replace("\n", "");
        String pem = CLIENT.keyPem().strip();
        return Stream.of("DB_SSLKEY", "DB_SSLCERT", "DB_SSLROOTCERT", "DB_SSLCRL", "DB_SSLCRLDIR", "DB_PASSWORD_FILE")
                .flatMap(variable -> Stream.of(
                                '"' + body + '"',
                                "'" + body + "'",
                                lines.replace("\n", "\\n"),
                                "base64:" + body,
                                "data:application/pkcs8;base64," + body,
                                "----BEGIN PRIVATE KEY---- " + body + " ----END PRIVATE KEY----",
                                "\u2013\u2013BEGIN PRIVATE KEY\u2013\u2013 " + body,
                                pem.replace(" ", "%20").replace("\n", "%0A"),
                                pem.replace(" ", "").replace("\n", ""),
                                "/" + body.substring(0, 63),
                                "/" + body.substring(0, 40) + "/" + body.substring(40),
                                "{\"kty\":\"EC\",\"d\":\"" + body.substring(0, 43) + "\"}",
                                "/{\"d\":\"" + body.substring(0, 43) + "\"}",
                                body.substring(0, 10) + ".pem")
                        .map(value -> arguments(variable, value)));
    }

    @ParameterizedTest
    @MethodSource("almostKeys")
    void key_thatIsNotQuitePemText_isRefusedAndNotShown(String variable, String value) {
        ConfigurationException refused = failure(Map.of(variable, value));

        String part = CLIENT.keyPem().lines().skip(1).findFirst().orElseThrow().substring(0, 10);
        assertThat(refused).isNotNull();
        assertThat(refused.toString() + refused.problems() + refused.settings()).doesNotContain(part);
        assertThat(refused.problems().get(0).message())
                .matches(variable
                        + " is (neither a path nor PEM text|a relative name that is no existing file|not a path)"
                        + "(, and may be (a key|the password itself))?, so it is not shown\\.");
    }

    /** One key in 25 has such long runs of capital or small letters. */
    @Test
    void key_withFewChanges_isNoPath() {
        assertThat(PathText.isPlausible("/MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCDgtydldbdmIZQgqWD"))
                .isFalse();
    }

    @Test
    void key_thatIsOverridden_isNotShown() {
        String body = CLIENT.keyPem().replaceAll("-----[A-Z ]+-----|\n", "");
        SettingsRequest request = request(Map.of("DB_SSLKEY", '"' + body + '"', "DB_SSLCERT", "/run/cert.pem"))
                .with(Settings.SSLKEY, "/run/key.pem");

        assertThat(Resolve.settings(request)
                        .explain(Settings.SSLKEY)
                        .orElseThrow()
                        .shadowed())
                .singleElement()
                .returns("<not valid>", ResolvedSetting.Shadowed::value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/tls/private/ledger/client.key",
                "/var/lib/kubernetes/secrets/database/ledger/clientkey",
                "/Users/Developer/Projects/LedgerService/Secrets/ClientKey1",
                "/run/secrets/PRIVATE_KEY",
                "/home/o'brien/key.pem",
                "/var/lib/docker/volumes/3f1c9d5b7a86e2403f1c9d5b7a86e2403f1c9d5b7a86e2403f1c9d5b7a86e240/root.crt"
            })
    void absolutePath_ofOrdinaryShape_isAPathAndShown(String path) {
        assertThat(Resolve.settings(request(Map.of("DB_SSLROOTCERT", path)))
                        .explain(Settings.SSLROOTCERT)
                        .orElseThrow()
                        .value())
                .isEqualTo(path);
    }

    @Test
    void file_thatExists_isAPathWhateverItsName(@TempDir Path directory) throws Exception {
        Path file = Files.copy(
                Files.writeString(directory.resolve("a"), "x"), directory.resolve("{BEGIN PRIVATE KEY}.pem"));

        assertThat(Resolve.settings(request(Map.of("DB_SSLROOTCERT", file.toString())))
                        .explain(Settings.SSLROOTCERT)
                        .orElseThrow()
                        .value())
                .isEqualTo(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "'"})
    void pemText_inQuotes_isRefusedBecauseOfTheQuotes(String quote) {
        ConfigurationException refused =
                failure(Map.of("DB_SSLKEY", quote + CLIENT.keyPem().strip() + quote));

        assertThat(refused.problems().get(0))
                .returns("DB_SSLKEY is PEM text in quotes, and the quotes are part of the value.", Problem::message)
                .returns(
                        List.of("Remove the quotes. A file for docker --env-file, for example, must not have them."),
                        Problem::fixes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "correct horse", "p@ss/word", "MIIEvg", "pass.word"})
    void passwordFile_thatMayBeThePasswordItself_isRefusedAndNotShown(String password) {
        ConfigurationException refused = failure(Map.of("DB_PASSWORD_FILE", password));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("DB_PASSWORD_FILE is a relative name that is no existing file, and may be the password"
                            + " itself, so it is not shown.");
            assertThat(problem.fixes())
                    .containsExactly(
                            "Write the absolute path of the file.",
                            "If the value is the password itself, it belongs in the setting password (DB_PASSWORD).");
        });
        assertThat(refused.toString() + refused.problems() + refused.settings()).doesNotContain(password);
    }

    @Test
    void passwordFile_withTheContentOfAFile_isRefusedAndNotShown() {
        assertThat(refusal("DB_PASSWORD_FILE", CLIENT.keyPem()))
                .isEqualTo("DB_PASSWORD_FILE is PEM text, not the path of a file.");
        assertThat(refusal("PGPASSFILE", "db:5432:app:app:pw\n"))
                .isEqualTo("PGPASSFILE is not a path, so it is not shown.");
        assertThat(refusal("PGPASSFILE", "hunter2")).startsWith("PGPASSFILE is a relative name");
    }

    @Test
    void passwordFile_overridden_isNotShownIfItMayBeThePassword() {
        SettingsRequest request = Resolve.request("DB_PASSWORD_FILE=hunter2").with(Settings.PASSWORD_FILE, "/run/pw");

        assertThat(Resolve.settings(request)
                        .explain(Settings.PASSWORD_FILE)
                        .orElseThrow()
                        .shadowed())
                .singleElement()
                .returns("<not valid>", ResolvedSetting.Shadowed::value);
    }

    @Test
    void path_absoluteOrExisting_isShown(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("pw"), "pw");

        assertThat(Resolve.settings("DB_PASSWORD_FILE=" + file)
                        .explain(Settings.PASSWORD_FILE)
                        .orElseThrow()
                        .value())
                .isEqualTo(file.toString());
        assertThat(Resolve.settings("DB_PASSWORD_FILE=pom.xml")
                        .explain(Settings.PASSWORD_FILE)
                        .orElseThrow()
                        .value())
                .isEqualTo("pom.xml");
        assertThat(Resolve.problems("DB_SSLROOTCERT=$HOME/root.crt"))
                .extracting(Problem::message)
                .containsExactly("DB_SSLROOTCERT is a path with a variable, which only a shell expands.");
        assertThat(Resolve.problems("DB_SSLROOTCERT=~/root.crt"))
                .extracting(Problem::message)
                .containsExactly("DB_SSLROOTCERT is a path that starts with ~, which only a shell expands.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD_FILE",
                "DB_SECRET_FILE",
                "DB_PASSFILE",
                "DB_SSLROOTCERT",
                "DB_SSLCERT",
                "DB_SSLKEY",
                "DB_SSLCRL",
                "DB_SSLCRLDIR",
                "DB_USER_FILE",
                "DATABASE_URL_FILE",
                "SERVICE_BINDING_ROOT"
            })
    void path_thatSomethingElseExpands_isRefusedWithTheReason(String variable) {
        String home = variable + " is a path that starts with ~, which only a shell expands.";
        String expanded = variable + " is a path with a variable, which only a shell expands.";
        assertThat(message(variable, "~/.postgresql/db")).isEqualTo(home);
        assertThat(message(variable, "~app/.postgresql/db")).isEqualTo(home);
        assertThat(message(variable, "$HOME/db")).isEqualTo(expanded);
        assertThat(message(variable, "/home/$USER/db")).isEqualTo(expanded);
        assertThat(message(variable, "${CREDENTIALS_DIRECTORY}/db")).isEqualTo(expanded);
        assertThat(message(variable, "/run/$(hostname)/db")).isEqualTo(expanded);
        assertThat(message(variable, "%APPDATA%/db")).isEqualTo(expanded);
        assertThat(message(variable, "%d/db"))
                .isEqualTo(
                        variable + " is a path that starts with a specifier of systemd, which is expanded only in unit"
                                + " files.");
        assertThat(failure(Map.of(variable, "${CREDENTIALS_DIRECTORY}/db"))
                        .problems()
                        .get(0)
                        .fixes())
                .containsExactly("In a unit file of systemd, write %d for the directory of the credentials.");
    }

    @Test
    void path_ofLibpqsFiles_isRefusedWithTheReason() {
        for (String variable : List.of("PGSERVICEFILE", "PGSYSCONFDIR")) {
            assertThat(failure(Map.of("PGSERVICE", "ledger", variable, "~/services"))
                            .problems()
                            .get(0)
                            .message())
                    .isEqualTo(variable + " is a path that starts with ~, which only a shell expands.");
        }
    }

    private static String message(String variable, String value) {
        return failure(Map.of(variable, value)).problems().get(0).message();
    }

    private static String refusal(String variable, String value) {
        ConfigurationException refused = failure(Map.of(variable, value));
        assertThat(refused.toString() + refused.problems() + refused.settings()).doesNotContain(SECRET_PART);
        return refused.problems().get(0).message();
    }

    private static ConfigurationException failure(Map<String, String> variables) {
        return catchThrowableOfType(ConfigurationException.class, () -> Resolve.settings(request(variables)));
    }

    private static SettingsRequest request(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("DB_HOST", "db");
        return SettingsRequest.of("default", environment);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
