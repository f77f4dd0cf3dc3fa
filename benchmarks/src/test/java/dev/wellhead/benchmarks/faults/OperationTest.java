package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OperationTest {

    @Test
    void line_ofAnAnsweredStatement_isParsed() {
        assertThat(Operation.parse("3\tw\t100\t120\t150\tok\t\t"))
                .isEqualTo(new Operation(3, true, 100, 120, 150, Operation.Outcome.OK, "", ""));
    }

    @Test
    void line_ofAFailedBorrow_isParsedWithItsMessage() {
        Operation operation = Operation.parse("0\tr\t100\t0\t150\tfailed\t08006\tThe server is gone.");

        assertThat(operation.isFailedBorrow()).isTrue();
        assertThat(operation.isLostStatement()).isFalse();
        assertThat(operation.sqlState()).isEqualTo("08006");
        assertThat(operation.message()).isEqualTo("The server is gone.");
    }

    @Test
    void line_ofAnUnansweredStatement_isLost() {
        Operation operation = Operation.parse("0\tr\t100\t120\t0\tpending\t\t");

        assertThat(operation.isLostStatement()).isTrue();
        assertThat(operation.endedOr(900)).isEqualTo(900);
        assertThat(operation.borrowMicros(900)).isEqualTo(20);
    }

    @Test
    void line_withOtherFields_isRejected() {
        assertThatThrownBy(() -> Operation.parse("a\tb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an operation: a\tb");
    }
}
