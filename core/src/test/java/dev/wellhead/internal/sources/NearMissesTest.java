package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables whose names are similar to a variable that would be read, and others that are not. */
class NearMissesTest {

    @ParameterizedTest
    @CsvSource({
        "DATABSE_URL, DATABASE_URL",
        "DATABASE_URI, DATABASE_URL",
        "DBHOST, DB_HOST",
        "BD_HOST, DB_HOST",
        "PGHOTS, PGHOST",
        "PGPASWORD, PGPASSWORD",
        "PGSERVICES, PGSERVICE",
        "ENVIROMENT, ENVIRONMENT",
    })
    void all_similarName_isSuggested(String variable, String suggestion) {
        assertThat(all("default", variable + "=x")).containsExactly(new NearMiss(variable, suggestion, false));
        assertThat(all("default", variable + "=x").get(0).message())
                .isEqualTo(variable + " is set, but nothing reads it. Did you mean " + suggestion + "?");
    }

    /** An unknown variable that begins with DB_ is a problem of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOTS",
                "DB_HOST",
                "PGHOST",
                "PGDATA",
                "PGTZ",
                "PGCLUSTER",
                "DATABASE_URL",
                "ENVIRONMENT",
                "PATH",
                "HOME",
                "JAVA_HOME",
                "LEDGER_DB_HOST",
                "REDIS_URL",
                "ENV"
            })
    void all_knownOrUnrelatedName_isNotReported(String variable) {
        assertThat(all("default", variable + "=x")).isEmpty();
    }

    @Test
    void all_blankVariable_isNotReported() {
        assertThat(new NearMisses(name("default"), java.util.Map.of("DATABSE_URL", "  ")).all())
                .isEmpty();
    }

    @Test
    void all_severalVariables_areInTheOrderOfTheirNames() {
        assertThat(all("default", "PGHOTS=x DBHOST=x ENVIROMENT=x"))
                .extracting(NearMiss::variable)
                .containsExactly("DBHOST", "ENVIROMENT", "PGHOTS");
    }

    @Test
    void all_variableOfTheUnnamedDatabase_isReportedForANamedOne() {
        List<NearMiss> found = all("ledger", "DB_HOST=db");

        assertThat(found).containsExactly(new NearMiss("DB_HOST", "LEDGER_DB_HOST", true));
        assertThat(found.get(0).message())
                .isEqualTo("DB_HOST is set, but it belongs to the unnamed database. Did you mean LEDGER_DB_HOST?");
    }

    @Test
    void all_bothDatabasesConfigured_isNotReported() {
        assertThat(all("ledger", "DB_HOST=db LEDGER_DB_HOST=other")).isEmpty();
    }

    /** libpq's variables apply only to the unnamed database. */
    @Test
    void all_libpqVariableForANamedDatabase_isNotReported() {
        assertThat(all("ledger", "PGHOTS=db")).isEmpty();
    }

    @Test
    void reportSimilarName_otherDatabaseOnly_suggestsTheVariable() {
        Problems problems = new Problems();

        new NearMisses(name("ledger"), Resolve.environment("LEGDER_DB_HOST=db")).reportSimilarName(problems);

        assertThat(Resolve.lines(problems.all()))
                .containsExactly(
                        "Nothing is set for database 'ledger', but LEGDER_DB_HOST is set.",
                        "From: environment variable LEGDER_DB_HOST",
                        "Did you mean LEDGER_DB_HOST?",
                        "If LEGDER_DB_HOST belongs to another database, also set LEDGER_DB_HOST.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BILLING_DB_HOST=db", "LEGDER_DB_COLOUR=red", "DB_HOST=db", "DATABASE_URL=x"})
    void reportSimilarName_unrelatedVariable_isNotReported(String variable) {
        Problems problems = new Problems();

        new NearMisses(name("ledger"), Resolve.environment(variable)).reportSimilarName(problems);

        assertThat(problems.all()).isEmpty();
    }

    private static List<NearMiss> all(String name, String variables) {
        return new NearMisses(name(name), Resolve.environment(variables)).all();
    }

    private static DatabaseName name(String value) {
        return DatabaseName.of(value, new Problems());
    }
}
