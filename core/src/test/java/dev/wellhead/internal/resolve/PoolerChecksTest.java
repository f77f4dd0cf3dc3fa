package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolerChecksTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments(
                        "STATEMENT_TIMEOUT=5s",
                        "Set it for the role on the server: ALTER ROLE ... SET statement_timeout."),
                arguments("LOCK_TIMEOUT=5s", "Set it for the role on the server: ALTER ROLE ... SET lock_timeout."),
                arguments(
                        "IDLE_IN_TRANSACTION_SESSION_TIMEOUT=5s",
                        "Set it for the role on the server: ALTER ROLE ... SET idle_in_transaction_session_timeout."),
                arguments("SCHEMA=ledger", "Set it for the role on the server: ALTER ROLE ... SET search_path."),
                arguments("OPTIONS=-c", "Set each option for the role on the server: ALTER ROLE ... SET."),
                arguments(
                        "READ_ONLY=true",
                        "Set it for the role on the server: ALTER ROLE ... SET default_transaction_read_only."),
                arguments(
                        "TRANSACTION_ISOLATION=TRANSACTION_SERIALIZABLE",
                        "Set it for the role on the server: ALTER ROLE ... SET default_transaction_isolation."),
                arguments("CONNECTION_INIT_SQL=SELECT", "Run it in each transaction that needs it."),
                arguments("PREPARE_THRESHOLD=5", "Set it to 0, or leave it unset, which means 0 behind a pooler."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void setting_incompatibleWithTransactionPooling_isRejectedWithAnAlternative(String variable, String instead) {
        String name = "DB_" + variable.substring(0, variable.indexOf('='));

        assertThat(Resolve.problem("DB_POOLER=pgbouncer DB_" + variable))
                .containsExactly(
                        name + " cannot be used behind pooler 'pgbouncer', because transactions share server sessions.",
                        "From: environment variable " + name,
                        instead);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_READ_ONLY=false", "DB_PREPARE_THRESHOLD=0", "DB_MAXIMUM_POOL_SIZE=50"})
    void setting_thatChangesNoSession_isTaken(String variable) {
        assertThat(Resolve.problems("DB_POOLER=rds-proxy " + variable)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgbouncer", "rds-proxy"})
    void prepareThreshold_behindAPooler_isZero(String pooler) {
        ResolvedSetting threshold = Resolve.settings("DB_POOLER=" + pooler)
                .explain(Settings.PREPARE_THRESHOLD)
                .orElseThrow();

        assertThat(threshold.value()).isEqualTo("0");
        assertThat(threshold.origin()).isEqualTo(new Origin.Derived("follows from pooler '" + pooler + "'"));
    }

    @Test
    void prepareThreshold_withoutAPooler_isTheDriversDefault() {
        assertThat(Resolve.settings("DB_POOLER=none DB_STATEMENT_TIMEOUT=5s").get(Settings.PREPARE_THRESHOLD))
                .isEqualTo(5);
    }
}
