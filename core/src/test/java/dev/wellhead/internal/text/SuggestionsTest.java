package dev.wellhead.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SuggestionsTest {

    private static final List<String> KNOWN =
            List.of("host", "port", "user", "password", "passfile", "sslmode", "connectTimeout", "socketTimeout");

    static Stream<Arguments> typed() {
        return Stream.of(
                arguments("a swap of neighbours", "hots", "host"),
                arguments("a missing letter", "pasword", "password"),
                arguments("a letter too many", "sslmodee", "sslmode"),
                arguments("another case", "HOST", "host"),
                arguments("other separators", "connect_timeout", "connectTimeout"),
                arguments("the nearer of two", "sockettimout", "socketTimeout"),
                arguments("the first of two equally near", "pasfile", "passfile"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typed")
    void nearest_slip_findsTheName(String slip, String typed, String expected) {
        assertThat(Suggestions.nearest(typed, KNOWN)).contains(expected);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                arguments("nothing in common", "zzzzzz"),
                arguments("empty", ""),
                arguments("separators alone", "_-."),
                arguments("half of the letters differ", "hoax"),
                arguments("too long to be a slip", "host".repeat(26)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void nearest_stranger_findsNothing(String why, String typed) {
        assertThat(Suggestions.nearest(typed, KNOWN)).isEmpty();
    }

    static Stream<Arguments> distances() {
        return Stream.of(
                arguments("", "", 0),
                arguments("abc", "", 3),
                arguments("abc", "abc", 0),
                arguments("abc", "acb", 1),
                arguments("abc", "abcd", 1),
                arguments("kitten", "sitting", 3),
                arguments("ca", "abc", 3));
    }

    @ParameterizedTest
    @MethodSource("distances")
    void distance_twoNames_countsEdits(String left, String right, int distance) {
        assertThat(Suggestions.distance(left, right)).isEqualTo(distance);
        assertThat(Suggestions.distance(right, left)).isEqualTo(distance);
    }
}
