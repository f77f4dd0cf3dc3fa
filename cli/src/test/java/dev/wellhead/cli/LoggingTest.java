package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoggingTest {

    static Stream<Arguments> commandLines() {
        return Stream.of(
                Arguments.of(List.of(), false),
                Arguments.of(List.of("doctor", "-v"), true),
                Arguments.of(List.of("doctor", "--verbose"), true),
                Arguments.of(List.of("wait", "--for-query", "SELECT 1", "-v"), true),
                Arguments.of(List.of("exec", "-v", "--", "psql"), true),
                Arguments.of(List.of("exec", "-d", "ledger", "-v", "psql"), true),
                Arguments.of(List.of("exec", "psql", "-v", "X=1"), false),
                Arguments.of(List.of("exec", "--passfile", "-d", "ledger", "psql", "-v", "X=1"), false),
                Arguments.of(List.of("exec", "--", "psql", "-v", "X=1"), false));
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void verbose_isReadOnlyFromOurOwnOptions(List<String> arguments, boolean verbose) {
        assertThat(Logging.isVerbose(arguments)).isEqualTo(verbose);
    }
}
