package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {

    @Test
    void list_isReadFromItsFirstItem_inWhateverOrderTheSourceHasItsNames() {
        Map<String, Object> commandLine = new LinkedHashMap<>();
        commandLine.put("wellhead.databases.default.host[2]", "c.internal");
        commandLine.put("wellhead.databases.default.host[0]", "a.internal");
        commandLine.put("wellhead.databases.default.host[1]", "b.internal");
        ConfigurableEnvironment environment = environment(Map.of("DB_PASSWORD", "x", "DB_USER", "app"));
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", commandLine));

        assertThat(resolve(environment, null).hosts())
                .extracting(host -> host.host())
                .containsExactly("a.internal", "b.internal", "c.internal");
    }

    @Test
    void placeholderWithoutAValue_doesNotMatter_ifConnectionDetailsOverrideIt() {
        ConfigurableEnvironment environment = environment(Map.of());
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "application.yml",
                        Map.of(
                                "wellhead.databases.default.url", "${SHOP_URL}",
                                "wellhead.databases.default.user", "${SHOP_USER}",
                                "wellhead.databases.default.password", "${SHOP_PASSWORD}")));
        ServiceConnection container =
                ServiceConnection.of("postgres", "jdbc:postgresql://127.0.0.1:5433/shop", "app", "x");

        assertThat(resolve(environment, container).user()).isEqualTo("app");
    }

    @Test
    void placeholderWithoutAValue_isAProblem_ifTheVariableIsBlank() {
        ConfigurableEnvironment environment = environment(Map.of("DB_HOST", " ", "DB_USER", "app"));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "application.yml",
                        Map.of("wellhead.databases.default.host", "${SHOP_HOST}", "DB_USER", "${SHOP_USER}")));

        assertThatThrownBy(() -> resolve(environment, null))
                .hasMessageContaining(
                        "wellhead.databases.default.host has a placeholder that no property source of Spring has.");
    }

    @Test
    void connectionDetails_replaceAllServers_andTheWayToLogIn() {
        ConfigurableEnvironment environment = environment(Map.of(
                "DB_READER_HOST", "replica.internal",
                "DB_MIGRATION_PORT", "6432",
                "DB_AUTH", "none"));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "application.yml",
                        Map.of(
                                "wellhead.databases.default.reader-port", "5444",
                                "wellhead.databases.default.migration.host", "direct.internal")));
        ServiceConnection container =
                ServiceConnection.of("postgres", "jdbc:postgresql://127.0.0.1:5433/shop", "app", "x");

        DatabaseSettings settings = resolve(environment, container);

        assertThat(settings.explain(Settings.READER_HOST)).isEmpty();
        assertThat(settings.explain(Settings.READER_PORT)).isEmpty();
        assertThat(settings.explain(Settings.MIGRATION_HOST)).isEmpty();
        assertThat(settings.explain(Settings.MIGRATION_PORT)).isEmpty();
        assertThat(settings.get(Settings.AUTH)).isEqualTo("password");
    }

    @Test
    void connectionDetails_replaceServersInFilesToo() {
        // neither file exists
        ConfigurableEnvironment environment = environment(Map.of("DB_READER_HOST_FILE", "/missing/reader"));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(".env", Map.of("DB_MIGRATION_HOST_FILE", "/missing/migration")));
        ServiceConnection container =
                ServiceConnection.of("postgres", "jdbc:postgresql://127.0.0.1:5433/shop", "app", "x");

        DatabaseSettings settings = resolve(environment, container);

        assertThat(settings.explain(Settings.READER_HOST)).isEmpty();
        assertThat(settings.explain(Settings.MIGRATION_HOST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL_FILE", "DB_USER_FILE", "DB_PASSWORD_FILE"})
    void importedVariableOfAFile_whosePlaceholderHasNoValue_isAProblem(String variable) {
        ConfigurableEnvironment environment = environment(Map.of("DB_HOST", "127.0.0.1"));
        environment.getPropertySources().addLast(new MapPropertySource(".env", Map.of(variable, "${SECRETS}/file")));

        assertThatThrownBy(() -> resolve(environment, null))
                .hasMessageContaining(variable + " has a placeholder that no property source of Spring has.");
    }

    @Test
    void importedVariables_includePropertiesOfTheDriver() {
        ConfigurableEnvironment environment = environment(Map.of());
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        ".env",
                        Map.of(
                                "DATABASE_URL", "postgresql://app:x@127.0.0.1/shop",
                                "DB_DRIVER_STRINGTYPE", "unspecified")));

        assertThat(resolve(environment, null).driverProperties()).containsEntry("stringtype", "unspecified");
    }

    @Test
    void urlOfSpring_isNoContradiction_whileASecretMayNameTheHost() {
        ConfigurableEnvironment environment = environment(
                Map.of("DB_SECRET_ID", "prod/shop", "SPRING_DATASOURCE_URL", "jdbc:postgresql://db.internal/shop"));

        assertThatCode(() -> new SpringDataSourceProperties(environment, PropertyNames.of(environment))
                        .check(builder(environment, null)))
                .doesNotThrowAnyException();
    }

    @Test
    void urlOfSpring_isComparedWithoutItsParameters() {
        ConfigurableEnvironment environment = environment(Map.of(
                "DATABASE_URL", "postgresql://app:x@127.0.0.1/shop",
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:5432/shop?loggerLevel=OFF"));

        assertThatCode(() -> new SpringDataSourceProperties(environment, PropertyNames.of(environment))
                        .check(builder(environment, null)))
                .doesNotThrowAnyException();
    }

    @Test
    void variableOfAnUnknownDatabase_isAProblem() {
        PropertyNames names = PropertyNames.of(environment(Map.of(
                "WELLHEAD_DATABASES_DEFUALT_PORT", "5433",
                "WELLHEAD_DATABASES_DEFAULT_PORT", "5433",
                "WELLHEAD_DATABASES_LEDGEREU_PORT", "5433")));

        assertThat(MisplacedProperties.in(names, Set.of("default", "ledger-eu")))
                .extracting(Problem::message, problem -> problem.fixes().get(0))
                .containsExactly(tuple(
                        "WELLHEAD_DATABASES_DEFUALT_PORT is not a setting.",
                        "Use WELLHEAD_DATABASES_DEFAULT_..., or list the name of its database in"
                                + " wellhead.spring.databases."));
    }

    private static DatabaseSettings resolve(ConfigurableEnvironment environment, @Nullable ServiceConnection service) {
        return builder(environment, service).resolve();
    }

    private static DatabaseBuilder builder(ConfigurableEnvironment environment, @Nullable ServiceConnection service) {
        return Databases.builder()
                .settings(new EnvironmentSettings(environment, PropertyNames.of(environment), service));
    }

    private static ConfigurableEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
        return environment;
    }
}
