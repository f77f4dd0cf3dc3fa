package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATABASE_URL",
                "LEDGER_DATABASE_URL",
                "JDBC_DATABASE_URL",
                "DB_PASSWORD",
                "LEDGER_DB_PASSWORD",
                "db_password",
                "DB_PASSWORD_FILE",
                "DB_SECRET_FILE",
                "DATABASE_URL_FILE",
                "LEDGER_DATABASE_URL_FILE",
                "SERVICE_BINDING_ROOT",
                "DB_PASSFILE",
                "DB_ROOT_PASSWORD",
                "DB_SSLPASSWORD",
                "DB_SSLKEY",
                "DB_SECRET_ID",
                "LEDGER_DB_SECRET_FILE",
                "DB_AUTH",
                "DB_IAM_REGION",
                "CONFIG_FORCE_wellhead_databases_default_password",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "AWS_SECURITY_TOKEN",
                "AWS_ROLE_ARN",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                "AWS_SHARED_CREDENTIALS_FILE"
            })
    void with_variableOfCredentials_isRemovedUnlessKept(String name) {
        assertThat(inherited(name, "value", Set.of(), false)).isFalse();
        assertThat(inherited(name, "value", Set.of(name), false)).isTrue();
        assertThat(inherited(name, "value", Set.of(), true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGPASSWORD", "PGSERVICE", "PGOPTIONS", "PGSSLKEY"})
    void with_variableOfLibpq_isRemovedUnlessKeptByName(String name) {
        assertThat(inherited(name, "value", Set.of(), false)).isFalse();
        assertThat(inherited(name, "value", Set.of(), true)).isFalse();
        assertThat(inherited(name, "value", Set.of(name), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "DB_HOST",
                "DB_KEEPALIVES",
                "DB_MAXIMUM_POOL_SIZE",
                "AWS_REGION",
                "AWS_PROFILE",
                "AWS_EC2_METADATA_DISABLED",
                "PGTZ",
                "PGBACKREST_STANZA",
                "FLYWAY_PASSWORD",
                "GITHUB_TOKEN"
            })
    void with_variableOfSomethingElse_isInherited(String name) {
        assertThat(inherited(name, "value", Set.of(), false)).isTrue();
    }

    /** application.conf can refer to it: {@code password = ${SHOP_LOGIN}}. */
    @Test
    void with_variableWithTheValueOfThePassword_isRemoved() {
        assertThat(inherited("SHOP_LOGIN", "the-password", Set.of(), false)).isFalse();
        assertThat(inherited("SHOP_LOGIN", "the-password", Set.of(), true)).isTrue();
    }

    @Test
    void with_passwordThatIsNoSecret_keepsVariablesWithTheSameValue() {
        ChildEnvironment environment =
                new ChildEnvironment(Map.of("LOGNAME", "postgres", "ENVIRONMENT", "test"), Set.of(), false);

        assertThat(environment.with(Map.of(), "postgres", "postgres")).hasSize(2);
        assertThat(environment.with(Map.of(), "app", "test")).hasSize(2);
    }

    @Test
    void with_jvmOptions_areRemovedIfTheySetPropertiesOfWellhead() {
        assertThat(inherited("JAVA_TOOL_OPTIONS", "-Xmx1g", Set.of(), false)).isTrue();
        assertThat(inherited("JDK_JAVA_OPTIONS", "-Xmx1g -Dwellhead.databases.default.password=x", Set.of(), false))
                .isFalse();
    }

    @Test
    void with_variablesOfLibpq_overrideKeptOnes() {
        assertThat(new ChildEnvironment(Map.of("PGHOST", "other"), Set.of("PGHOST"), true)
                        .with(Map.of("PGHOST", "db"), "app", "the-password"))
                .containsExactly(Map.entry("PGHOST", "db"));
    }

    private static boolean inherited(String name, String value, Set<String> kept, boolean keepsCredentials) {
        return new ChildEnvironment(Map.of(name, value), kept, keepsCredentials)
                .with(Map.of(), "app", "the-password")
                .containsKey(name);
    }
}
