package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Environments whose shape is that of real ones, most of which did not work: {@code field-environments.txt}. Each must either
 * resolve to what its author meant, or be refused with the reason and the fix. Only the warnings that belong to the mistake
 * are listed there.
 */
class FieldEnvironmentsTest {

    /** No message may contain the passwords of the file. */
    private static final String PASSWORD = "s3cr3t";

    static List<FieldEnvironment> environments() throws IOException {
        try (InputStream in = FieldEnvironmentsTest.class.getResourceAsStream("field-environments.txt")) {
            List<FieldEnvironment> environments = new ArrayList<>();
            for (String block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1)) {
                if (block.startsWith("# ")) {
                    environments.add(FieldEnvironment.read(block));
                }
            }
            return environments;
        }
    }

    @ParameterizedTest
    @MethodSource("environments")
    void resolve_environment_hasItsOutcome(FieldEnvironment environment) {
        List<String> outcome = outcome(environment.variables());

        assertThat(outcome).containsAll(environment.outcome());
        assertThat(withoutWarnings(outcome)).isEqualTo(withoutWarnings(environment.outcome()));
        assertThat(outcome.toString()).doesNotContain(PASSWORD);
    }

    private static List<String> withoutWarnings(List<String> outcome) {
        return outcome.stream().filter(line -> !line.startsWith("warning: ")).toList();
    }

    private static List<String> outcome(Map<String, String> variables) {
        List<String> lines = new ArrayList<>();
        try {
            DatabaseSettings settings = Databases.resolve(variables);
            lines.add("resolves: " + describe(settings));
            settings.warnings().forEach(warning -> lines.add("warning: " + warning));
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                lines.add("refused: " + problem.message());
                problem.fixes().forEach(fix -> lines.add("    " + fix));
            }
        }
        return lines;
    }

    private static String describe(DatabaseSettings settings) {
        return settings.hosts().stream().map(HostAndPort::toString).collect(Collectors.joining(","))
                + "/" + settings.databaseName()
                + " as " + settings.user()
                + ", sslmode " + settings.sslMode()
                + ", password: "
                + settings.explain(Settings.PASSWORD)
                        .map(password -> password.origin().description())
                        .orElse("none");
    }

    /**
     * One block of the file.
     *
     * @param title what is particular about it
     * @param variables {@code \n} in a value is a line break
     * @param outcome the lines that start with {@code ->}
     */
    record FieldEnvironment(String title, Map<String, String> variables, List<String> outcome) {

        static FieldEnvironment read(String block) {
            Map<String, String> variables = new HashMap<>();
            List<String> outcome = new ArrayList<>();
            String[] lines = block.split("\n", -1);
            for (int i = 1; i < lines.length; i++) {
                if (lines[i].startsWith("-> ")) {
                    outcome.add(lines[i].substring(3));
                } else {
                    int equals = lines[i].indexOf('=');
                    variables.put(
                            lines[i].substring(0, equals),
                            lines[i].substring(equals + 1).replace("\\n", "\n"));
                }
            }
            return new FieldEnvironment(lines[0].substring(2), variables, outcome);
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
