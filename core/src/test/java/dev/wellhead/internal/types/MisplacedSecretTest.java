package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of a secret in a setting that is not sensitive is a problem, and is not shown. */
class MisplacedSecretTest {

    private static final String SENTINEL = "Qx4Unmistakable";
    private static final String JSON = "{\"username\":\"u\",\"password\":\"" + SENTINEL + "\"}";

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void secretId_withTheSecretItself_isRefusedWithTheFix(String environment) {
        ConfigurationException refused = failure(Map.of("ENVIRONMENT", environment, "DB_SECRET_ID", JSON));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("DB_SECRET_ID is the secret itself, not its name.");
            assertThat(problem.source()).isEqualTo("From: environment variable DB_SECRET_ID");
            assertThat(problem.fixes())
                    .containsExactly(
                            "Write the name or the ARN of the secret. In ECS, set it under environment, not under"
                                    + " secrets.",
                            "If ECS supplies the value of the secret, select its password for DB_PASSWORD:"
                                    + " valueFrom is the ARN, followed by ':password::'.");
        });
        assertNotShown(refused);
    }

    @Test
    void secretId_overridden_isNotShown() {
        SettingsRequest request = SettingsRequest.of("default", Map.of("DB_SECRET_ID", JSON, "DB_HOST", "db"))
                .with(Settings.SECRET_ID, "prod/ledger");

        assertThat(Resolve.settings(request)
                        .explain(Settings.SECRET_ID)
                        .orElseThrow()
                        .shadowed())
                .singleElement()
                .returns("<not valid>", ResolvedSetting.Shadowed::value);
    }

    static Stream<Setting<?>> settings() {
        return Settings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_withJson_isNotShown(Setting<?> setting) {
        List<String> texts = List.of(
                JSON,
                " " + JSON,
                "'" + JSON + "'",
                "{password:" + SENTINEL + "}",
                "{\n  \"password\": \"" + SENTINEL + "\"\n}",
                Base64.getEncoder().encodeToString(JSON.getBytes(StandardCharsets.UTF_8)));
        for (String text : texts) {
            ConfigurationException refused = failure(Map.of(setting.variable(), text));
            if (setting.kind() != ValueKind.SENSITIVE_TEXT) {
                assertThat(refused).as(text).isNotNull();
                assertNotShown(refused);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_SECRET_REGION", "DB_IAM_REGION", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY"})
    void name_withALineBreak_isNotShown(String variable) {
        ConfigurationException refused = failure(Map.of(variable, "user\n" + SENTINEL));

        assertThat(refused.problems())
                .extracting(Problem::message)
                .containsExactly(variable + " is a text with a line break, so it is not shown.");
        assertNotShown(refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u:" + SENTINEL + "@h",
                "db,u:" + SENTINEL + "@h",
                "x://" + SENTINEL,
                "@" + SENTINEL,
                "u:" + SENTINEL,
                "db,u:" + SENTINEL,
                "u:" + SENTINEL + ":5432",
                "[u:" + SENTINEL + "]"
            })
    void host_withAUserOrAUrl_isNotShown(String host) {
        for (String variable : List.of("DB_HOST", "DB_READER_HOST")) {
            assertNotShown(failure(Map.of(variable, host)));
        }
        SettingsRequest request =
                SettingsRequest.of("default", Map.of("DB_HOST", host)).with(Settings.HOST, "db");
        assertThat(Resolve.settings(request)
                        .explain(Settings.HOST)
                        .orElseThrow()
                        .shadowed())
                .first()
                .returns("<not valid>", ResolvedSetting.Shadowed::value);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, SENTINEL, "/" + JSON, "/{password:" + SENTINEL + "}"})
    void serviceFile_thatMayBeASecret_isNotShown(String text) {
        for (String variable : List.of("PGSERVICEFILE", "PGSYSCONFDIR")) {
            ConfigurationException refused = failure(Map.of("PGSERVICE", "shop", variable, text));

            assertThat(refused.toString()).contains("<not shown>");
            assertNotShown(refused);
        }
    }

    @Test
    void serviceFile_thatDoesNotExist_isShown(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("missing.conf");
        Path empty = Files.writeString(directory.resolve("empty.conf"), "");

        assertThat(failure(Map.of("PGSERVICE", "shop", "PGSERVICEFILE", missing.toString()))
                        .getMessage())
                .contains("PGSERVICEFILE names " + missing + ", which does not exist.");
        assertThat(failure(Map.of("PGSERVICE", "shop", "PGSERVICEFILE", empty.toString()))
                        .getMessage())
                .contains(empty + " (does not define it)");
    }

    private static ConfigurationException failure(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("DB_HOST", "db");
        return catchThrowableOfType(
                ConfigurationException.class, () -> Resolve.settings(SettingsRequest.of("default", environment)));
    }

    private static void assertNotShown(ConfigurationException refused) {
        assertThat(refused.toString() + refused.problems() + refused.settings())
                .doesNotContain(SENTINEL)
                .doesNotContain(Base64.getEncoder().encodeToString(JSON.getBytes(StandardCharsets.UTF_8)));
    }
}
