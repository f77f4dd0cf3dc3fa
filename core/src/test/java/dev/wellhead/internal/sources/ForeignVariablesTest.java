package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignVariablesTest {

    private static final String RESERVED =
            "Remove it, or rename it if another program reads it: names that start with DB_ are reserved for this database.";

    static Stream<Arguments> unknown() {
        return Stream.of(
                arguments("DB_HOTS", "Did you mean DB_HOST?"),
                arguments("DB_MAXIMUM_POOLSIZE", "Did you mean DB_MAXIMUM_POOL_SIZE?"),
                arguments("DB_PASWORD", "Did you mean DB_PASSWORD?"),
                arguments("DB_MAX_LIFE_TIME", "Did you mean DB_MAX_LIFETIME?"),
                arguments("DB_USERNAME", "Set DB_USER."),
                arguments("DB_POOL_SIZE", "Set DB_MAXIMUM_POOL_SIZE."),
                arguments("DB_INITIALIZATION_FAIL_TIMEOUT", "Set DB_STARTUP_TIMEOUT."),
                arguments("DB_JDBC_URL", "Set DATABASE_URL; it accepts postgresql:// and jdbc:postgresql:// URLs."),
                arguments("DB_URL", "Set DATABASE_URL; it accepts postgresql:// and jdbc:postgresql:// URLs."),
                arguments(
                        "DB_CONNECTION_STRING",
                        "Set DATABASE_URL; it accepts postgresql:// and jdbc:postgresql:// URLs."),
                arguments("DB_DSN", "Set DATABASE_URL; it accepts postgresql:// and jdbc:postgresql:// URLs."),
                arguments("DB_USER_NAME", "Set DB_USER."),
                arguments("DB_LOGIN", "Set DB_USER."),
                arguments("DB_PASS", "Set DB_PASSWORD."),
                arguments("DB_PASSWD", "Set DB_PASSWORD."),
                arguments("DB_PASSWROD", "Did you mean DB_PASSWORD?"),
                arguments("DB_DATABASE", "Set DB_NAME."),
                arguments("DB_DBNAME", "Set DB_NAME."),
                arguments("DB_SERVER", "Set DB_HOST."),
                arguments("DB_ENDPOINT", "Set DB_HOST."),
                arguments("DB_HOST_2", "Set DB_HOST to all hosts, separated by commas."),
                arguments("DB_READ_HOST", "Set DB_READER_HOST."),
                arguments("DB_LEADER_HOST", "Set DB_HOST."),
                arguments("DB_SCHEMA_NAME", "Set DB_SCHEMA."),
                arguments("DB_SEARCH_PATH", "Set DB_SCHEMA."),
                arguments("DB_MIN_IDLE", "Set DB_MINIMUM_IDLE."),
                arguments("DB_MAX_POOL_SIZE", "Set DB_MAXIMUM_POOL_SIZE."),
                arguments("DB_MAX_CONNECTIONS", "Set DB_MAXIMUM_POOL_SIZE."),
                arguments(
                        "DB_POOL",
                        "Set DB_MAXIMUM_POOL_SIZE to the number of connections, or DB_POOLER to the kind of pooler."),
                arguments(
                        "DB_TIMEOUT",
                        "Set DB_CONNECT_TIMEOUT for opening a connection, DB_CONNECTION_TIMEOUT for waiting for one from"
                                + " the pool, or DB_STATEMENT_TIMEOUT."),
                arguments("DB_SSL", "Set DB_SSLMODE: verify-full or require for TLS, disable for none."),
                arguments("DB_USE_SSL", "Set DB_SSLMODE: verify-full or require for TLS, disable for none."),
                arguments("DB_SSL_CA", "Set DB_SSLROOTCERT."),
                arguments("DB_SSL_KEY", "Did you mean DB_SSLKEY?"),
                arguments(
                        "DB_PASS_FILE",
                        "Set DB_PASSWORD_FILE to a file with the password, or DB_PASSFILE to libpq's password file."),
                arguments("DB_USERNAME_FILE", "Set DB_USER_FILE."),
                arguments("DB_SSL_ROOT_CERT_FILE", "Set DB_SSLROOTCERT."),
                arguments("DB_COLOUR_FILE", RESERVED),
                arguments("DB_SOCKET", "Set DB_HOST: only TCP is supported, and no Unix sockets."),
                arguments("DB_CHARSET", "Remove it: the encoding is always UTF8."),
                arguments("DB_ROOT_PASSWORD", RESERVED),
                arguments("DB_OLD_PASSWORD", RESERVED),
                arguments("DB_ADMIN_USER", RESERVED),
                arguments("DB_SESSION_TIMEOUT", RESERVED),
                arguments("DB_MIGRATE", RESERVED),
                arguments("DB_DRIVER_CLASS_NAME", "Remove it: the driver is always PostgreSQL's."),
                arguments("DB_CONNECTION_TEST_QUERY", "Remove it: the driver checks connections without a query."),
                arguments("DB_FLUX_CAPACITOR_LEVEL", RESERVED));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void variable_unknown_isAProblemWithTheMostSimilarName(String variable, String fix) {
        assertThat(Resolve.problem(variable + "=x"))
                .containsExactly(variable + " is not a setting.", "From: environment variable " + variable, fix);
    }

    /** A password must never be put where it does not belong. */
    @Test
    void suggestion_ofASensitiveSetting_isOnlyForATypingError() {
        for (String before : List.of("ROOT", "ADMIN", "OLD", "NEW", "APP", "READER", "SECRET", "JWT")) {
            for (String name : List.of(before + "_PASSWORD", before + "PASSWORD", "PASSWORD_" + before)) {
                assertThat(Resolve.problem("DB_" + name + "=x"))
                        .as(name)
                        .doesNotContain("Did you mean DB_PASSWORD?", "Did you mean DB_SSLPASSWORD?");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"DB_USERNAME, DB_USER", "DB_HSOT, DB_HOST", "DB_DATABASE, DB_NAME", "DB_PASS, DB_PASSWORD"})
    void variable_misspelt_isTheOnlyProblemAlthoughTheValueIsMissing(String variable, String setting) {
        Map<String, String> variables = new HashMap<>(Resolve.environment(Resolve.STRICT));
        variables.put(variable, variables.remove(setting));

        assertThat(Resolve.problems(SettingsRequest.of("default", variables)))
                .extracting(Problem::setting)
                .containsExactly(variable);
    }

    @Test
    void url_inAMisspeltVariable_isTheOnlyProblem() {
        assertThat(Resolve.problems("ENVIRONMENT=production DB_URL=postgresql://u:p@db/app"))
                .extracting(Problem::setting)
                .containsExactly("DB_URL");
    }

    /** Laravel's variable is the kind of database, but some platforms put the URL there. */
    @Test
    void url_inTheVariableOfAKind_isAProblem() {
        assertThat(Resolve.problem("DB_CONNECTION=postgresql://u:hunter2@db/app"))
                .containsExactly(
                        "DB_CONNECTION is not a setting.",
                        "From: environment variable DB_CONNECTION",
                        "Set DATABASE_URL; it accepts postgresql:// and jdbc:postgresql:// URLs.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            username          | Set wellhead.databases.default.user.
            jdbcUrl           | A URL is read only from the environment variable DATABASE_URL. Here, set host, port, name, user and password.
            maxPoolSize       | Set wellhead.databases.default.maximumPoolSize.
            minimumPoolSize   | Set wellhead.databases.default.minimumIdle.
            initializationFailFast | Set wellhead.databases.default.startupTimeout.
            driverClassName   | Remove it: the driver is always PostgreSQL's.
            rootPassword      | Remove it; the settings are listed in docs/settings.md.
            """)
    void property_withAForeignName_hasTheSameAnswerAsAVariable(String key, String fix) {
        SettingsRequest request = new SettingsRequest(
                "default",
                Map.of(),
                Map.of("wellhead.databases.default." + key, "x"),
                null,
                null,
                List.of(),
                List.of(),
                false);

        assertThat(Resolve.lines(Resolve.problems(request))).endsWith(fix);
    }

    @Test
    void variables_unknown_areReportedTogether() {
        assertThat(Resolve.problems("DB_HOTS=a DB_PROT=1"))
                .extracting(Problem::setting)
                .containsExactly("DB_HOTS", "DB_PROT");
    }

    @Test
    void variable_unknownOfANamedDatabase_isAProblemInItsName() {
        SettingsRequest request = SettingsRequest.of("ledger", Map.of("LEDGER_DB_HOTS", "x", "DB_FLUX", "not ours"));

        assertThat(Resolve.lines(Resolve.problems(request)))
                .containsExactly(
                        "LEDGER_DB_HOTS is not a setting.",
                        "From: environment variable LEDGER_DB_HOTS",
                        "Did you mean LEDGER_DB_HOST?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_SERVICE_HOST=10.0.0.1",
                "DB_SERVICE_PORT=5432",
                "DB_SERVICE_PORT_POSTGRES=5432",
                "DB_PORT_5432_TCP=tcp://10.0.0.1:5432",
                "DB_PORT_5432_TCP_ADDR=10.0.0.1",
                "DB_PORT_5432_TCP_PROTO=tcp",
                "DB_LEDGER_SERVICE_HOST=10.0.0.1",
                "DB_LEDGER_PORT=tcp://10.0.0.1:5432",
                "DB_ENV_POSTGRES_VERSION=16",
                "DB_UNKNOWN=",
                "DBHOST_OF_ANOTHER=x"
            })
    void variable_ofAServiceLinkOrBlank_isIgnored(String variable) {
        assertThat(Resolve.settings(variable).hosts()).hasSize(1);
    }

    @Test
    void port_ofAServiceLink_isAProblemThatNamesKubernetes() {
        assertThat(Resolve.problem("DB_PORT=tcp://10.0.0.1:5432"))
                .containsExactly(
                        "DB_PORT is the address of a Kubernetes service, which is not a port.",
                        "From: environment variable DB_PORT",
                        "Kubernetes sets it for a service with this name. Set enableServiceLinks: false in the pod, or set"
                                + " DB_PORT in the container, which overrides it.");
    }

    @Test
    void port_ofAServiceLinkBesideAUrlWithAPort_isIgnoredWithAWarning() {
        DatabaseSettings settings = Resolve.settings(
                "ENVIRONMENT=local DB_PORT=tcp://10.0.0.1:5432 DATABASE_URL=postgresql://db:6432/app DB_PASSWORD=x");

        assertThat(settings.hosts()).containsExactly(new HostAndPort("db", 6432));
        assertThat(settings.warnings())
                .containsExactly(
                        "DB_PORT is the address of a Kubernetes service and has no effect, because DATABASE_URL has a port.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_DRIVER", "DB_DIALECT", "DB_ENGINE", "DB_TYPE", "DB_CONNECTION"})
    void variable_namingTheKindOfDatabase_isIgnoredWithAWarning(String variable) {
        assertThat(Resolve.settings(variable + "=pgsql").warnings())
                .containsExactly(variable + " has no effect: Wellhead supports only PostgreSQL.");
    }
}
