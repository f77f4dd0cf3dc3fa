package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignVariablesTest {

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
                arguments("DB_DRIVER_CLASS_NAME", "Remove it: the driver is always PostgreSQL's."),
                arguments("DB_CONNECTION_TEST_QUERY", "Remove it: the driver checks connections without a query."),
                arguments(
                        "DB_FLUX_CAPACITOR_LEVEL",
                        "Remove it, or rename it if another program reads it: names that start with DB_ are"
                                + " reserved for this database."));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void variable_unknown_isAProblemWithTheMostSimilarName(String variable, String fix) {
        assertThat(Resolve.problem(variable + "=x"))
                .containsExactly(variable + " is not a setting.", "From: environment variable " + variable, fix);
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
