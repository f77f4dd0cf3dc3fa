package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationWarningsTest {

    /** {@return the warnings for a strict environment without risks, changed by these settings} */
    private static List<Finding> warnings(String... settings) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "ENVIRONMENT", "production",
                "DB_HOST", "db.internal",
                "DB_NAME", "shop",
                "DB_USER", "app",
                "DB_PASSWORD", "secret",
                "DB_SSLROOTCERT", "/etc/tls/root.crt"));
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        variables.values().removeIf(String::isEmpty);
        return new ConfigurationWarnings(SettingsResolver.resolve(SettingsRequest.of("default", variables))).all();
    }

    private static Finding only(List<Finding> warnings) {
        assertThat(warnings).hasSize(1);
        Finding warning = warnings.get(0);
        assertThat(warning.isError()).isFalse();
        return warning;
    }

    @Test
    void settings_withoutRisks_haveNoWarnings() {
        assertThat(warnings()).isEmpty();
    }

    @Test
    void keepaliveTime_belowTheLimitOfTheNetwork_isAccepted() {
        assertThat(warnings("DB_KEEPALIVE_TIME", "349s")).isEmpty();

        Finding warning = only(warnings("DB_KEEPALIVE_TIME", "350s"));
        assertThat(warning.setting()).isEqualTo("DB_KEEPALIVE_TIME");
        assertThat(warning.code()).isEqualTo("times-do-not-fit");
        assertThat(warning.fixes()).containsExactly("Set DB_KEEPALIVE_TIME to 2m.");
    }

    @Test
    void keepaliveTime_behindRdsProxy_hasALongerLimit() {
        assertThat(warnings("DB_POOLER", "rds-proxy", "DB_KEEPALIVE_TIME", "20m"))
                .isEmpty();
        assertThat(only(warnings("DB_POOLER", "rds-proxy", "DB_KEEPALIVE_TIME", "0"))
                        .message())
                .isEqualTo("keepaliveTime is 0s, but RDS Proxy closes connections that are idle for 30m.");
    }

    @Test
    void keepaliveTime_outsideStrictEnvironments_isNotChecked() {
        assertThat(warnings("ENVIRONMENT", "local", "DB_KEEPALIVE_TIME", "0")).isEmpty();
    }

    @Test
    void maxLifetime_ofConfiguredPasswords_isNotLimitedByRotation() {
        assertThat(warnings("DB_MAX_LIFETIME", "12h")).isEmpty();
        assertThat(only(warnings("DB_PASSWORD", "", "DB_SECRET_ID", "prod/shop", "DB_MAX_LIFETIME", "0"))
                        .fixes())
                .containsExactly("Set DB_MAX_LIFETIME to 30m.");
    }

    @Test
    void connectTimeout_ofSeveralServers_hasToFitIntoConnectionTimeout() {
        String[] hosts = {"DB_HOST", "a.internal,b.internal,c.internal,d.internal"};

        assertThat(only(warnings(hosts)).message())
                .isEqualTo("connectTimeout (10s) for each of 4 servers does not fit into connectionTimeout (30s): each"
                        + " server gets an equal share of it.");
        assertThat(warnings(hosts[0], hosts[1], "DB_CONNECT_TIMEOUT", "5s")).isEmpty();
    }

    @Test
    void targetServerType_primaryOfAList_mayBeReadOnly() {
        String[] list = {"DB_HOST", "a.internal,b.internal"};

        assertThat(warnings(list)).isEmpty();
        assertThat(only(warnings(list[0], list[1], "DB_TARGET_SERVER_TYPE", "primary"))
                        .message())
                .isEqualTo(
                        "targetServerType is primary, which is every server that is no standby. A former primary that is"
                                + " read-only by default is used if no other server accepts writes.");
        assertThat(warnings("DB_TARGET_SERVER_TYPE", "primary")).isEmpty();
    }

    @Test
    void sslMode_withoutEncryption_isAWarningUnlessTheServerIsOnThisMachine() {
        Finding warning = only(warnings("ENVIRONMENT", "local", "DB_SSLROOTCERT", "", "DB_SSLMODE", "prefer"));

        assertThat(warning.code()).isEqualTo("not-encrypted");
        assertThat(warning.message())
                .isEqualTo("The SSL mode is prefer and the server is on another machine: anyone on the network path can"
                        + " read and change the traffic.");
        for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1")) {
            assertThat(warnings("ENVIRONMENT", "local", "DB_SSLROOTCERT", "", "DB_SSLMODE", "prefer", "DB_HOST", host))
                    .as(host)
                    .isEmpty();
        }
        assertThat(warnings(
                        "ENVIRONMENT",
                        "local",
                        "DB_SSLROOTCERT",
                        "",
                        "DB_SSLMODE",
                        "prefer",
                        "DB_HOST",
                        "127.example.com"))
                .as("a name that only looks like an address")
                .hasSize(1);
    }

    @Test
    void lockTimeout_belowStatementTimeout_isAccepted() {
        assertThat(warnings("DB_LOCK_TIMEOUT", "2s", "DB_STATEMENT_TIMEOUT", "5s"))
                .isEmpty();
        assertThat(only(warnings("DB_LOCK_TIMEOUT", "6s", "DB_STATEMENT_TIMEOUT", "5s"))
                        .fixes())
                .containsExactly("Lower DB_LOCK_TIMEOUT.");
    }
}
