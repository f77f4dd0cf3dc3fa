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
    void applicationName_isThatOfTheFramework() {
        assertThat(resolve(VARIABLES).get(Settings.APPLICATION_NAME)).startsWith("orders@");
    }

    private static Problem onlyProblem(SettingsSource.SuppliedProperty property) {
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

    private static DatabaseSettings resolve(
            Map<String, String> variables, SettingsSource.SuppliedProperty... properties) {
        return Databases.builder()
                .settings(new SettingsSource() {

                    @Override
                    public Map<String, String> variables() {
                        return variables;
                    }

                    @Override
                    public List<SuppliedProperty> properties(String database) {
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
