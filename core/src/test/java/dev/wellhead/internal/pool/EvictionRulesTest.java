package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
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
                arguments("write on a server that is no primary any more", "25006", true, Override.MUST_EVICT),
                arguments("write in a pool that is meant to read", "25006", false, Override.CONTINUE_EVICT),
                arguments("ended by idle_session_timeout", "57P05", false, Override.MUST_EVICT),
                arguments("database dropped", "57P04", true, Override.MUST_EVICT),
                arguments("ended by idle_in_transaction_session_timeout", "25P03", true, Override.MUST_EVICT),
                arguments("ended by transaction_timeout", "25P04", true, Override.MUST_EVICT),
                arguments("unique violation", "23505", true, Override.CONTINUE_EVICT),
                arguments("statement cancelled", "57014", true, Override.CONTINUE_EVICT),
                arguments("transaction failed", "25P02", true, Override.CONTINUE_EVICT),
                arguments("administrator's shutdown is HikariCP's own rule", "57P01", true, Override.CONTINUE_EVICT),
                arguments("no SQLSTATE", null, true, Override.CONTINUE_EVICT));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("states")
    void adjudicate_state_decides(String what, @Nullable String state, boolean readWrite, Override decision) {
        assertThat(new EvictionRules(readWrite).adjudicate(new SQLException(what, state)))
                .isEqualTo(decision);
    }

    @Test
    void adjudicate_methodTheDriverDoesNotHave_keepsTheConnection() {
        SQLException notImplemented = new SQLFeatureNotSupportedException("not implemented", "0A000");

        assertThat(new EvictionRules(true).adjudicate(notImplemented)).isEqualTo(Override.DO_NOT_EVICT);
    }
}
