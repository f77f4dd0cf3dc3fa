package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

    static Stream<Arguments> good() {
        return Stream.of(
                arguments(List.of(), new Options(false, 8080, false, false)),
                arguments(List.of("--with-parent"), new Options(false, 8080, true, false)),
                arguments(List.of("--serve"), new Options(true, 8080, false, false)),
                arguments(List.of("--serve", "--port", "0"), new Options(true, 0, false, false)),
                arguments(List.of("--port", "65535", "--serve"), new Options(true, 65_535, false, false)),
                arguments(List.of("--help"), new Options(false, 8080, false, true)));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments(List.of("--sevre"), "Unknown option: --sevre."),
                arguments(List.of("--serve", "--port"), "--port needs a number from 0 to 65535."),
                arguments(List.of("--serve", "--port", "65536"), "--port needs a number from 0 to 65535."),
                arguments(List.of("--serve", "--port", "-1"), "--port needs a number from 0 to 65535."),
                arguments(List.of("--port", "8081"), "--port needs --serve."));
    }

    @ParameterizedTest
    @MethodSource("good")
    void parse_knownOptions_areUsed(List<String> arguments, Options expected) {
        assertThat(Options.parse(arguments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void parse_wrongOptions_areRefusedWithTheReason(List<String> arguments, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(arguments))
                .withMessage(message);
    }
}
