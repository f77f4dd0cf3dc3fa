package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One fault is one problem: nothing that follows from it is reported as well. Generated from the catalogue. */
class SingleFaultTest {

    private static final Map<String, String> LOCAL = Map.of("ENVIRONMENT", "local", "DB_HOST", "db");

    private static final Map<String, String> STRICT = Map.of(
            "ENVIRONMENT", "production",
            "DB_HOST", "db",
            "DB_NAME", "app",
            "DB_USER", "app",
            "DB_PASSWORD", "pw");

    /** Settings that replace the password. */
    private static final Set<Setting<?>> OTHER_SOURCES = Set.of(
            Settings.PASSWORD_FILE,
            Settings.PASSWORD_COMMAND,
            Settings.SECRET_FILE,
            Settings.SECRET_ID,
            Settings.AUTH,
            Settings.PASSFILE);

    /** Settings that need others, which are then set as well. */
    private static final Map<Setting<?>, Map<String, String>> NEEDED = Map.of(
            Settings.READER_PORT, Map.of("DB_READER_HOST", "replica"),
            Settings.SSLCERT, Map.of("DB_SSLKEY", "/etc/tls/client.key"),
            Settings.SSLKEY, Map.of("DB_SSLCERT", "/etc/tls/client.crt"),
            Settings.SSLPASSWORD, Map.of("DB_SSLCERT", "/etc/tls/client.crt", "DB_SSLKEY", "/etc/tls/client.key"));

    static Stream<Setting<?>> settings() {
        return Settings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_withAnInvalidValue_isTheOnlyProblem(Setting<?> setting) {
        for (Map<String, String> environment : List.of(LOCAL, STRICT)) {
            Map<String, String> variables = new HashMap<>(environment);
            if (OTHER_SOURCES.contains(setting)) {
                variables.remove("DB_PASSWORD");
            }
            variables.putAll(NEEDED.getOrDefault(setting, Map.of()));
            variables.put(setting.variable(), invalid(setting));

            assertOnlyProblem(variables, setting.variable());
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_withAnInvalidValueOnTheBuilder_isTheOnlyProblem(Setting<?> setting) {
        Map<String, String> variables = new HashMap<>(STRICT);
        if (OTHER_SOURCES.contains(setting)) {
            variables.remove("DB_PASSWORD");
        }
        variables.putAll(NEEDED.getOrDefault(setting, Map.of()));

        SettingsRequest request = SettingsRequest.of("default", variables).with(setting, invalid(setting));
        assertThat(Resolve.problems(request)).extracting(Problem::setting).containsExactly(setting.name());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_inQuotesOrWithALineBreak_isNeverAProblemOfAnother(Setting<?> setting) {
        for (String text : List.of("\"true\"", "'5432'", "true\n", "true\r")) {
            Map<String, String> variables = new HashMap<>(STRICT);
            if (OTHER_SOURCES.contains(setting)) {
                variables.remove("DB_PASSWORD");
            }
            variables.putAll(NEEDED.getOrDefault(setting, Map.of()));
            variables.put(setting.variable(), text);

            assertThat(Resolve.problems(SettingsRequest.of("default", variables)))
                    .as(text)
                    .extracting(Problem::setting)
                    .isSubsetOf(setting.variable())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://app:pw@db/app",
                "postgresql://app:p@w@db/app",
                "postgresql://app:p/w@db/app",
                "postgresql://app:pw@db:x/app",
                "postgresql://app:pw@db/app?sslmode=yes",
                "postgresql://app:pw@db/app?colour=red",
                "postgresql://app:[YOUR-PASSWORD]@db/app",
                "\"postgresql://app:pw@db/app\"",
                "postgresql://app:pw@db/app\n",
                "postgresql://app:pw@db,/app"
            })
    void url_invalid_isTheOnlyProblem(String url) {
        for (String environment : List.of("local", "production")) {
            assertOnlyProblem(Map.of("ENVIRONMENT", environment, "DATABASE_URL", url), "DATABASE_URL");
            assertOnlyProblem(
                    Map.of("ENVIRONMENT", environment, "DATABASE_URL", url, "DB_SSLMODE", "verify-full"),
                    "DATABASE_URL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"production\"", "production\n", "postgres://u:p@h/d", "{\"a\":1}"})
    void environment_invalid_isTheOnlyProblem(String name) {
        assertOnlyProblem(Map.of("ENVIRONMENT", name), "ENVIRONMENT");
        assertOnlyProblem(Map.of("ENVIRONMENT", name, "DB_HOST", "db", "DB_SSLMODE", "prefer"), "ENVIRONMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_HOST", "DB_NAME", "DB_USER", "DB_PASSWORD"})
    void setting_missingInAStrictEnvironment_isTheOnlyProblem(String variable) {
        Map<String, String> variables = new HashMap<>(STRICT);
        variables.remove(variable);

        assertOnlyProblem(variables, variable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DB_COLOUR=red", "DB_PORT=tcp://10.0.0.1:5432", "PGDATESTYLE=German", "PGSSLMODE=yes", "PGPORT=x"
            })
    void variable_thatIsNotSupported_isTheOnlyProblem(String variable) {
        Map<String, String> variables = new HashMap<>(STRICT);
        variables.putAll(Resolve.environment(variable));

        assertOnlyProblem(variables, variable.substring(0, variable.indexOf('=')));
    }

    private static void assertOnlyProblem(Map<String, String> variables, String setting) {
        assertThat(Resolve.problems(SettingsRequest.of("default", variables)))
                .as(variables.toString())
                .extracting(Problem::setting)
                .containsExactly(setting);
    }

    private static String invalid(Setting<?> setting) {
        if (setting.kind() == ValueKind.FILE || setting.kind() == ValueKind.FILE_OR_PEM) {
            return "~/file";
        }
        return setting.isSensitive() ? "a\0b" : setting.kind() == ValueKind.LIST ? "a,,b" : "\0";
    }
}
