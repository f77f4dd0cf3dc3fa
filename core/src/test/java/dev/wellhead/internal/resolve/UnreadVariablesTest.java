package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that nothing reads are a warning if a default is used in their place, and a hint if a value is missing. */
class UnreadVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "JDBC_DATABASE_URL=x, JDBC_DATABASE_URL, DATABASE_URL",
        "SPRING_DATASOURCE_URL=jdbc:postgresql://db/app, SPRING_DATASOURCE_URL, DATABASE_URL",
        "POSTGRES_HOST=db, POSTGRES_HOST, DB_HOST",
        "DATABSE_URL=postgresql://db/app, DATABSE_URL, DATABASE_URL",
        "db_host=db, db_host, DB_HOST",
        "PGHOST_=db, PGHOST_, PGHOST",
        "POSTGRES_USER=app, POSTGRES_USER, DB_USER"
    })
    void warnings_noServerIsConfigured_haveTheRightName(String variables, String variable, String meant) {
        assertThat(Resolve.settings(variables).warnings())
                .containsExactly(variable + " is set, but nothing reads it. Did you mean " + meant + "?");
    }

    @Test
    void warnings_severalVariables_areOneWarningWithoutAValue() {
        assertThat(Resolve.settings("POSTGRES_HOST=db.internal POSTGRES_PASSWORD=hunter2 POSTGRES_USER=app")
                        .warnings())
                .containsExactly(
                        "POSTGRES_HOST, POSTGRES_PASSWORD and POSTGRES_USER are set, but nothing reads them. Did"
                                + " you mean DB_HOST, DB_PASSWORD and DB_USER?");
    }

    /** Platforms and container images set such variables beside those that are read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOST=localhost POSTGRES_PASSWORD=x POSTGRES_URL=postgresql://db/app",
                "DATABASE_URL=postgresql://localhost/app JDBC_DATABASE_URL=x SPRING_DATASOURCE_URL=x",
                "PGHOST=localhost POSTGRES_HOST=localhost",
                "DB_SECRET_ID=prod/ledger POSTGRES_HOST=db",
                "DB_USER=app POSTGRES_USER=app",
                "MONGODB_URI=mongodb://db REDIS_URL=redis://db DB2_HOST=db LEDGER_DB_HOST=db"
            })
    void warnings_theServerIsConfiguredOrTheVariableIsOfAnotherProgram_areEmpty(String variables) {
        assertThat(Resolve.settings(variables).warnings()).isEmpty();
    }

    @Test
    void warnings_namedDatabase_haveOnlyItsOwnVariables() {
        Map<String, String> variables = Map.of(
                "LEDGER_POSTGRES_HOST", "db", "POSTGRES_HOST", "other", "DB_HOST", "other", "LEDGER_DB_NAME", "x");

        assertThat(Resolve.settings(SettingsRequest.of("ledger", variables)).warnings())
                .containsExactly("LEDGER_POSTGRES_HOST is set, but nothing reads it. Did you mean LEDGER_DB_HOST?");
    }

    @Test
    void problems_missingValues_haveTheVariablesThatWereNotRead() {
        List<Problem> problems = Resolve.problems(
                "ENVIRONMENT=production POSTGRES_URL=postgresql://u:hunter2@db/app DATABASE_NAME=app RDS_USERNAME=app"
                        + " POSTGRES_PASSWORD=hunter2");

        assertThat(problems)
                .extracting(problem -> problem.fixes().get(0))
                .containsExactly(
                        "POSTGRES_URL is set, but nothing reads it. Did you mean DATABASE_URL?",
                        "DATABASE_NAME is set, but nothing reads it. Did you mean DB_NAME?",
                        "RDS_USERNAME is set, but nothing reads it. Did you mean DB_USER?",
                        "POSTGRES_PASSWORD is set, but nothing reads it. Did you mean DB_PASSWORD?");
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    /** A URL usually has all of them, so its misspelt name is the only problem. */
    @Test
    void problems_unreadUrl_areOneProblem() {
        assertThat(Resolve.problem("ENVIRONMENT=production DATABSE_URL=postgresql://u:hunter2@db/app"))
                .startsWith("There is no host: DB_HOST is not set.")
                .contains("DATABSE_URL is set, but nothing reads it. Did you mean DATABASE_URL?");
        assertThat(Resolve.problems("ENVIRONMENT=production SPRING_DATASOURCE_URL=jdbc:postgresql://db/app"
                        + " SPRING_DATASOURCE_USERNAME=u SPRING_DATASOURCE_PASSWORD=p"))
                .extracting(Problem::setting)
                .containsExactly("DB_HOST", "DB_USER", "DB_PASSWORD");
    }

    @Test
    void problems_onlyThePasswordIsMissing_haveItsVariable() {
        assertThat(Resolve.problem(
                        "ENVIRONMENT=production DB_HOST=db DB_NAME=app DB_USER=app POSTGRES_PASSWORD=hunter2"))
                .contains("POSTGRES_PASSWORD is set, but nothing reads it. Did you mean DB_PASSWORD?");
    }

    @Test
    void problems_namedDatabaseBesideTheUnnamedOne_haveItsVariable() {
        SettingsRequest request = SettingsRequest.of(
                "ledger",
                Map.of(
                        "ENVIRONMENT",
                        "production",
                        "DB_HOST",
                        "db",
                        "LEDGER_DB_NAME",
                        "a",
                        "LEDGER_DB_USER",
                        "u",
                        "LEDGER_DB_PASSWORD",
                        "p"));

        assertThat(Resolve.lines(Resolve.problems(request)))
                .contains("DB_HOST is set, but it belongs to the unnamed database. Did you mean LEDGER_DB_HOST?");
    }

    @Test
    void unreadHint_valueWithADefault_namesTheVariable() {
        DatabaseSettings settings = Resolve.settings("DB_HOST=db POSTGRES_PASSWORD=x POSTGRES_HOST=db");

        assertThat(SettingsResolver.unreadHint(settings))
                .isEqualTo("POSTGRES_PASSWORD is set, but nothing reads it. Did you mean DB_PASSWORD?");
        assertThat(SettingsResolver.unreadHint(Resolve.settings("DB_HOST=db"))).isEmpty();
    }
}
