package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the documentation pages: Java blocks compile, blocks marked as runnable run, and links lead to existing files.
 */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    static Stream<Snippet> javaSnippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (String page : Repository.pages()) {
            snippets.addAll(Snippet.of(page));
        }
        return snippets.stream().filter(Snippet::isJava);
    }

    static Stream<Snippet> runnableSnippets() throws IOException {
        return javaSnippets().filter(Snippet::isRunnable);
    }

    static Stream<String> pages() throws IOException {
        return Repository.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("javaSnippets")
    void javaBlock_onThePublicClassPath_compiles(Snippet snippet, @TempDir Path classes) {
        assertThat(compile(snippet, classes)).as("%s", snippet).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("runnableSnippets")
    void runnableBlock_againstPostgreSql_exitsWithZero(Snippet snippet, @TempDir Path classes) throws Exception {
        compile(snippet, classes);
        PostgresServer server = PostgresServer.shared();
        Map<String, String> environment = LedgerDatabase.environment(server.host(), server.port(), "postgres");
        try (ChildJvm child = ChildJvm.start(classes, environment, "Example")) {
            assertThat(child.end()).as("%s: %s", snippet, child.output()).isZero();
        }
    }

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

    @ParameterizedTest
    @MethodSource("pages")
    void link_toAFile_leadsToAnExistingFile(String page) throws IOException {
        Matcher link = LINK.matcher(Repository.read(page));
        Path file = Repository.root().resolve(page);
        while (link.find()) {
            String target = link.group(1);
            if (!target.contains("://")) {
                assertThat(file.resolveSibling(target))
                        .as("%s links to %s", page, target)
                        .exists();
            }
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
        assertThat(readme).containsExactlyInAnyOrderElementsOf(ci.subList(0, 2));
    }

    private static String compile(Snippet snippet, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return snippet.source();
                    }
                };
        List<String> options = List.of(
                "--release",
                "17",
                "-encoding",
                StandardCharsets.UTF_8.name(),
                "-classpath",
                ChildJvm.CLASS_PATH,
                "-d",
                classes.toString());
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(source))
                .call();
        return compiled ? "" : messages + snippet.source();
    }
}
