package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what the pages state about settings and commands. */
class DocumentationTest {

    static Stream<Arguments> resolvedBlocks() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        for (String page : Repository.pages()) {
            List<Snippet> snippets = Snippet.of(page);
            for (int i = 0; i < snippets.size(); i++) {
                if (snippets.get(i).info().equals("properties resolve")) {
                    rows.add(arguments(snippets.get(i), snippets.get(i + 1).code()));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("resolvedBlocks")
    void invalidVariables_resolved_giveTheMessageInTheNextBlock(Snippet variables, String message) {
        Map<String, String> environment = new HashMap<>();
        variables.code().lines().forEach(line -> {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        });

        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> Databases.resolve(environment));

        assertThat(String.valueOf(refused.getMessage()).stripTrailing()).isEqualTo(message);
    }

    static Stream<Arguments> sslModes() throws IOException {
        return Repository.read("docs/environments.md")
                .lines()
                .filter(line -> line.startsWith("| `") && line.split("\\|").length == 6)
                .map(line -> line.replace("`", "").split("\\|"))
                .filter(cells -> !cells[1].isBlank() && !cells[1].strip().equals("ENVIRONMENT"))
                .map(cells -> arguments(
                        cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip(), cells[5].strip()));
    }

    @ParameterizedTest
    @MethodSource("sslModes")
    void sslMode_ofEveryRow_isThatOfTheTable(
            String environment, String host, String sslMode, String rootCertificate, String expected) {
        Map<String, String> variables = Map.of(
                "ENVIRONMENT", environment,
                "DB_HOST", host,
                "DB_NAME", "shop",
                "DB_USER", "app",
                "DB_PASSWORD", "password",
                "DB_SSLMODE", sslMode,
                "DB_SSLROOTCERT", rootCertificate);

        if (expected.equals("refused")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Databases.resolve(variables))
                    .withMessageContaining("DB_SSLMODE is '" + sslMode + "'");
        } else {
            assertThat(Databases.resolve(variables).sslMode()).hasToString(expected);
        }
    }

    @Test
    void ciRun_commands_areThoseOfTheReadme() throws IOException {
        List<String> readme = Snippet.of("README.md").stream()
                .filter(snippet -> snippet.info().equals("sh"))
                .flatMap(snippet -> snippet.code().lines())
                .filter(line -> line.startsWith("mvn "))
                .map(line -> line.replaceFirst(" +#.*", ""))
                .toList();

        List<String> ci = Repository.read(".ci/run")
                .lines()
                .filter(line -> line.startsWith("step mvn "))
                .map(line -> line.substring("step ".length()))
                .toList();

        // the steps after these two test other versions of PostgreSQL and of Java
        assertThat(ci).startsWith("mvn verify", "mvn -q -Prun -pl examples/ledger -am");
        assertThat(readme).containsExactlyInAnyOrder(ci.get(0), ci.get(1), installCommand());
        assertThat(Repository.read(".ci/run")).contains("step .ci/first-project");
    }

    @Test
    void costTable_ofTheReadme_hasTheMediansOfTheBenchmarks() throws IOException {
        List<String[]> costs = Repository.read("README.md")
                .lines()
                .filter(line -> line.matches("\\| .* \\((ns|ms|bytes|kB)\\) \\| .*"))
                .map(line -> line.split(" \\| "))
                .toList();
        List<String> measured = Repository.read("docs/benchmarks.md").lines().toList();

        assertThat(costs).isNotEmpty();
        for (String[] cells : costs) {
            assertThat(measured)
                    .as("%s", cells[0])
                    .anyMatch(row -> row.contains(" | " + cells[1]) && row.contains(" | " + cells[2]));
        }
    }

    /** {@return the first command of the page that .ci/first-project follows} */
    private static String installCommand() throws IOException {
        return Snippet.of("docs/getting-started.md").get(0).code();
    }
}
