package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolving any environment returns settings or throws {@link ConfigurationException}, and never shows a password. */
class HostileEnvironmentTest {

    private static final String PASSWORD = "hunter2-Recognisable";
    private static final String[] TEXTS = {
        "",
        " ",
        "\0",
        "\t\n",
        "0",
        "-1",
        "65536",
        "5432 ",
        "99999999999999999999999",
        "db",
        "a,b,,c",
        "/tmp",
        "@x",
        "[::1]",
        "::1",
        "größe",
        "\ud800",
        "😀",
        "true",
        "yes",
        "5s",
        "0",
        "-5s",
        "system",
        "verify-full",
        "disable",
        "prefer",
        "iam",
        "pgbouncer",
        "x".repeat(100_000),
        "postgresql://u:" + PASSWORD + "@db/app",
        "jdbc:postgresql://db/app?password=" + PASSWORD,
        "host=db password=" + PASSWORD,
        "{\"username\":\"u\",\"password\":\"" + PASSWORD + "\"}",
        "-----BEGIN%20PRIVATE%20KEY-----%0A" + PASSWORD,
        "tcp://10.0.0.1:5432",
        "../../etc/passwd",
        "${HOME}",
        "%s%n",
        "'; DROP TABLE ledger; --"
    };

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void environment_ofAnyKind_endsInSettingsOrInProblems(long seed) {
        Random random = new Random(seed);
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_PASSWORD", PASSWORD);
        List<String> keys = keys();
        for (int i = random.nextInt(12); i >= 0; i--) {
            environment.put(keys.get(random.nextInt(keys.size())), TEXTS[random.nextInt(TEXTS.length)]);
        }

        String shown;
        try {
            DatabaseSettings settings = SettingsResolver.resolve(SettingsRequest.of("default", environment));
            shown = settings
                    + settings.describe()
                    + settings.warnings()
                    + settings.all()
                    + settings.credentialsSource();
        } catch (ConfigurationException e) {
            shown = e + e.problems().toString();
        }

        assertThat(shown).doesNotContain(PASSWORD).doesNotContain("hunter2").doesNotContain("\0");
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(
                "DATABASE_URL",
                "ENVIRONMENT",
                "PGHOST",
                "PGPORT",
                "PGUSER",
                "PGPASSWORD",
                "PGSERVICE",
                "PGSERVICEFILE",
                "PGPASSFILE",
                "PGSSLMODE",
                "PGCONNECT_TIMEOUT",
                "PGOPTIONS",
                "HOME",
                "HOSTNAME",
                "OTEL_SERVICE_NAME",
                "DB_UNKNOWN",
                "DB_",
                "DB_SERVICE_HOST"));
        for (Setting<?> setting : Settings.all()) {
            if (setting != Settings.PASSWORD) {
                keys.add(setting.variable());
            }
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "ledger", "-", "_", "0", "LEDGER-eu_1"})
    void name_ofAnyValidKind_resolvesInAnEmptyEnvironment(String name) {
        assertThat(Resolve.settings(SettingsRequest.of(name, Map.of())).hostIsDefault())
                .isTrue();
    }

    @Test
    void value_thatIsHuge_isNotRepeatedInTheMessage() {
        ConfigurationException thrown = org.assertj.core.api.Assertions.catchThrowableOfType(
                ConfigurationException.class, () -> Resolve.settings("DB_SSLMODE=" + "x".repeat(1_000_000)));

        assertThat(thrown.getMessage()).hasSizeLessThan(500).contains("DB_SSLMODE is not an SSL mode.");
    }

    @Test
    void request_isACopy_ofTheEnvironmentItWasGiven() {
        Map<String, String> environment = new HashMap<>(Map.of("DB_HOST", "db"));
        SettingsRequest request = SettingsRequest.of("default", environment);

        environment.put("DB_HOST", "other");

        assertThat(Resolve.settings(request).hosts())
                .extracting(HostAndPort::host)
                .containsExactly("db");
        assertThat(Resolve.settings(request)).isEqualTo(Resolve.settings(request));
    }
}
