package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.ServerErrorMessage;

class StartupParameterAdviceTest {

    private static StartupParameterAdvice advice(String state, String message, String variables) {
        ServerErrorMessage answer = new ServerErrorMessage("SFATAL\0C" + state + "\0M" + message + "\0");
        return StartupParameterAdvice.of(answer, Resolve.settings(variables));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            search_path                           | DB_SCHEMA=app                                   | schema           | DB_SCHEMA. Unset it
            options                               | DB_STATEMENT_TIMEOUT=5s                         | statementTimeout | DB_STATEMENT_TIMEOUT. Unset it
            options                               | DB_STATEMENT_TIMEOUT=5s DB_LOCK_TIMEOUT=1s DB_READ_ONLY=true | statementTimeout lockTimeout readOnly | DB_STATEMENT_TIMEOUT, DB_LOCK_TIMEOUT and DB_READ_ONLY. Unset them
            options                               | DB_OPTIONS=--geqo=off                           | options          | DB_OPTIONS. Unset it
            in options: lock_timeout              | DB_STATEMENT_TIMEOUT=5s DB_LOCK_TIMEOUT=1s      | lockTimeout      | DB_LOCK_TIMEOUT. Unset it
            in options: geqo                      | DB_OPTIONS=--geqo=off                           | options          | DB_OPTIONS. Unset it
            """)
    void parameterOfASetting_namesItAndThePooler(String parameter, String variables, String causes, String text) {
        String message = "unsupported startup parameter" + (parameter.startsWith("in") ? " " : ": ") + parameter;
        StartupParameterAdvice advice = advice("08P01", message, variables);

        assertThat(Arrays.stream(advice.causes()).map(Setting::name)).containsExactly(causes.split(" "));
        assertThat(advice.fixes())
                .containsExactly(
                        "The parameter follows from " + text
                                + ", set DB_POOLER to pgbouncer, and set the parameter for the"
                                + " role on the server: ALTER ROLE ... SET.",
                        "Or add the parameter to ignore_startup_parameters of PgBouncer, which then has no effect.");
    }

    @Test
    void parameterOfNoSetting_namesThePooler() {
        assertThat(advice("08P01", "unsupported startup parameter: extra_float_digits", "")
                        .fixes())
                .containsExactly(
                        "Set DB_POOLER to pgbouncer, or add the parameter to ignore_startup_parameters of PgBouncer.");
    }

    @Test
    void timeZoneOfTheJvm_namesItsPropertyAndTheSetting() {
        StartupParameterAdvice advice =
                advice("22023", "invalid value for parameter \"TimeZone\": \"SystemV/PST8\"", "");

        assertThat(advice.causes()).isEmpty();
        assertThat(advice.fixes())
                .containsExactly(
                        "It is the time zone of the JVM. Set DB_TIME_ZONE to a time zone that the server has, such"
                                + " as UTC, or start the JVM with another one: -Duser.timezone=UTC.");
    }

    @Test
    void timeZoneOfTheSetting_namesIt() {
        StartupParameterAdvice advice =
                advice("22023", "ungültiger Wert für Parameter \"TimeZone\": \"Mars\"", "DB_TIME_ZONE=Mars");

        assertThat(List.of(advice.causes())).containsExactly(Settings.TIME_ZONE);
        assertThat(advice.fixes())
                .containsExactly("Set DB_TIME_ZONE to a name in the server's view pg_timezone_names, such as UTC.");
    }

    @Test
    void otherAnswer_hasNoAdvice() {
        assertThat(advice("22023", "invalid value for parameter \"work_mem\"", "")
                        .fixes())
                .isEmpty();
    }
}
