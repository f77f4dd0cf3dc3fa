package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverPropertiesResolveTest {

    private static SettingsRequest request(String name, Map<String, String> variables, Map<String, String> properties) {
        return new SettingsRequest(name, new HashMap<>(variables), properties, null, null, List.of(), List.of(), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_DRIVER_STRINGTYPE | unspecified                                              | environment variable DB_DRIVER_STRINGTYPE
            DB_DRIVER_STRING_TYPE | unspecified                                             | environment variable DB_DRIVER_STRING_TYPE
            DATABASE_URL         | jdbc:postgresql://localhost/app?stringtype=unspecified   | stringtype in environment variable DATABASE_URL
            """)
    void property_inTheEnvironment_isPassedWithItsOrigin(String variable, String text, String origin) {
        DatabaseSettings settings = Resolve.settings(request("default", Map.of(variable, text), Map.of()));

        assertThat(settings.driverProperties()).containsExactly(Map.entry("stringtype", "unspecified"));
        assertThat(settings.all())
                .last()
                .isEqualTo(new ResolvedSetting(
                        "driver.stringtype",
                        "unspecified",
                        settings.explain(Settings.driver("stringtype"))
                                .orElseThrow()
                                .origin(),
                        List.of()));
        assertThat(settings.explain(Settings.driver("stringtype"))
                        .orElseThrow()
                        .origin()
                        .description())
                .isEqualTo(origin);
        assertThat(settings.find(Settings.driver("stringtype"))).contains("unspecified");
        assertThat(settings.toString()).contains("driver.stringtype=unspecified (" + origin + ")");
    }

    @Test
    void property_inEverySource_followsThePrecedence(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"),
                "wellhead.databases.default { driver { autosave = never, unknownLength = 5 } }");
        SettingsRequest request = request(
                        "default",
                        Map.of("DB_DRIVER_AUTOSAVE", "conservative"),
                        Map.of("config.file", file.toString(), "wellhead.databases.default.driver.autosave", "always"))
                .with(Settings.driver("autosave"), "conservative");

        DatabaseSettings settings = Resolve.settings(request);

        assertThat(settings.driverProperties())
                .containsExactly(Map.entry("autosave", "conservative"), Map.entry("unknownLength", "5"));
        ResolvedSetting autosave = settings.explain(Settings.driver("autosave")).orElseThrow();
        assertThat(autosave.origin()).isEqualTo(new Origin.BuilderCall());
        assertThat(autosave.shadowed())
                .extracting(
                        shadowed -> shadowed.value() + " @ " + shadowed.origin().description())
                .containsExactly(
                        "always @ system property wellhead.databases.default.driver.autosave",
                        "conservative @ environment variable DB_DRIVER_AUTOSAVE",
                        "never @ " + file + ":1");
    }

    @Test
    void property_ofANamedDatabase_isItsOwn() {
        Map<String, String> variables =
                Map.of("LEDGER_DB_DRIVER_AUTOSAVE", "always", "DB_DRIVER_AUTOSAVE", "conservative");

        assertThat(Resolve.settings(request("ledger", variables, Map.of())).driverProperties())
                .containsExactly(Map.entry("autosave", "always"));
    }

    @Test
    void property_inUrlAndVariable_contradictionIsRefused() {
        assertThat(Resolve.problem("DATABASE_URL=jdbc:postgresql://localhost/app?autosave=always"
                        + " DB_DRIVER_AUTOSAVE=conservative"))
                .containsExactly(
                        "autosave in DATABASE_URL and DB_DRIVER_AUTOSAVE have different values.",
                        "From: autosave in environment variable DATABASE_URL; environment variable DB_DRIVER_AUTOSAVE",
                        "Keep one of them, or set both to the same value.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_DRIVER_STRINTYPE=varchar          | DB_DRIVER_STRINTYPE is not a setting.           | Did you mean DB_DRIVER_STRINGTYPE?
            DB_DRIVER_CLASS_NAME=org.X           | DB_DRIVER_CLASS_NAME is not a setting.          | Remove it: the driver is always PostgreSQL's.
            DB_DRIVER_SOCKETFACTORY=org.X        | DB_DRIVER_SOCKETFACTORY is not supported: Wellhead creates its own sockets. | Leave it out.
            DB_DRIVER_PREPARETHRESHOLD=0         | DB_DRIVER_PREPARETHRESHOLD is not passed to the driver: prepareThreshold is a setting of Wellhead. | Set prepareThreshold (DB_PREPARE_THRESHOLD) instead.
            DB_DRIVER_AUTOSAVE=sometimes         | DB_DRIVER_AUTOSAVE is 'sometimes', which is not one of its values. | Use one of: always, never, conservative.
            """)
    void variable_thatCannotBePassed_isRefusedByName(String variable, String message, String fix) {
        String key = variable.substring(0, variable.indexOf('='));

        assertThat(Resolve.problem(variable)).containsExactly(message, "From: environment variable " + key, fix);
    }

    @Test
    void builder_propertyThatCannotBePassed_isRefused() {
        SettingsRequest request = request("default", Map.of(), Map.of()).with(Settings.driver("sslfactory"), "org.X");

        assertThat(Resolve.lines(Resolve.problems(request)))
                .startsWith("driver.sslfactory is not supported: Wellhead creates its own TLS connections.");
        assertThat(Resolve.lines(Resolve.problems(
                        request("default", Map.of(), Map.of()).with(Settings.driver("strintype"), "varchar"))))
                .containsExactly(
                        "driver.strintype is not a property of the driver.",
                        "From: set on the builder",
                        "Did you mean driver.stringtype?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            driver { strintype = varchar }   | wellhead.databases.default.driver.strintype is not a property of the driver.
            driver { stringtype = text }     | wellhead.databases.default.driver.stringtype is 'text', which is not one of its values.
            driver { stringtype = [a, b] }   | wellhead.databases.default.driver.stringtype is a list, but one value is expected.
            driver { loggerFile = /x }       | wellhead.databases.default.driver.loggerFile is not supported: logging is configured in one place.
            driver = org.postgresql.Driver   | wellhead.databases.default.driver is a value, but it must be a block.
            """)
    void configurationFile_propertyThatCannotBePassed_isRefused(String content, String message, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"), "wellhead.databases.default { " + content + " }");

        assertThat(Resolve.lines(
                        Resolve.problems(request("default", Map.of(), Map.of("config.file", file.toString())))))
                .startsWith(message, "From: " + file + ":1");
    }

    @Test
    void configurationFile_harmlessValuesAndNull_changeNothing(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"),
                "wellhead.databases.default { driver { gssEncMode = disable, protocolVersion = 3, autosave = null } }");

        assertThat(Resolve.settings(request("default", Map.of(), Map.of("config.file", file.toString())))
                        .driverProperties())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"always, false", "ignore, false", "transaction, true"})
    void readOnlyMode_behindAPooler_isOnlyThatOfTransactions(String mode, boolean permitted) {
        String variables = "DB_POOLER=pgbouncer DB_DRIVER_READ_ONLY_MODE=" + mode;

        assertThat(Resolve.problems(variables).isEmpty()).isEqualTo(permitted);
    }

    @Test
    void settings_withDifferentProperties_areNotEqual() {
        assertThat(Resolve.settings("DB_DRIVER_AUTOSAVE=always"))
                .isEqualTo(Resolve.settings("DB_DRIVER_AUTOSAVE=always"))
                .isNotEqualTo(Resolve.settings("DB_DRIVER_AUTOSAVE=never"))
                .isNotEqualTo(Resolve.settings(""));
    }

    @Test
    void reader_hasThePropertiesToo() {
        DatabaseSettings reader =
                SettingsCompletion.forReader(Resolve.settings("DB_READER_HOST=localhost DB_DRIVER_AUTOSAVE=always"));

        assertThat(reader.driverProperties()).containsExactly(Map.entry("autosave", "always"));
    }
}
