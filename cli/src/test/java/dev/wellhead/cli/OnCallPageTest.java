package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wellhead.Databases;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands and the SQL of {@code docs/on-call.md} exist and work. The alerts are checked in wellhead-otel. */
class OnCallPageTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("`(wellhead [^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void commands_areAcceptedByTheCommandLine() throws IOException {
        Set<String> commands = commands();

        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            List<String> words = words(command);
            assertThatCode(() -> WellheadCommand.commandLine(context())
                            .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void statements_runOnTheServer() throws Exception {
        List<String> statements = new ArrayList<>(blocks("sql"));
        for (String command : commands()) {
            List<String> words = words(command);
            int sql = words.indexOf("-c");
            if (sql > 0) {
                statements.add(words.get(sql + 1));
            }
        }

        assertThat(statements).hasSizeGreaterThan(5);
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThatCode(() -> statement.execute(sql)).as(sql).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void variables_areThoseOfSettings() throws IOException {
        DatabaseSettings settings = Databases.resolve(Map.of());
        Set<String> variables = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            variables.add(settings.variable(setting));
        }

        Matcher variable = Pattern.compile("\\bDB_[A-Z_]+").matcher(page());
        while (variable.find()) {
            assertThat(variables).contains(variable.group());
        }
    }

    private static Set<String> commands() throws IOException {
        Set<String> commands = new LinkedHashSet<>();
        for (String block : blocks("sh")) {
            block.lines().filter(line -> line.startsWith("wellhead ")).forEach(commands::add);
        }
        Matcher inline = INLINE.matcher(page());
        while (inline.find()) {
            // a placeholder for a number
            commands.add(inline.group(1).replaceAll(" N$", " 1"));
        }
        return commands;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(page());
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "on-call.md"));
    }

    private static CommandContext context() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new CommandContext(
                Map.of(), name -> SettingsRequest.of(name, Map.of()), nowhere, nowhere, Terminal.PIPE, Terminal.PIPE);
    }
}
