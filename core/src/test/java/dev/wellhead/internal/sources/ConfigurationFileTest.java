package dev.wellhead.internal.sources;

import static dev.wellhead.internal.sources.ConfigurationDirectory.UNNAMED;
import static dev.wellhead.internal.sources.ConfigurationDirectory.block;
import static dev.wellhead.internal.sources.ConfigurationDirectory.described;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationFileTest {

    private static final String KNOWN = "Remove it; the settings are listed in docs/settings.md.";

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    private List<RawValue> read(DatabaseName name, Map<String, String> variables, Map<String, String> properties)
            throws IOException {
        return configuration().read(name, variables, properties);
    }

    private List<RawValue> read(String content, Map<String, String> variables) throws IOException {
        return configuration().read(content, variables);
    }

    private ConfigurationDirectory configuration() {
        return new ConfigurationDirectory(directory, problems);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("host = db", List.of("host=db @ application.conf:2")),
                arguments("port = 5432", List.of("port=5432 @ application.conf:2")),
                arguments("port = 05432", List.of("port=05432 @ application.conf:2")),
                arguments("readOnly = true", List.of("readOnly=true @ application.conf:2")),
                arguments("host = [a, \"::1\"]", List.of("host=a,::1 @ application.conf:2")),
                arguments("port = [1, 2]", List.of("port=1,2 @ application.conf:2")),
                arguments(
                        "passwordCommand = [cat, \"/run/a b\", \"it's\", \"\", 5]",
                        List.of("passwordCommand='cat' '/run/a b' 'it'\\''s' '' '5' @ application.conf:2")),
                arguments(
                        "passwordCommand = \"cat '/run/a b'\"",
                        List.of("passwordCommand=cat '/run/a b' @ application.conf:2")),
                arguments("connectTimeout = 5 seconds", List.of("connectTimeout=5s @ application.conf:2")),
                arguments("connectTimeout = \"500 ms\"", List.of("connectTimeout=500ms @ application.conf:2")),
                arguments("maxLifetime = 2h", List.of("maxLifetime=2h @ application.conf:2")),
                arguments("connectTimeout = 5000", List.of("connectTimeout=5000 @ application.conf:2")),
                arguments("connectTimeout = 5 us", List.of("connectTimeout=5us @ application.conf:2")),
                arguments("password = \" p+%w \"", List.of("password= p+%w  @ application.conf:2")),
                arguments("host = null", List.of()),
                arguments("host = \"\"", List.of()),
                arguments("host = a\nhost = b", List.of("host=b @ application.conf:3")),
                arguments("host = ${?HOST}", List.of("host=db1 @ application.conf:2, from environment variable HOST")),
                arguments("host = ${HOST}", List.of("host=db1 @ application.conf:2, from environment variable HOST")),
                arguments(
                        "host = a\nhost = ${?HOST}",
                        List.of("host=db1 @ application.conf:3, from environment variable HOST")),
                arguments("host = a\nhost = ${?NONE}", List.of("host=a @ application.conf:2")),
                arguments("host = a\nhost = ${?EMPTY}", List.of("host=a @ application.conf:2")),
                arguments("host = a\nhost = ${?BLANK}", List.of("host=a @ application.conf:2")),
                arguments("host = ${?NONE}", List.of()),
                arguments(
                        "name = app-${HOST}",
                        List.of("name=app-db1 @ application.conf:2, from environment variable HOST")),
                arguments("host = [a, ${?HOST}, ${?NONE}]", List.of("host=a,db1 @ application.conf:2")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void read_setting_returnsItsTextAndOrigin(String content, List<String> expected) throws IOException {
        Map<String, String> variables = Map.of("HOST", "db1", "EMPTY", "", "BLANK", "  ");

        assertThat(described(read(block(content), variables))).isEqualTo(expected);
        assertThat(problems.all()).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                row(
                        block("hots = db"),
                        "wellhead.databases.default.hots is not a setting.",
                        "From: application.conf:2",
                        "Did you mean wellhead.databases.default.host?"),
                row(
                        block("maximum-pool-size = 3"),
                        "wellhead.databases.default.maximum-pool-size is not a setting.",
                        "From: application.conf:2",
                        "Did you mean wellhead.databases.default.maximumPoolSize?"),
                row(
                        block("\"s3cr3t s3cr3t\" = x"),
                        "A key in wellhead.databases.default is not a setting.",
                        "From: application.conf:2",
                        KNOWN),
                row(
                        "wellhead.database.default.host = a",
                        "wellhead.database is not a setting.",
                        "From: application.conf:1",
                        "Did you mean wellhead.databases?"),
                row(
                        "wellhead.databases.default = s3cr3t",
                        "wellhead.databases.default is a value, but it must be a block.",
                        "From: application.conf:1",
                        "Write wellhead.databases.default { ... }."),
                row(
                        block("password { value = s3cr3t }"),
                        "wellhead.databases.default.password is a block or a list, but one value is expected.",
                        "From: application.conf:2",
                        "Write one value."),
                row(
                        block("password = [s3cr3t]"),
                        "wellhead.databases.default.password is a list, but one value is expected.",
                        "From: application.conf:2",
                        "Write a password."),
                row(
                        block("host = [a, \"b,c\"]"),
                        "wellhead.databases.default.host is a list with a comma in an item.",
                        "From: application.conf:2",
                        "Write one item per element."),
                row(
                        block("host = [a, \"\"]"),
                        "wellhead.databases.default.host is a list with an empty item.",
                        "From: application.conf:2",
                        "Write one item per element."),
                row(
                        block("user = \"s3cr3t${X}\"${NONE}"),
                        "wellhead.databases.default.user refers to ${NONE}, which is not set.",
                        "From: application.conf:2",
                        "Set the environment variable NONE, or write ${?NONE} to make it optional."),
                row(
                        block("user = ${EMPTY}"),
                        "wellhead.databases.default.user refers to ${EMPTY}, which is not set.",
                        "From: application.conf:2",
                        "Set the environment variable EMPTY, or write ${?EMPTY} to make it optional."),
                row(
                        "wellhead.databases.default = ${base} { host = a }",
                        "wellhead.databases.default refers to ${base}, which is not set.",
                        "From: application.conf:1",
                        "Set the environment variable base, or write ${?base} to make it optional."),
                row(
                        block("password = s3cr3t\nhost = {{"),
                        "The configuration file is not valid HOCON.",
                        "From: application.conf:3",
                        "Correct the file at this place."),
                row(
                        block("password = \"s3cr3t"),
                        "The configuration file is not valid HOCON.",
                        "From: application.conf:2",
                        "Correct the file at this place."));
    }

    private static Arguments row(String content, String message, String origin, String fix) {
        return arguments(content, message, origin, fix);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void read_mistake_addsAProblemWithLineAndWithoutValues(String content, String message, String origin, String fix)
            throws IOException {
        read(content, Map.of("EMPTY", ""));

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.source()).isEqualTo(origin);
            assertThat(problem.fixes()).containsExactly(fix);
        });
        assertThat(problems.all().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void read_nestingWithoutEnd_isAProblem() throws IOException {
        read("a:".concat("{a:".repeat(100_000)), Map.of());

        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly("The configuration file is nested too deeply.");
    }

    @Test
    void read_mistakeElsewhereInTheFile_isIgnored() throws IOException {
        String content = "other = ${NONE}\nwellhead.databases.ledger.host = ${NONE}\n" + block("host = a");

        assertThat(described(read(content, Map.of()))).containsExactly("host=a @ application.conf:4");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void read_namedDatabase_readsOnlyItsOwnBlock() throws IOException {
        Files.writeString(
                directory.resolve("application.conf"),
                "wellhead.databases { default { host = a }, ledger-eu { host = b } }");

        assertThat(described(read(new DatabaseName("ledger-eu", Catalogue.DATABASES), Map.of(), Map.of())))
                .containsExactly("host=b @ application.conf:1");
    }

    @Test
    void read_noFile_returnsNothing() throws IOException {
        Files.writeString(directory.resolve("reference.conf"), block("host = a"));

        assertThat(read(UNNAMED, Map.of(), Map.of())).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void read_allSyntaxes_confOverJsonOverPropertiesOverReference() throws IOException {
        Files.writeString(directory.resolve("application.conf"), block("host = conf"));
        Files.writeString(
                directory.resolve("application.json"),
                "{\"wellhead\": {\"databases\": {\"default\": {\"host\": \"json\", \"port\": 1}}}}");
        Files.writeString(
                directory.resolve("application.properties"),
                "wellhead.databases.default.port=2\nwellhead.databases.default.name=properties\n");
        Files.writeString(directory.resolve("reference.conf"), block("name = reference\nuser = reference"));

        assertThat(described(read(UNNAMED, Map.of(), Map.of())))
                .containsExactly(
                        "host=conf @ application.conf:2",
                        "port=1 @ application.json:1",
                        "name=properties @ application.properties",
                        "user=reference @ reference.conf:3");
    }

    @Test
    void read_configFile_isReadInPlaceOfApplicationConf() throws IOException {
        Files.writeString(directory.resolve("application.conf"), block("host = a"));
        Path file = Files.writeString(directory.resolve("other.conf"), block("host = ${?HOST}"));

        assertThat(described(read(UNNAMED, Map.of("HOST", "b"), Map.of("config.file", file.toString()))))
                .containsExactly("host=b @ " + file + ":2, from environment variable HOST");
    }

    @Test
    void read_configResourceAndUrl_areRead() throws IOException {
        Path file = Files.writeString(directory.resolve("other.conf"), block("host = b"));

        assertThat(described(read(UNNAMED, Map.of(), Map.of("config.resource", "/other.conf"))))
                .containsExactly("host=b @ other.conf:2");
        assertThat(described(read(
                        UNNAMED,
                        Map.of(),
                        Map.of("config.url", ConfigurationDirectory.url(file).toString()))))
                .containsExactly("host=b @ " + file + ":2");
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                arguments("config.file", "none.conf", "The configuration file 'none.conf' does not exist."),
                arguments("config.resource", "none.conf", "The configuration file cannot be read."),
                arguments("config.url", "file:///none.conf", "The configuration file '/none.conf' does not exist."),
                arguments("config.url", "s3cr3t", "The configuration file cannot be read."),
                arguments("config.url", "no such:s3cr3t", "The configuration file cannot be read."));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void read_namedFileMissing_isAProblem(String property, String location, String message) throws IOException {
        assertThat(read(UNNAMED, Map.of(), Map.of(property, location))).isEmpty();

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.source()).isEqualTo("From: system property " + property);
        });
    }

    @Test
    void read_twoNamedFiles_isAProblem() throws IOException {
        read(UNNAMED, Map.of(), Map.of("config.file", "a", "config.url", "b"));

        assertThat(problems.all())
                .containsExactly(Problem.of(
                        ProblemCode.INVALID_CONFIGURATION_FILE,
                        "application.conf",
                        "There is more than one configuration file: config.file and config.url are set.",
                        List.of(new Origin.SystemProperty("config.file"), new Origin.SystemProperty("config.url")),
                        List.of("Keep one of them.")));
    }
}
