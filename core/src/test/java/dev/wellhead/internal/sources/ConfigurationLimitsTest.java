package dev.wellhead.internal.sources;

import static dev.wellhead.internal.sources.ConfigurationDirectory.UNNAMED;
import static dev.wellhead.internal.sources.ConfigurationDirectory.block;
import static dev.wellhead.internal.sources.ConfigurationDirectory.described;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of what a configuration file includes, where it is fetched from, and how large it is. */
class ConfigurationLimitsTest {

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

    private List<String> messages() {
        return problems.all().stream().map(Problem::message).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include url(\"http://127.0.0.1:1/s3cr3t.conf\")",
                "include \"http://127.0.0.1:1/s3cr3t.conf\"",
                "include required(url(\"https://config.example/s3cr3t.conf\"))",
                "include \"ftp://config.example/s3cr3t\"",
                "include url(\"file:///etc/s3cr3t\")"
            })
    void read_includeOfAUrl_isRefusedWithoutAConnection(String include) throws IOException {
        assertThat(read(include + "\n" + block("host = a"), Map.of())).isEmpty();

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo(
                            "The configuration file includes a URL, and settings are resolved without network calls.");
            assertThat(problem.source()).isEqualTo("From: application.conf");
        });
        assertThat(problems.all().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void read_includeOfFileAndResource_isRead() throws IOException {
        Path file = Files.writeString(directory.resolve("one.conf"), block("host = a"));
        Files.writeString(directory.resolve("two.conf"), block("port = 1"));
        Files.writeString(directory.resolve("three.conf"), block("name = n"));

        assertThat(described(read(
                        "include file(\"" + file + "\")\ninclude classpath(\"two.conf\")\ninclude \"three\"",
                        Map.of())))
                .extracting(described -> described.substring(0, described.indexOf(' ')))
                .containsExactly("host=a", "port=1", "name=n");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void read_includeOfADirectory_isRefused() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));

        read("include file(\"" + other + "\")", Map.of());

        assertThat(messages()).containsExactly("The configuration file '" + other + "' is a directory.");
    }

    @Test
    void read_configFileThatIsADeviceOrTooLarge_isRefused() throws IOException {
        Path large = directory.resolve("large.conf");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        assertThat(read(UNNAMED, Map.of(), Map.of("config.file", "/dev/zero"))).isEmpty();
        assertThat(read(UNNAMED, Map.of(), Map.of("config.file", large.toString())))
                .isEmpty();

        assertThat(messages())
                .containsExactly(
                        "The configuration file '/dev/zero' is a device.",
                        "The configuration file '" + large + "' is larger than 4 MiB.");
    }

    @Test
    void read_filesThatIncludeEachOtherTwice_endsWithAProblem() throws IOException {
        read("include \"application\"\ninclude \"application\"", Map.of());

        assertThat(messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://config.example/a.conf", "HTTP://10.0.0.1/a.conf", "ftp://config.example/a.conf"})
    void read_configUrlWithoutTls_isRefused(String location) throws IOException {
        assertThat(read(UNNAMED, Map.of(), Map.of("config.url", location))).isEmpty();

        assertThat(messages()).containsExactly("The configuration file would be fetched without TLS.");
    }

    static Stream<Arguments> bombs() {
        StringBuilder strings = new StringBuilder("a0 = xxxxxxxxxxxxxxxx\n");
        StringBuilder lists = new StringBuilder("a0 = [1, 2]\n");
        StringBuilder objects = new StringBuilder("a0 = {x : 1}\n");
        StringBuilder itself = new StringBuilder("a = xxxxxxxxxxxxxxxx\n");
        StringBuilder inTheBlock = new StringBuilder("wellhead.databases.default { host = xxxxxxxxxxxxxxxx\n");
        StringBuilder optional = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            strings.append("a" + i + " = ${a" + (i - 1) + "}${a" + (i - 1) + "}\n");
            lists.append("a" + i + " = ${a" + (i - 1) + "} ${a" + (i - 1) + "}\n");
            objects.append("a" + i + " = {l : ${a" + (i - 1) + "}, r : ${a" + (i - 1) + "}}\n");
            itself.append("a = ${a}${a}\n");
            inTheBlock.append("host = ${wellhead.databases.default.host}${wellhead.databases.default.host}\n");
            optional.append("\"a." + i + "\" = ${?\"a." + (i - 1) + "\"}${?\"a." + (i - 1) + "\"}${VARIABLE}\n");
        }
        return Stream.of(
                arguments("strings", strings.toString()),
                arguments("lists", lists.toString()),
                arguments("objects", objects.toString()),
                arguments("a value that repeats itself", itself.toString()),
                arguments("the block", inTheBlock.append("}").toString()),
                arguments("quoted keys and a variable", optional.toString()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void read_substitutionsThatDouble_areRefusedBeforeTheyAreResolved(String name, String content) throws IOException {
        assertThat(read(content, Map.of("VARIABLE", "x"))).isEmpty();

        assertThat(messages())
                .containsExactly("The substitutions of the configuration file produce more than 16777216 characters.");
    }

    @Test
    void read_manyOrdinarySubstitutions_areResolved() throws IOException {
        StringBuilder content = new StringBuilder("base { host = a, path = /usr }\npath = /bin\n");
        for (int i = 0; i < 200; i++) {
            content.append("path = ${path}\":/x\"\nlist += ").append(i).append("\n");
            content.append("block" + i + " = ${base} { extra = ${path} }\n");
        }
        content.append("wellhead.databases.default = ${base} { user = ${USER_NAME}\n name = ${block199.host} }");
        content.append("\nwellhead.databases.default.path = null");

        assertThat(described(read(content.toString(), Map.of("USER_NAME", "u"))))
                .extracting(described -> described.substring(0, described.indexOf(' ')))
                .contains("host=a", "user=u", "name=a");
    }
}
