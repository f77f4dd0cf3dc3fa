package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.CommandLine;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a POSIX shell for blanks, quotes and backslashes, and what only a shell can do. */
class CommandValuesTest {

    static Stream<Arguments> commands() {
        return Stream.of(
                arguments("/opt/print-password", List.of("/opt/print-password")),
                arguments("vault kv get", List.of("vault", "kv", "get")),
                arguments("  a \t b\n c\r\n", List.of("a", "b", "c")),
                arguments("a 'b c' \"d e\"", List.of("a", "b c", "d e")),
                arguments("a '' \"\"", List.of("a", "", "")),
                arguments("a b'c'\"d\"e", List.of("a", "bcde")),
                arguments("a b\\ c", List.of("a", "b c")),
                arguments("a \\'b\\' \\\\", List.of("a", "'b'", "\\")),
                arguments("a 'b\\c' 'd\"e'", List.of("a", "b\\c", "d\"e")),
                arguments("a \"b\\\"c\\\\d\\$e\\`f\"", List.of("a", "b\"c\\d$e`f")),
                arguments("a \"b\\nc'd\"", List.of("a", "b\\nc'd")),
                arguments("a \\\n b", List.of("a", "b")),
                arguments("a '|' \\$B ';' \"<>&()\"", List.of("a", "|", "$B", ";", "<>&()")),
                arguments("a b~ c* d? e=f [g] {h} #i", List.of("a", "b~", "c*", "d?", "e=f", "[g]", "{h}", "#i")),
                arguments("/a=b/c d", List.of("/a=b/c", "d")),
                arguments("'a b' ключ", List.of("a b", "ключ")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void commandLine_isSplitAsAShellDoes(String text, List<String> words) throws Exception {
        assertThat(parse(text).words()).isEqualTo(words);
        assertThat(parse(CommandValues.text(words)).words()).isEqualTo(words);
    }

    static Stream<Arguments> refused() {
        String quote = "No shell runs the command. Quote it, or write a script and set its path.";
        String single = "No shell runs the command. Use single quotes, or write a script and set its path.";
        return Stream.of(
                arguments("a | b", "a command line with '|' outside of quotes, which only a shell interprets", quote),
                arguments("a && b", "a command line with '&' outside of quotes, which only a shell interprets", quote),
                arguments("a; b", "a command line with ';' outside of quotes, which only a shell interprets", quote),
                arguments("a < b", "a command line with '<' outside of quotes, which only a shell interprets", quote),
                arguments("a 2>/b", "a command line with '>' outside of quotes, which only a shell interprets", quote),
                arguments("a $(b)", "a command line with '$' outside of quotes, which only a shell interprets", quote),
                arguments("a $B", "a command line with '$' outside of quotes, which only a shell interprets", quote),
                arguments("a `b`", "a command line with '`' outside of quotes, which only a shell interprets", quote),
                arguments("a (b)", "a command line with '(' outside of quotes, which only a shell interprets", quote),
                arguments(
                        "a \"$B\"", "a command line with '$' in double quotes, which only a shell interprets", single),
                arguments(
                        "~/bin/a",
                        "a command line with a path that starts with ~, which only a shell interprets",
                        "No shell runs the command. Write the whole path."),
                arguments(
                        "A=b c",
                        "a command line with an assignment before the program, which only a shell interprets",
                        "No shell runs the command. Set the variable in the environment of this process, which the"
                                + " program inherits."),
                arguments("a 'b", "a command line whose single quotes are not closed", "Close the quotes."),
                arguments("a \"b", "a command line whose double quotes are not closed", "Close the quotes."),
                arguments(
                        "a \\",
                        "a command line that ends with a backslash",
                        "Remove the backslash, or write two of them."),
                arguments("''", "a command line without a program", "Write a program and its arguments."),
                arguments("'' a", "a command line without a program", "Write a program and its arguments."),
                arguments(
                        "{\"password\": \"s3cret\"}",
                        "JSON or a key, so it is not shown",
                        "Write a program and its arguments."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void commandLine_thatNeedsAShell_isRefused(String text, String message, String fix) {
        InvalidValueException refused = catchThrowableOfType(InvalidValueException.class, () -> parse(text));

        assertThat(refused.getMessage()).isEqualTo(message);
        assertThat(refused.fixes()).containsExactly(fix);
    }

    @Test
    void commandLine_asText_showsNoArgument() throws Exception {
        assertThat(parse("vault kv get -field=x")).hasToString("vault (3 arguments)");
        assertThat(parse("cat /run/pw")).hasToString("cat (1 argument)");
        assertThat(parse("/opt/print-password")).hasToString("/opt/print-password");
        assertThat(parse("hunter2")).hasToString("<not shown>");
    }

    private static CommandLine parse(String text) throws InvalidValueException {
        return SettingValues.parse(Settings.PASSWORD_COMMAND, text);
    }
}
