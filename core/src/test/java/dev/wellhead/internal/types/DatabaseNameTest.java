package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that are derived from the name of a database, and the names that have none. */
class DatabaseNameTest {

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({
        "default, DB_MAXIMUM_POOL_SIZE, DATABASE_URL, wellhead.databases.default",
        "ledger, LEDGER_DB_MAXIMUM_POOL_SIZE, LEDGER_DATABASE_URL, wellhead.databases.ledger",
        "ledger-eu, LEDGER_EU_DB_MAXIMUM_POOL_SIZE, LEDGER_EU_DATABASE_URL, wellhead.databases.ledger-eu",
        "ledger_2, LEDGER_2_DB_MAXIMUM_POOL_SIZE, LEDGER_2_DATABASE_URL, wellhead.databases.ledger_2",
        "Default, DEFAULT_DB_MAXIMUM_POOL_SIZE, DEFAULT_DATABASE_URL, wellhead.databases.Default",
    })
    void keys_ofAName_areDerived(String value, String variable, String url, String block) {
        DatabaseName name = DatabaseName.of(value, Catalogue.DATABASES, problems);

        assertThat(problems.isEmpty()).isTrue();
        assertThat(name.variable(Settings.MAXIMUM_POOL_SIZE)).isEqualTo(variable);
        assertThat(name.urlVariable()).isEqualTo(url);
        assertThat(name.block()).isEqualTo(block);
        assertThat(name.isUnnamed()).isEqualTo(value.equals("default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"led.ger", "led ger", "grün", "ledger/eu", "ledger$", "a=b"})
    void of_invalidCharacters_isAProblem(String value) {
        DatabaseName.of(value, Catalogue.DATABASES, problems);

        Problem problem = problems.all().get(0);
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_NAME);
        assertThat(problem.message()).contains("has characters a name cannot have");
        assertThat(problem.fixes())
                .containsExactly("Use letters a to z, digits, _ and -, such as ledger or ledger-eu.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void of_blank_isAProblem(String value) {
        DatabaseName.of(value, Catalogue.DATABASES, problems);

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.message())
                .isEqualTo("The name of the database is blank."));
    }

    /** A caller can pass a URL by mistake. */
    @Test
    void of_aUrl_isNotShown() {
        DatabaseName.of("postgresql://app:correct-horse@db/ledger", Catalogue.DATABASES, problems);

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.message())
                .isEqualTo("The name of the database has characters a name cannot have."));
    }
}
