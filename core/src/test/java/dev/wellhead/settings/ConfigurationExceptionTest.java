package dev.wellhead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The message for one problem and for several. */
class ConfigurationExceptionTest {

    private static final Problem SSLMODE = Problem.of(
            ProblemCode.INVALID_VALUE,
            "DB_SSLMODE",
            "DB_SSLMODE is 'yes', which is not an SSL mode.",
            List.of(Origin.Variable.of("DB_SSLMODE")),
            List.of("Use one of: disable, allow, prefer, require, verify-ca, verify-full."));

    private static final Problem PASSWORD = new Problem(
            ProblemCode.MISSING_VALUE,
            "DB_PASSWORD",
            "There is no password for user 'app'.",
            List.of(),
            List.of(
                    new Problem.CheckedPlace("DB_PASSWORD", "not set"),
                    new Problem.CheckedPlace("DB_PASSWORD_FILE", "not set"),
                    new Problem.CheckedPlace(".pgpass", "no matching line")),
            List.of("Set one of them.", "Or set DB_SECRET_ID."));

    /** Lists of log lines and alerts show only the first line. */
    @Test
    void message_oneProblem_isInTheFirstLine() {
        assertThat(message(SSLMODE))
                .isEqualTo(
                        """
                        Cannot open the database: DB_SSLMODE is 'yes', which is not an SSL mode.
                          From: environment variable DB_SSLMODE
                          Use one of: disable, allow, prefer, require, verify-ca, verify-full.""");
    }

    @Test
    void message_checkedPlaces_shareEqualResults() {
        assertThat(message(PASSWORD))
                .isEqualTo(
                        """
                        Cannot open the database: There is no password for user 'app'.
                          Checked: DB_PASSWORD, DB_PASSWORD_FILE (not set), .pgpass (no matching line).
                          Set one of them.
                          Or set DB_SECRET_ID.""");
    }

    @Test
    void message_severalProblems_numbersThem() {
        assertThat(message(SSLMODE, PASSWORD))
                .isEqualTo(
                        """
                        Cannot open the database: 2 settings need attention.

                          1. DB_SSLMODE is 'yes', which is not an SSL mode.
                             From: environment variable DB_SSLMODE
                             Use one of: disable, allow, prefer, require, verify-ca, verify-full.

                          2. There is no password for user 'app'.
                             Checked: DB_PASSWORD, DB_PASSWORD_FILE (not set), .pgpass (no matching line).
                             Set one of them.
                             Or set DB_SECRET_ID.
                        """);
    }

    @Test
    void message_problemWithoutSourceAndFix_isOneLine() {
        assertThat(message(Problem.of(ProblemCode.PROVIDER, "DB_SECRET_ID", "It failed.", List.of(), List.of())))
                .isEqualTo("Cannot open the database: It failed.");
    }

    @Test
    void problems_listChangedLater_areKept() {
        List<Problem> problems = new ArrayList<>(List.of(SSLMODE));
        ConfigurationException exception = new ConfigurationException(problems);

        problems.clear();

        assertThat(exception.problems()).containsExactly(SSLMODE);
        assertThat(exception.settings()).isEmpty();
    }

    /** Test frameworks and JMX serialize exceptions; problems are not serializable. */
    @Test
    void serialization_exception_keepsTheMessage() throws Exception {
        ConfigurationException exception = new ConfigurationException(List.of(SSLMODE));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ConfigurationException copy = (ConfigurationException) in.readObject();
            assertThat(copy).hasMessage(exception.getMessage());
            assertThat(copy.problems()).isEmpty();
            assertThat(copy.settings()).isEmpty();
        }
    }

    private static String message(Problem... problems) {
        return String.valueOf(new ConfigurationException(List.of(problems)).getMessage())
                .replace(System.lineSeparator(), "\n");
    }
}
