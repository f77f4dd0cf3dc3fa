package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overview and the summary of {@code explain} for each kind of configuration. */
class ExplainTextTest {

    @Test
    void overview_url_namesServerUserAndSource() {
        List<String> lines = lines(Map.of("DATABASE_URL", "postgresql://app:correct-horse@127.0.0.1:6432/ledger"));

        assertThat(lines)
                .contains(
                        "Database 'default' in environment 'local'",
                        "  servers       127.0.0.1:6432",
                        "  database      ledger",
                        "  user          app",
                        "  credentials   password in environment variable DATABASE_URL",
                        "  certificates  not verified")
                .noneMatch(line -> line.contains("horse"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_PASSWORD|pw|password in environment variable DB_PASSWORD",
                "DB_PASSWORD_FILE|pom.xml|password file pom.xml",
                "DB_PASSWORD_COMMAND|vault kv get -field=hunter2|command vault (3 arguments)",
                "DB_SECRET_ID|prod/ledger|secret 'prod/ledger' in AWS Secrets Manager",
            })
    void overview_eachSource_isNamed(String variable, String value, String credentials) {
        assertThat(lines(Map.of("DB_HOST", "127.0.0.1", variable, value))).contains("  credentials   " + credentials);
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "local", "test"})
    void overview_secret_leavesTheServerToTheSecret(String environment) {
        assertThat(lines(Map.of("ENVIRONMENT", environment, "DB_SECRET_ID", "prod/ledger")))
                .contains(
                        "  servers       in the secret",
                        "  database      in the secret",
                        "  user          in the secret");
    }

    @Test
    void overview_invalidSettings_showsWhatIsKnown() {
        List<String> lines = lines(Map.of("DB_HOST", "db", "DB_SSLMODE", "yes", "DB_NAME", "ledger"));

        assertThat(lines)
                .contains(
                        "  servers      db:5432",
                        "  database     ledger",
                        "  credentials  unknown",
                        "The database cannot be opened: 1 error.")
                .noneMatch(line -> line.startsWith("  certificates"))
                .noneMatch(line -> line.startsWith("HikariCP properties"));
    }

    @Test
    void settings_overriddenValue_isBelowItsSetting() {
        List<String> lines = lines(Map.of("DB_HOST", "127.0.0.1", "PGHOST", "elsewhere"));

        int host = indexOfLine(lines, "  host ");
        assertThat(lines.get(host)).contains("127.0.0.1").contains("environment variable DB_HOST");
        assertThat(lines.get(host + 1)).contains("elsewhere").contains("overridden: environment variable PGHOST");
    }

    @Test
    void settings_sections_separateConfiguredFromDefault() {
        List<String> lines = lines(Map.of("DB_MAXIMUM_POOL_SIZE", "7"));

        int defaults = lines.indexOf("Default settings");
        assertThat(lines.indexOf("Configured settings")).isBetween(0, defaults);
        assertThat(indexOfLine(lines, "  maximumPoolSize ")).isLessThan(defaults);
        assertThat(indexOfLine(lines, "  port ")).isGreaterThan(defaults);
    }

    @Test
    void summary_withoutFindings_isPositive() {
        assertThat(lines(Map.of())).contains("The settings are valid.");
    }

    @Test
    void summary_oneWarning_isSingular() {
        assertThat(lines(Map.of("DB_HOST", "127.0.0.1", "DB_LOCK_TIMEOUT", "10s", "DB_STATEMENT_TIMEOUT", "5s")))
                .contains("The settings are valid, with 1 warning.");
    }

    @Test
    void summary_severalErrors_areCounted() {
        assertThat(lines(Map.of("DB_PORT", "x", "DB_SSLMODE", "yes")))
                .contains("The database cannot be opened: 2 errors.");
    }

    /** The terminal must not execute the content of a variable. */
    @Test
    void title_escapeSequenceInTheEnvironmentsName_isReplaced() {
        Run run = Run.piped(Map.of("ENVIRONMENT", "a\u001b]0;b\u0007"), "explain");

        assertThat(run.out()).doesNotContain("\u001b").doesNotContain("\u0007");
    }

    private static List<String> lines(Map<String, String> variables) {
        return Run.piped(variables, "explain")
                .out()
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    private static int indexOfLine(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line starts with " + start + ": " + lines);
    }
}
