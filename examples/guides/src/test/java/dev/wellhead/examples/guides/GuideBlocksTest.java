package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.wellhead.Databases;
import dev.wellhead.redis.Redis;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Checks the blocks that need no library, and that every block of a guide is of a kind that a test examines. */
class GuideBlocksTest {

    /** {@code text} is output: nothing is derived from it. */
    private static final Set<String> KINDS = Set.of(
            "java", "kotlin", "groovy", "xml", "properties", "yaml", "json", "ini", "sql", "sh", "hocon", "text");

    private static final Pattern NAMED = Pattern.compile("^([A-Z]+)_DATABASE_URL=", Pattern.MULTILINE);

    private static final Pattern VARIABLE = Pattern.compile("\\bDB_[A-Z_]*[A-Z]\\b");

    static Stream<String> guides() throws IOException {
        return Repository.pagesIn("docs/guides").stream();
    }

    static Stream<String> pagesWithTables() throws IOException {
        return Stream.concat(guides(), Stream.of("docs/faq.md", "docs/getting-started.md", "docs/support.md"));
    }

    static Stream<Snippet> blocksOfGuides() throws IOException {
        return Snippet.of(Repository.pagesIn("docs/guides")).stream();
    }

    static Stream<Snippet> variables() throws IOException {
        return Snippet.of(Repository.pages()).stream()
                .filter(block -> block.info().equals("properties"));
    }

    static Stream<Snippet> commands() throws IOException {
        return Snippet.of(Repository.pages()).stream()
                .filter(block -> block.language().equals("sh"));
    }

    @ParameterizedTest
    @MethodSource("guides")
    void guide_ofAnySubject_statesWhatToCheckAndThePitfalls(String page) throws IOException {
        assertThat(Repository.read(page)).contains("\n## What to check\n", "\n## Pitfalls\n");
    }

    @ParameterizedTest
    @MethodSource("pagesWithTables")
    void variables_thatAPageNames_exist(String page) throws IOException {
        String known = Repository.read("docs/settings.md") + Repository.read("docs/driver.md");
        Matcher variable = VARIABLE.matcher(Repository.read(page));
        while (variable.find()) {
            assertThat(known).as("%s", page).contains("`" + variable.group() + "`");
        }
    }

    @ParameterizedTest
    @MethodSource("blocksOfGuides")
    void block_ofAGuide_isOfAKindThatIsExamined(Snippet block) {
        assertThat(KINDS).as("%s", block).contains(block.language());
    }

    @ParameterizedTest
    @MethodSource("variables")
    void variables_ofAPage_resolve(Snippet block) {
        Map<String, String> environment = new HashMap<>();
        block.code().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        });

        if (block.code().contains("REDIS_")) {
            assertThat(Redis.resolve(environment).warnings()).as("%s", block).isEmpty();
            return;
        }
        Matcher named = NAMED.matcher(block.code());
        DatabaseSettings settings = named.find()
                ? Databases.resolve(named.group(1).toLowerCase(Locale.ROOT), environment)
                : Databases.resolve(environment);
        if (block.page().startsWith("docs/guides/") && environment.containsKey("ENVIRONMENT")) {
            assertThat(settings.warnings()).as("%s", block).isEmpty();
        }
    }

    static Stream<Snippet> data() throws IOException {
        return Snippet.of(Repository.pages()).stream()
                .filter(block -> Set.of("json", "hocon", "yaml").contains(block.language()));
    }

    @ParameterizedTest
    @MethodSource("data")
    void data_ofAPage_isValid(Snippet block) {
        if (block.language().equals("yaml")) {
            assertThat(new Yaml().loadAll(block.code())).as("%s", block).isNotEmpty();
        } else {
            ConfigParseOptions syntax = ConfigParseOptions.defaults()
                    .setSyntax(block.language().equals("json") ? ConfigSyntax.JSON : ConfigSyntax.CONF);
            assertThat(ConfigFactory.parseString(block.code(), syntax).isEmpty())
                    .as("%s", block)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    @DisabledOnOs(OS.WINDOWS)
    void commands_ofAPage_areValidShell(Snippet block) throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-n", "-c", block.code()).inheritIO().start();
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as("%s", block).isZero();
    }
}
