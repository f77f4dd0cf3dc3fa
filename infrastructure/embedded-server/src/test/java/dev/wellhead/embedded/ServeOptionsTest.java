package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServeOptionsTest {

    @Test
    void options_notGiven_haveTheLocalDefaults() {
        assertThat(ServeOptions.parse(List.of())).isEqualTo(new ServeOptions(5432, null, List.of(), false));
    }

    @Test
    void options_given_areUsed() {
        assertThat(ServeOptions.parse(List.of(
                        "--port", "0", "--data", "some where", "--init-scripts", "a", "--init-scripts", "b.sql")))
                .isEqualTo(new ServeOptions(0, Path.of("some where"), List.of("a", "b.sql"), false));
    }

    static Stream<Arguments> wrong() {
        String port = "--port needs a number from 0 to 65535.";
        return Stream.of(
                Arguments.of(List.of("serve"), "Unknown option: serve."),
                Arguments.of(List.of("--port", "65536"), port),
                Arguments.of(List.of("--port", "-1"), port),
                Arguments.of(List.of("--port", "5432 "), port),
                Arguments.of(List.of("--port"), "--port needs a value."),
                Arguments.of(List.of("--data"), "--data needs a value."),
                Arguments.of(List.of("--init-scripts"), "--init-scripts needs a value."),
                Arguments.of(List.of("--dta", "x"), "Unknown option: --dta."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void main_withAWrongCommandLine_printsTheErrorAndTheUsage(List<String> arguments, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = ServeCommand.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        assertThat(code).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8).lines())
                .startsWith(message, "")
                .containsSequence(ServeOptions.USAGE.lines().toList());
    }

    @Test
    void main_withHelp_printsTheUsage() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = ServeCommand.run(
                List.of("--help"), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        assertThat(code).isZero();
        assertThat(out.toString(UTF_8).strip()).isEqualTo(ServeOptions.USAGE);
        assertThat(err.size()).isZero();
    }
}
