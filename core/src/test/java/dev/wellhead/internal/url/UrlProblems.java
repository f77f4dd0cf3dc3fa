package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Sensitive;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Parses URLs, and compares the problems. */
final class UrlProblems {

    private UrlProblems() {}

    static List<RawValue> parse(String url, Problems problems) {
        return ConnectionUrl.parse(Sensitive.of(url), "DATABASE_URL", Catalogue.DATABASES, problems);
    }

    static List<String> described(List<RawValue> values) {
        return values.stream()
                .map(value -> value.setting().name() + "=" + value.text().reveal())
                .toList();
    }

    /** {@return a URL with its only problem} */
    static Arguments row(String url, String message, String... fixes) {
        return arguments(url, message, List.of(fixes));
    }

    static void assertOnlyProblem(String url, String message, List<String> fixes) {
        Problems problems = new Problems();

        parse(url, problems);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo("DATABASE_URL");
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.source()).startsWith("From: ").endsWith("environment variable DATABASE_URL");
            assertThat(problem.fixes()).isEqualTo(fixes);
        });
    }
}
