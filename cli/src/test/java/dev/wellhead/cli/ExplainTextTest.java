package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overview and the summary of {@code explain} for each kind of configuration. */
class ExplainTextTest {

    @Test
    void firstLines_url_answerWhereWhoAndHow() {
        List<String> lines = lines(Map.of("DATABASE_URL", "postgresql://app:correct-horse@127.0.0.1:6432/ledger"));

        assertThat(lines)
                .startsWith(
                        "Database 'default' in environment 'local' can be opened.",
                        "  server  127.0.0.1:6432, database ledger",
                        "  login   app, password in environment variable DATABASE_URL",
                        "  TLS     not encrypted (sslmode disable)",
                        "",
                        "Settings")
                .noneMatch(line -> line.contains("horse"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_PASSWORD|pw|postgres, password in environment variable DB_PASSWORD",
                "DB_PASSWORD_FILE|pom.xml|postgres, password file pom.xml",
                "DB_PASSWORD_COMMAND|vault kv get -field=hunter2|command vault (3 arguments)",
                "DB_SECRET_ID|prod/ledger|secret 'prod/ledger' in AWS Secrets Manager",
                "DB_NAME|shop|postgres, the default password of environment 'local'",
            })
    void login_eachSource_isNamed(String variable, String value, String login) {
        assertThat(lines(Map.of("DB_HOST", "127.0.0.1", variable, value)))
                .anyMatch(line -> line.startsWith("  login ") && line.endsWith(login));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "local", "test"})
    void server_secret_isLeftToTheSecret(String environment) {
        assertThat(lines(Map.of("ENVIRONMENT", environment, "DB_SECRET_ID", "prod/ledger")))
                .contains("  server  in the secret");
    }

    @Test
    void firstLines_warning_areFollowedByIt() {
        List<String> lines =
                lines(Map.of("DB_HOST", "127.0.0.1", "DB_LOCK_TIMEOUT", "10s", "DB_STATEMENT_TIMEOUT", "5s"));

        assertThat(lines.get(0)).isEqualTo("Database 'default' in environment 'local' can be opened, with 1 warning.");
        assertThat(lines.get(4))
                .isEqualTo("Warning: lockTimeout (10s) has no effect, because statementTimeout (5s) is not longer.");
    }

    @Test
    void firstLines_invalidSettings_areTheErrors() {
        List<String> lines = lines(Map.of("DB_HOST", "db", "DB_SSLMODE", "yes", "DB_NAME", "ledger"));

        assertThat(lines)
                .startsWith(
                        "Database 'default' in environment 'local' cannot be opened: 1 error.",
                        "Error: DB_SSLMODE is 'yes', which is not an SSL mode.",
                        "  From: environment variable DB_SSLMODE",
                        "  Use one of: disable, allow, prefer, require, verify-ca, verify-full.",
                        "",
                        "Valid settings")
                .anyMatch(line -> line.startsWith("  name ") && line.contains("ledger"))
                .noneMatch(line -> line.startsWith("A server that vanishes"));
    }

    @Test
    void verdict_severalErrors_areCounted() {
        assertThat(lines(Map.of("DB_PORT", "x", "DB_SSLMODE", "yes")))
                .startsWith("Database 'default' in environment 'local' cannot be opened: 2 errors.");
    }

    @Test
    void settings_overriddenValue_isBelowItsSetting() {
        List<String> lines = lines(Map.of("DB_HOST", "127.0.0.1", "PGHOST", "elsewhere"));

        int host = indexOfLine(lines, "  host ");
        assertThat(lines.get(host)).contains("127.0.0.1").endsWith("DB_HOST");
        assertThat(lines.get(host + 1)).contains("elsewhere").endsWith("overridden: PGHOST");
    }

    @Test
    void settings_withoutAll_areOnlyThoseThatAreSet() {
        List<String> lines = lines(Map.of("DB_MAXIMUM_POOL_SIZE", "7"));

        assertThat(lines)
                .anyMatch(line -> line.startsWith("  maximumPoolSize "))
                .noneMatch(line -> line.startsWith("  port ") || line.startsWith("HikariCP") || line.contains("pgjdbc"))
                .last()
                .asString()
                .endsWith(" other settings have their default. 'wellhead explain --all' shows everything.");
    }

    @Test
    void all_addsDefaultsAndPropertiesAndRepeatsTheVerdict() {
        List<String> lines = lines(Map.of("DB_MAXIMUM_POOL_SIZE", "7"), "--all");

        assertThat(lines).contains("Default settings", "HikariCP properties (times in milliseconds)");
        assertThat(indexOfLine(lines, "  port ")).isGreaterThan(lines.indexOf("Default settings"));
        assertThat(lines).last().isEqualTo(lines.get(0));
    }

    /** Wellhead sets connectTimeout of the driver to 0, because it has a deadline of its own. */
    @Test
    void driverProperties_thatWellheadReplaces_doNotContradictTheSettings() {
        List<String> lines = lines(Map.of("DB_HOST", "127.0.0.1", "DB_CONNECT_TIMEOUT", "7s"), "--all");

        List<String> driver = lines.subList(lines.indexOf("pgjdbc properties"), lines.size());
        assertThat(driver)
                .noneMatch(line -> line.startsWith("  connectTimeout") || line.startsWith("  socketTimeout"))
                .contains(
                        "Wellhead itself applies connectTimeout, socketTimeout. The driver's properties of these names"
                                + " are not used.");
    }

    /** The terminal must not execute the content of a variable. */
    @Test
    void title_escapeSequenceInTheEnvironmentsName_isReplaced() {
        Run run = Run.piped(Map.of("ENVIRONMENT", "a\u001b]0;b\u0007"), "explain");

        assertThat(run.out()).doesNotContain("\u001b").doesNotContain("\u0007");
    }

    private static List<String> lines(Map<String, String> variables, String... options) {
        List<String> arguments = new ArrayList<>(List.of("explain"));
        arguments.addAll(List.of(options));
        return Run.piped(variables, arguments.toArray(new String[0]))
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
