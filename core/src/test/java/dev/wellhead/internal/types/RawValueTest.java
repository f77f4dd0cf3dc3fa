package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How messages name a value, and what they show of it. */
class RawValueTest {

    private static final Origin VARIABLE = Origin.Variable.of("DB_PORT");

    @Test
    void key_variable_isTheVariable() {
        assertThat(RawValue.of(Settings.PORT, "5432", VARIABLE).key()).isEqualTo("DB_PORT");
    }

    @Test
    void key_partOfAUrl_namesThePart() {
        assertThat(RawValue.of(Settings.PORT, "5432", new Origin.UrlPart("port", "DATABASE_URL"))
                        .key())
                .isEqualTo("port in DATABASE_URL");
    }

    @Test
    void key_configurationFile_isTheSetting() {
        assertThat(RawValue.of(
                                Settings.MAXIMUM_POOL_SIZE,
                                "7",
                                new Origin.ConfigurationLine("application.conf", 3, null))
                        .key())
                .isEqualTo("maximumPoolSize");
    }

    @Test
    void keyAndValue_ordinaryValue_isShown() {
        assertThat(RawValue.of(Settings.PORT, "70000", VARIABLE).keyAndValue()).isEqualTo("DB_PORT is '70000'");
        assertThat(RawValue.of(Settings.PORT, "70000", VARIABLE).keyIs()).isEqualTo("DB_PORT is '70000', which is");
    }

    @Test
    void keyAndValue_sensitiveSetting_isNotShown() {
        RawValue password = RawValue.of(Settings.PASSWORD, "correct-horse", Origin.Variable.of("DB_PASSWORD"));

        assertThat(password.keyAndValue()).isEqualTo("DB_PASSWORD is set");
        assertThat(password.keyIs()).isEqualTo("DB_PASSWORD is");
        assertThat(password.quoted("horse")).isEmpty();
        assertThat(password.toString()).doesNotContain("horse");
    }

    /** With a typing error in the URL, a part of the password can become the host. */
    @Test
    void keyAndValue_partOfAUrl_isNotShown() {
        RawValue host = RawValue.of(Settings.HOST, "horse@db", new Origin.UrlPart("host", "DATABASE_URL"));

        assertThat(host.keyAndValue()).isEqualTo("host in DATABASE_URL is set");
        assertThat(host.quoted("horse")).isEmpty();
    }

    /** The user can have put the URL into the wrong variable. */
    @Test
    void keyAndValue_valueThatMayHoldAPassword_isNotShown() {
        RawValue host = RawValue.of(Settings.HOST, "postgresql://app:horse@db/x", Origin.Variable.of("DB_HOST"));

        assertThat(host.keyAndValue()).isEqualTo("DB_HOST is set");
        assertThat(host.toString()).doesNotContain("horse");
    }

    @Test
    void problem_ofTwoValues_hasBothOrigins() {
        RawValue first = RawValue.of(Settings.PORT, "1", VARIABLE);
        RawValue second = RawValue.of(Settings.HOST, "db", Origin.Variable.of("DB_HOST"));
        Problems problems = new Problems();

        problems.add(ProblemCode.CONFLICTING_VALUES, first, second, "They differ.", "Keep one.");

        assertThat(problems.contains(ProblemCode.CONFLICTING_VALUES)).isTrue();
        assertThat(problems.contains(ProblemCode.INVALID_VALUE)).isFalse();
        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo("DB_PORT");
            assertThat(problem.origins()).isEqualTo(List.of(first.origin(), second.origin()));
            assertThat(problem.fixes()).containsExactly("Keep one.");
        });
    }
}
