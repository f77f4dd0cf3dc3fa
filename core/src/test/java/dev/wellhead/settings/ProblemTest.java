package dev.wellhead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static final Problem PORT = Problem.of(
            ProblemCode.CONFLICTING_VALUES,
            "DB_PORT",
            "DB_PORT lists 2 ports for 1 host.",
            List.of(Origin.Variable.of("DB_PORT"), new Origin.UrlPart("host", "DATABASE_URL")),
            List.of("Give one port for all hosts."));

    private static final Problem HOST = new Problem(
            ProblemCode.MISSING_VALUE,
            "DB_HOST",
            "There is no host.",
            List.of(),
            List.of(
                    new Problem.CheckedPlace("DB_HOST", "not set"),
                    new Problem.CheckedPlace("DATABASE_URL", "not set"),
                    new Problem.CheckedPlace(".pgpass", "no matching line")),
            List.of("Set one of them.", "Or start a local database."));

    @Test
    void source_severalOrigins_areListed() {
        assertThat(PORT.source())
                .isEqualTo("From: environment variable DB_PORT; host in environment variable DATABASE_URL");
    }

    @Test
    void source_checkedPlacesWithTheSameResult_shareIt() {
        assertThat(HOST.source()).isEqualTo("Checked: DB_HOST, DATABASE_URL (not set), .pgpass (no matching line).");
    }

    @Test
    void source_noOriginAndNoPlace_isEmpty() {
        assertThat(Problem.of(ProblemCode.INVALID_NAME, "name", "The name is blank.", List.of(), List.of())
                        .source())
                .isEmpty();
    }

    @Test
    void message_oneProblem_isTheFirstLine() {
        assertThat(String.valueOf(new ConfigurationException(List.of(HOST)).getMessage())
                        .lines())
                .containsExactly(
                        "Cannot open the database: There is no host.",
                        "  Checked: DB_HOST, DATABASE_URL (not set), .pgpass (no matching line).",
                        "  Set one of them.",
                        "  Or start a local database.");
    }

    @Test
    void message_severalProblems_areNumbered() {
        assertThat(String.valueOf(new ConfigurationException(List.of(HOST, PORT)).getMessage())
                        .lines())
                .containsExactly(
                        "Cannot open the database: 2 settings need attention.",
                        "",
                        "  1. There is no host.",
                        "     Checked: DB_HOST, DATABASE_URL (not set), .pgpass (no matching line).",
                        "     Set one of them.",
                        "     Or start a local database.",
                        "",
                        "  2. DB_PORT lists 2 ports for 1 host.",
                        "     From: environment variable DB_PORT; host in environment variable DATABASE_URL",
                        "     Give one port for all hosts.");
    }

    @Test
    void codes_values_areKebabCaseAndUnique() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::value))
                .allMatch(value -> value.matches("[a-z]+(-[a-z]+)*"))
                .doesNotHaveDuplicates()
                .contains("invalid-value", "missing-value");
    }
}
