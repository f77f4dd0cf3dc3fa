package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import dev.wellhead.internal.pool.roles.PendingEvictions;
import dev.wellhead.internal.pool.roles.WriteRefusals;
import dev.wellhead.internal.pool.rotation.FakePool;
import dev.wellhead.internal.pool.rotation.FakeTimer;
import dev.wellhead.internal.pool.rotation.PoolClock;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvictionRulesTest {

    static Stream<Arguments> states() {
        return Stream.of(
                arguments("write that the server refuses", "25006", Override.CONTINUE_EVICT),
                arguments("ended by idle_session_timeout", "57P05", Override.MUST_EVICT),
                arguments("database dropped", "57P04", Override.MUST_EVICT),
                arguments("ended by idle_in_transaction_session_timeout", "25P03", Override.MUST_EVICT),
                arguments("ended by transaction_timeout", "25P04", Override.MUST_EVICT),
                arguments("unique violation", "23505", Override.CONTINUE_EVICT),
                arguments("statement cancelled", "57014", Override.CONTINUE_EVICT),
                arguments("transaction failed", "25P02", Override.CONTINUE_EVICT),
                arguments("administrator's shutdown is HikariCP's own rule", "57P01", Override.CONTINUE_EVICT),
                arguments("no SQLSTATE", null, Override.CONTINUE_EVICT));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("states")
    void adjudicate_state_decides(String what, @Nullable String state, Override decision) {
        assertThat(new EvictionRules(null).adjudicate(new SQLException(what, state)))
                .isEqualTo(decision);
    }

    @Test
    void adjudicate_readOnlyTransaction_startsAComparison() {
        FakeTimer timer = new FakeTimer();
        WriteRefusals refusals = new WriteRefusals(
                "Database 'ledger'",
                new ReadOnly(),
                new PendingEvictions(new FakePool()),
                new PoolClock.Machine(),
                timer);

        assertThat(new EvictionRules(refusals).adjudicate(new SQLException("write", "25006")))
                .isEqualTo(Override.CONTINUE_EVICT);
        assertThat(timer.pending()).containsExactly(0L);
    }

    private static final class ReadOnly implements WriteRefusals.Comparison {

        @java.lang.Override
        public WriteRefusals.Report reported() {
            return WriteRefusals.Report.READ_ONLY;
        }

        @java.lang.Override
        public int withNewSession() {
            return WriteRefusals.NO_SESSION_ACCEPTS_WRITES;
        }
    }

    @Test
    void adjudicate_methodTheDriverDoesNotHave_keepsTheConnection() {
        SQLException notImplemented = new SQLFeatureNotSupportedException("not implemented", "0A000");

        assertThat(new EvictionRules(null).adjudicate(notImplemented)).isEqualTo(Override.DO_NOT_EVICT);
    }
}
