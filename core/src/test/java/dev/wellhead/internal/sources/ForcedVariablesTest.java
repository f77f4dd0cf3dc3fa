package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedVariablesTest {

    private static final Map<String, String> ENABLED = Map.of("config.override_with_env_vars", "true");
    private static final String HOST = "CONFIG_FORCE_wellhead_databases_default_host";

    private final Problems problems = new Problems();
    private @Nullable SourceContents contents;

    private List<String> read(String name, Map<String, String> variables, Map<String, String> properties) {
        SettingsRequest request = new SettingsRequest(
                name, new HashMap<>(variables), properties, null, null, List.of(), List.of(), false);
        SourceContents read = new SourceReader(request, new DatabaseName(name, Catalogue.DATABASES), problems).read();
        contents = read;
        List<String> described = new ArrayList<>();
        for (RawValue value : read.values()) {
            described.add(value.setting().name() + "=" + value.text().reveal() + " @ "
                    + value.origin().description());
        }
        return described;
    }

    private SourceContents contents() {
        return Objects.requireNonNull(contents);
    }

    @ParameterizedTest
    @CsvSource({
        "default,   CONFIG_FORCE_wellhead_databases_default_host,               host",
        "default,   CONFIG_FORCE_wellhead_databases_default_maximumPoolSize,    maximumPoolSize",
        "ledger,    CONFIG_FORCE_wellhead_databases_ledger_host,                host",
        "ledger-eu, CONFIG_FORCE_wellhead_databases_ledger__eu_host,            host",
        "ledger_eu, CONFIG_FORCE_wellhead_databases_ledger___eu_host,           host",
        "default,   CONFIG_FORCE_wellhead_databases_default_driver_unknownLength, driver.unknownLength"
    })
    void variable_ofASetting_isItsValueWithTheVariableAsOrigin(String name, String variable, String setting) {
        assertThat(read(name, Map.of(variable, "7"), ENABLED))
                .containsExactly(setting + "=7 @ environment variable " + variable);
        assertThat(contents().values().get(0).origin())
                .isEqualTo(new Origin.Variable(variable, Origin.Kind.CONFIGURATION_FILE));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void variable_ofAnotherDatabase_isNotRead() {
        assertThat(read("ledger", Map.of(HOST, "db"), ENABLED)).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void variable_besideOthers_isWeakerThanOurVariablesAndStrongerThanTheFile(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"), "wellhead.databases.default { host = of-file, port = 1 }");
        Map<String, String> properties = new HashMap<>(ENABLED);
        properties.put("config.file", file.toString());
        properties.put("wellhead.databases.default.host", "of-property");

        assertThat(read("default", Map.of(HOST, "forced", "DB_HOST", "of-variable"), properties))
                .containsExactly(
                        "host=of-property @ system property wellhead.databases.default.host",
                        "host=of-variable @ environment variable DB_HOST",
                        "host=forced @ environment variable " + HOST,
                        "host=of-file @ " + file + ":1",
                        "port=1 @ " + file + ":1");
    }

    @Test
    void variable_ofAKeyThatTheFileRefersTo_isTheValueOfTheSubstitution(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"),
                "app.db = of-file\nwellhead.databases.default { host = a, host = ${?app.db} }");
        Map<String, String> properties = new HashMap<>(ENABLED);
        properties.put("config.file", file.toString());

        assertThat(read("default", Map.of("CONFIG_FORCE_app_db", "forced", "CONFIG_FORCE_", "x"), properties))
                .containsExactly("host=forced @ " + file + ":2, from environment variable CONFIG_FORCE_app_db");
    }

    @Test
    void variable_withoutTheSystemProperty_hasNoEffectAndCausesAWarning() {
        assertThat(read("default", Map.of(HOST, "db"), Map.of())).isEmpty();
        assertThat(contents().warnings())
                .contains(HOST + " has no effect, because the system property config.override_with_env_vars is not"
                        + " true.");
    }

    @Test
    void variable_unknownSetting_isRefusedWithASuggestion() {
        read("default", Map.of("CONFIG_FORCE_wellhead_databases_default_hots", "db"), ENABLED);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("CONFIG_FORCE_wellhead_databases_default_hots is not a setting.");
            assertThat(problem.fixes()).containsExactly("Did you mean wellhead.databases.default.host?");
        });
    }

    @Test
    void variable_tooManyUnderscores_isRefused() {
        read("default", Map.of("CONFIG_FORCE_wellhead_databases____default_host", "db"), ENABLED);

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.fixes())
                .containsExactly("Write _ for a dot, __ for a hyphen and ___ for an underscore."));
    }

    @Test
    void variable_blank_countsAsNotSet() {
        assertThat(read("default", Map.of(HOST, " "), ENABLED)).isEmpty();
    }
}
