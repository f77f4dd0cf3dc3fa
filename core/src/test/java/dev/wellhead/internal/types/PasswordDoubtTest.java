package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.Setting;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordDoubtTest {

    static Stream<Arguments> doubtful() {
        return Stream.of(
                arguments("hunter2\n", PasswordDoubt.LINE_BREAK),
                arguments("hunter2\r", PasswordDoubt.LINE_BREAK),
                arguments("hunter2\r\n", PasswordDoubt.LINE_BREAK),
                arguments("\"hunter2\"", PasswordDoubt.QUOTES),
                arguments("'hunter2'", PasswordDoubt.QUOTES),
                arguments("\u201chunter2\u201d", PasswordDoubt.QUOTES),
                arguments(" hunter2", PasswordDoubt.BLANK),
                arguments("hunter2\t", PasswordDoubt.BLANK),
                arguments("{\"username\":\"app\",\"password\":\"hunter2\"}", PasswordDoubt.JSON),
                arguments("[\"hunter2\"]", PasswordDoubt.JSON),
                arguments("eyJwYXNzd29yZCI6Imh1bnRlcjIifQ==", PasswordDoubt.JSON),
                arguments("$DB_PASSWORD", PasswordDoubt.VARIABLE),
                arguments("$PASSWORD", PasswordDoubt.VARIABLE),
                arguments("${X}", PasswordDoubt.VARIABLE),
                arguments("${db.password}", PasswordDoubt.VARIABLE),
                arguments("$(DB_PASSWORD)", PasswordDoubt.VARIABLE),
                arguments("{{ .Values.password }}", PasswordDoubt.VARIABLE),
                arguments("%DB_PASSWORD%", PasswordDoubt.VARIABLE),
                arguments("{{resolve:secretsmanager:prod/db:SecretString:password}}", PasswordDoubt.SECRET_REFERENCE),
                arguments("arn:aws:secretsmanager:eu-west-1:1:secret:db", PasswordDoubt.SECRET_REFERENCE),
                arguments("vault:secret/data/db#password", PasswordDoubt.SECRET_REFERENCE),
                arguments("secret://db/password", PasswordDoubt.SECRET_REFERENCE),
                arguments("op://prod/db/password", PasswordDoubt.SECRET_REFERENCE),
                arguments("ssm:/prod/db/password", PasswordDoubt.SECRET_REFERENCE),
                arguments("ref+vault://secret/db#/password", PasswordDoubt.SECRET_REFERENCE),
                arguments("projects/1/secrets/db/versions/latest", PasswordDoubt.SECRET_REFERENCE),
                arguments("@Microsoft.KeyVault(SecretUri=https://x)", PasswordDoubt.SECRET_REFERENCE),
                arguments("ENC(abc)", PasswordDoubt.SECRET_REFERENCE),
                arguments("/run/secrets/db-password", PasswordDoubt.SECRET_FILE),
                arguments("hunter2 # the one of staging", PasswordDoubt.COMMENT),
                arguments(
                        "db.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app&X-Amz-Expires=900",
                        PasswordDoubt.TOKEN),
                arguments("<password>", PasswordDoubt.PLACEHOLDER),
                arguments("{your_password}", PasswordDoubt.PLACEHOLDER),
                arguments("[YOUR-PASSWORD]", PasswordDoubt.PLACEHOLDER),
                arguments("your_password", PasswordDoubt.PLACEHOLDER),
                arguments("YOUR_DB_PASSWORD_HERE", PasswordDoubt.PLACEHOLDER),
                arguments("REPLACE_ME", PasswordDoubt.PLACEHOLDER),
                arguments("<redacted>", PasswordDoubt.PLACEHOLDER),
                arguments("********", PasswordDoubt.PLACEHOLDER),
                arguments("xxxxx", PasswordDoubt.PLACEHOLDER),
                arguments("changeme", PasswordDoubt.EXAMPLE),
                arguments("CHANGE_ME", PasswordDoubt.EXAMPLE),
                arguments("aHVudGVyMg==", PasswordDoubt.BASE64),
                arguments("aHVudGVyMgo=", PasswordDoubt.BASE64),
                arguments("aHVudGVyMmh1bnRlcjJo", PasswordDoubt.BASE64));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void of_textThatIsProbablyNotThePassword_hasTheReason(String text, PasswordDoubt doubt) {
        assertThat(PasswordDoubt.of(text)).isEqualTo(doubt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "postgres",
                "password",
                "hunter2",
                "correct horse battery staple",
                "$ecret",
                "$Hunter2",
                "$HUNTER2",
                "pa$$word",
                "p%40ss",
                "50%",
                "{hunter2}",
                "[abc1]",
                "<3 you",
                "it's",
                "\"",
                "a:b/c@d#e?f",
                "vaulted",
                "/hunter2",
                "xxx",
                "**",
                "yourself",
                "todolist",
                "correcthorse",
                "administrator2024"
            })
    void of_possiblePassword_isNull(String text) {
        assertThat(PasswordDoubt.of(text)).isNull();
    }

    /** Seeded, so that the texts are always the same. */
    @Test
    void of_generatedPassword_isNull() {
        String base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 31; j++) {
                text.append(base64.charAt(random.nextInt(base64.length())));
            }
            assertThat(PasswordDoubt.of(text + "=")).as("%s=", text).isNull();
            assertThat(PasswordDoubt.of(text + "A")).as("%sA", text).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void warning_atResolve_hasTheReasonAndNothingOfTheValue(String text, PasswordDoubt doubt) {
        SettingsRequest request = SettingsRequest.of(
                "default",
                Map.of(
                        "ENVIRONMENT", "production",
                        "DB_HOST", "db",
                        "DB_NAME", "app",
                        "DB_USER", "app",
                        "DB_SSLROOTCERT", "system",
                        "DB_PASSWORD", text));

        assertThat(Resolve.settings(request).warnings())
                .containsExactly(doubt.sentence("The value of DB_PASSWORD", Setting::variable))
                .allSatisfy(
                        warning -> assertThat(warning).doesNotContain("hunter2").doesNotContain("aHVu"));
    }

    @Test
    void warning_lineBreak_isASentenceWithItsFix() {
        SettingsRequest request =
                SettingsRequest.of("default", Map.of("DB_HOST", "localhost", "DB_PASSWORD", "hunter2\n"));

        assertThat(Resolve.settings(request).warnings())
                .containsExactly("The value of DB_PASSWORD ends in a line break, and is sent as it is. Remove the line"
                        + " break: printf writes none, and echo writes one. The line ends of Windows also add one.");
    }

    @Test
    void warning_pathOfAFile_namesTheVariableOfTheDatabase() {
        SettingsRequest request = SettingsRequest.of(
                "ledger", Map.of("LEDGER_DB_HOST", "localhost", "LEDGER_DB_PASSWORD", "/run/secrets/password"));

        assertThat(Resolve.settings(request).warnings())
                .containsExactly(
                        "The value of LEDGER_DB_PASSWORD is the path of a file, and is sent as it is. Set the path"
                                + " as passwordFile (LEDGER_DB_PASSWORD_FILE).");
    }

    /** A development database really may have such a password. */
    @Test
    void warning_exampleInALocalEnvironment_isAbsent() {
        assertThat(Resolve.settings("DB_HOST=localhost DB_PASSWORD=changeme").warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGPASSWORD=$DB_PASSWORD", "DATABASE_URL=postgresql://app:$DB_PASSWORD@localhost/app"})
    void warning_otherSource_namesIt(String variable) {
        String key = variable.startsWith("PG") ? "PGPASSWORD" : "password in DATABASE_URL";

        assertThat(Resolve.settings(variable + (key.startsWith("PG") ? " PGHOST=localhost" : ""))
                        .warnings())
                .containsExactly(PasswordDoubt.VARIABLE.sentence("The value of " + key, Setting::variable));
    }
}
