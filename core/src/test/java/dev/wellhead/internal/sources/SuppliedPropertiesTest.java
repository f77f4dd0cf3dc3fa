package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.SettingsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The properties of a framework as a source of settings. */
class SuppliedPropertiesTest {

    private static final Map<String, String> VARIABLES = Map.of("DB_HOST", "of-variable", "DB_PASSWORD", "x");

    @Test
    void property_belowTheVariables_isOverridden_andKeepsItsOrigin() {
        DatabaseSettings settings = resolve(VARIABLES, property(Origin.Kind.CONFIGURATION_FILE, "host", "of-file"));

        assertThat(settings.hosts().get(0).host()).isEqualTo("of-variable");
        assertThat(settings.explain(Settings.HOST)
                        .orElseThrow()
                        .shadowed()
                        .get(0)
                        .origin()
                        .description())
                .isEqualTo("wellhead.databases.default.host (application.yml:3)");
    }

    @Test
    void property_aboveTheVariables_overridesThem() {
        DatabaseSettings settings =
                resolve(VARIABLES, property(Origin.Kind.SYSTEM_PROPERTY, "host", "of-command-line"));

        assertThat(settings.hosts().get(0).host()).isEqualTo("of-command-line");
    }

    @Test
    void names_areRelaxed() {
        DatabaseSettings settings = resolve(
                VARIABLES,
                property(Origin.Kind.CONFIGURATION_FILE, "maximum-pool-size", "7"),
                property(Origin.Kind.CONFIGURATION_FILE, "MINIMUM_IDLE", "2"),
                property(Origin.Kind.CONFIGURATION_FILE, "driver.prefer-query-mode", "simple"));

        assertThat(settings.get(Settings.MAXIMUM_POOL_SIZE)).isEqualTo(7);
        assertThat(settings.get(Settings.MINIMUM_IDLE)).isEqualTo(2);
        assertThat(settings.driverProperties()).containsEntry("preferQueryMode", "simple");
    }

    @Test
    void url_isTakenApart_withTheRankOfItsProperty() {
        DatabaseSettings settings = resolve(
                VARIABLES,
                property(Origin.Kind.CONFIGURATION_FILE, "url", "jdbc:postgresql://of-url:5433/shop?connectTimeout=3"));

        assertThat(settings.hosts().get(0).host()).isEqualTo("of-variable");
        assertThat(settings.databaseName()).isEqualTo("shop");
        assertThat(settings.explain(Settings.PORT).orElseThrow().origin().description())
                .isEqualTo("port in wellhead.databases.default.url (application.yml:3)");
    }

    @Test
    void unknownName_isAProblem_withTheNearestName() {
        Problem problem = onlyProblem(property(Origin.Kind.CONFIGURATION_FILE, "maximum-pool-sise", "7"));

        assertThat(problem.message()).isEqualTo("wellhead.databases.default.maximum-pool-sise is not a setting.");
        assertThat(problem.source())
                .isEqualTo("From: wellhead.databases.default.maximum-pool-sise (application.yml:3)");
        assertThat(problem.fixes()).containsExactly("Did you mean wellhead.databases.default.maximumPoolSize?");
    }

    @Test
    void otherNameOfTheUrl_isAProblem_withTheKeyToUse() {
        Problem problem =
                onlyProblem(property(Origin.Kind.CONFIGURATION_FILE, "jdbc-url", "jdbc:postgresql://db/shop"));

        assertThat(problem.fixes())
                .containsExactly(
                        "Set wellhead.databases.default.url; it accepts postgresql:// and jdbc:postgresql:// URLs.");
    }

    @Test
    void invalidUrl_isAProblem_thatDoesNotShowIt() {
        Problem problem = onlyProblem(
                property(Origin.Kind.CONFIGURATION_FILE, "url", "postgresql://app:pass%zzword@of-url/shop"));

        assertThat(problem.source()).isEqualTo("From: wellhead.databases.default.url (application.yml:3)");
        assertThat(problem.toString()).doesNotContain("pass%zz", "zzword");
    }

    @Test
    void partOfAUrl_isNotQuoted() {
        Problem problem =
                onlyProblem(property(Origin.Kind.CONFIGURATION_FILE, "url", "postgresql://of-url/shop?sslmode=yes"));

        assertThat(problem.toString()).doesNotContain("yes").contains("sslmode in wellhead.databases.default.url");
    }

    @Test
    void variablesOfAFile_areReadAsVariables_withItsRankAndOrigins() {
        DatabaseSettings settings = resolve(
                VARIABLES,
                variables(Map.of(
                        "DATABASE_URL", "postgresql://of-file:5433/shop",
                        "DB_DRIVER_STRINGTYPE", "unspecified",
                        "LEDGER_DB_HOST", "other")));

        assertThat(settings.hosts().get(0).host()).isEqualTo("of-variable");
        assertThat(settings.databaseName()).isEqualTo("shop");
        assertThat(settings.explain(Settings.PORT).orElseThrow().origin().description())
                .isEqualTo("port in DATABASE_URL (.env:7)");
        assertThat(settings.driverProperties()).containsEntry("stringtype", "unspecified");
    }

    @Test
    void variablesOfAFile_areBelowAStrongerSource_andAboveAWeakerOne() {
        DatabaseSettings settings = resolve(
                Map.of("DB_PASSWORD", "x"),
                property(Origin.Kind.CONFIGURATION_FILE, "host", "of-first"),
                variables(Map.of("DB_HOST", "of-second", "DB_NAME", "second")),
                property(Origin.Kind.CONFIGURATION_FILE, "name", "third"));

        assertThat(settings.hosts().get(0).host()).isEqualTo("of-first");
        assertThat(settings.databaseName()).isEqualTo("second");
    }

    @Test
    void variablesOfTwoFiles_thatDisagree_areNoContradiction() {
        DatabaseSettings settings = resolve(
                Map.of("DB_PASSWORD", "x"),
                variables(Map.of("DATABASE_URL", "postgresql://of-profile/shop")),
                variables(Map.of("DB_HOST", "of-base")));

        assertThat(settings.hosts().get(0).host()).isEqualTo("of-profile");
    }

    @Test
    void variableOfAFile_withAnUnknownName_isAProblemWithItsLine() {
        Problem problem = onlyProblem(variables(Map.of("DB_HOTS", "of-file")));

        assertThat(problem.message()).isEqualTo("DB_HOTS is not a setting.");
        assertThat(problem.source()).isEqualTo("From: DB_HOTS (.env:7)");
        assertThat(problem.fixes()).containsExactly("Did you mean DB_HOST?");
    }

    @Test
    void variableOfAFile_thatNamesAMissingFile_isAProblemWithItsLine() {
        Problem problem = onlyProblem(variables(Map.of("DB_USER_FILE", "/run/secrets/nowhere")));

        assertThat(problem.message()).isEqualTo("DB_USER_FILE names /run/secrets/nowhere, which does not exist.");
        assertThat(problem.source()).isEqualTo("From: DB_USER_FILE (.env:7)");
    }

    @Test
    void variableOfAFile_withTheNameOfAnotherProgram_isAWarning() {
        DatabaseSettings settings = resolve(Map.of(), variables(Map.of("POSTGRES_HOST", "of-file")));

        assertThat(settings.warnings()).contains("POSTGRES_HOST is set, but nothing reads it. Did you mean DB_HOST?");
    }

    @Test
    void variableOfLibpq_inAFile_isAWarning_becauseOnlyTheEnvironmentIsReadForLibpq() {
        DatabaseSettings settings = resolve(Map.of(), variables(Map.of("PGHOST", "of-file")));

        assertThat(settings.warnings()).contains("PGHOST is set, but nothing reads it. Did you mean DB_HOST?");
    }

    @Test
    void applicationName_isThatOfTheFramework() {
        assertThat(resolve(VARIABLES).get(Settings.APPLICATION_NAME)).startsWith("orders@");
    }

    private static Problem onlyProblem(SettingsSource.Supplied property) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> resolve(Map.of("DB_PASSWORD", "x"), property));
        assertThat(refused.problems()).hasSize(1);
        return refused.problems().get(0);
    }

    private static SettingsSource.SuppliedProperty property(Origin.Kind kind, String path, String value) {
        Origin origin =
                new Origin.ApplicationProperty("wellhead.databases.default." + path, "", "application.yml", 3, kind);
        return new SettingsSource.SuppliedProperty(path, Sensitive.of(value), origin);
    }

    private static SettingsSource.SuppliedVariables variables(Map<String, String> variables) {
        return new SettingsSource.SuppliedVariables(variables.entrySet().stream()
                .map(variable -> new SettingsSource.SuppliedProperty(
                        variable.getKey(),
                        Sensitive.of(variable.getValue()),
                        new Origin.ApplicationProperty(
                                variable.getKey(), "", ".env", 7, Origin.Kind.CONFIGURATION_FILE)))
                .toList());
    }

    private static DatabaseSettings resolve(Map<String, String> variables, SettingsSource.Supplied... properties) {
        return Databases.builder()
                .settings(new SettingsSource() {

                    @Override
                    public Map<String, String> variables() {
                        return variables;
                    }

                    @Override
                    public List<Supplied> properties(String database) {
                        return new ArrayList<>(List.of(properties));
                    }

                    @Override
                    public Optional<String> applicationName() {
                        return Optional.of("orders");
                    }
                })
                .resolve();
    }
}
