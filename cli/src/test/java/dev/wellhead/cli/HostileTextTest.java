package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

/** Text from outside in every setting: the output contains no control characters and no passwords. */
class HostileTextTest {

    private static final String ESCAPES =
            "a\u001b[31m\u009b2J\u202egnp\u2066\u200f\u061c\ufeff\udb40\udc41\u2028b\r\n2026-11-28 ERROR forged\u0007";
    private static final String PLANTED = "Planted0Marker0Never0Shown";
    private static final Terminal COLOURS = new Terminal(true, Ansi.ON, 80);

    static Stream<Setting<?>> settings() {
        return Settings.all().stream();
    }

    private static Map<String, String> variables(String name, String value) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "production");
        variables.put("DB_HOST", "127.0.0.1");
        variables.put("DB_NAME", "shop");
        variables.put("DB_USER", "app");
        variables.put("DB_PASSWORD", PLANTED);
        variables.put("DB_SSLMODE", "disable");
        variables.put(name, value);
        return variables;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void explain_escapeSequencesInASetting_areNotWritten(Setting<?> setting) {
        assertHarmless(variables(setting.variable(), ESCAPES));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void explain_urlWithAPasswordInASetting_doesNotShowThePassword(Setting<?> setting) {
        assertHarmless(variables(setting.variable(), "postgresql://app:" + PLANTED + "@db.example/shop"));
        assertHarmless(variables(setting.variable(), "host=db.example password=" + PLANTED));
    }

    static Stream<String> otherVariables() {
        return Stream.of(
                "ENVIRONMENT",
                "DATABASE_URL",
                "PGHOST",
                "PGUSER",
                "PGPASSWORD",
                "PGSERVICE",
                "PGSERVICEFILE",
                "PGPASSFILE",
                "PGAPPNAME",
                "PGSSLMODE",
                "PGOPTIONS",
                "HOME",
                "DB_PASSWROD",
                "DB_\u001b[31mHOST",
                "DATABSE_URL\u009b");
    }

    @ParameterizedTest
    @MethodSource("otherVariables")
    void explain_hostileTextInAVariable_isNotWritten(String variable) {
        assertHarmless(variables(variable, ESCAPES));
        assertHarmless(variables(variable, "postgresql://app:" + PLANTED + "@db.example/shop"));
    }

    private static void assertHarmless(Map<String, String> variables) {
        Run text = Run.piped(variables, "explain");
        Run coloured = Run.on(COLOURS, variables, "explain");
        Run json = Run.piped(variables, "explain", "--json");

        for (String output : new String[] {text.out(), text.err(), json.out(), json.err(), coloured.err()}) {
            assertThat(output.codePoints().filter(c -> c != '\n' && c != '\r')).allMatch(SafeText::isReadable);
            assertThat(output).doesNotContain(PLANTED).doesNotContain("\n2026");
        }
        // the escape sequences that remain are the colours
        assertThat(coloured.out()
                        .replaceAll("\u001b\\[[0-9;]*m", "")
                        .codePoints()
                        .filter(c -> c != '\n' && c != '\r'))
                .allMatch(SafeText::isReadable);
        assertThat(coloured.out()).doesNotContain("\u001b[31m\u001b").doesNotContain(PLANTED);
        assertThat(json.json().has("settings")).isTrue();
    }
}
