package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every module of infrastructure/terraform is formatted, complete and described by its README. */
class TerraformModulesTest {

    static Stream<TerraformModule> modules() {
        return TerraformModule.ALL.stream();
    }

    @Test
    void modules_ofTheDirectory_areAllTested() throws IOException {
        try (Stream<Path> directories = Files.list(TerraformModule.ROOT)) {
            assertThat(directories.filter(Files::isDirectory).map(path -> String.valueOf(path.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            modules().map(TerraformModule::name).toList());
        }
        String overview = Files.readString(TerraformModule.ROOT.resolve("README.md"));
        String updates = Files.readString(Path.of("..", ".github", "dependabot.yml"));
        for (TerraformModule module : TerraformModule.ALL) {
            assertThat(overview).contains("| [`" + module + "`](" + module + ") |");
            assertThat(updates).contains("      - /infrastructure/terraform/" + module + "\n");
        }
    }

    static Stream<Arguments> environments() {
        return Stream.of(
                arguments(
                        TerraformModule.CACHE,
                        List.of(),
                        Map.of(
                                "ENVIRONMENT", "production",
                                "REDIS_HOST", "cache.example.com",
                                "REDIS_PORT", "6379",
                                "REDIS_SSLMODE", "verify-full",
                                "REDIS_SECRET_ID",
                                        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-ledger/app-a1b2c3")),
                arguments(
                        TerraformModule.CACHE,
                        List.of("iam_authentication=true", "environment=staging", "service_username=ledger"),
                        Map.of(
                                "ENVIRONMENT", "staging",
                                "REDIS_HOST", "cache.example.com",
                                "REDIS_PORT", "6379",
                                "REDIS_SSLMODE", "verify-full",
                                "REDIS_AUTH", "iam",
                                "REDIS_USER", "prod-sessions-ledger",
                                "REDIS_CACHE_NAME", "prod-sessions")),
                arguments(
                        TerraformModule.QUEUE,
                        List.of(),
                        Map.of(
                                "QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/prod-entries",
                                "TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:prod-entries")),
                arguments(
                        TerraformModule.QUEUE,
                        List.of("topic=false", "fifo=true"),
                        Map.of("QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/prod-entries")),
                arguments(TerraformModule.STORAGE, List.of(), Map.of("BUCKET", "prod-statements-123456789012")),
                arguments(
                        TerraformModule.SEARCH,
                        List.of(),
                        Map.of("OPENSEARCH_URL", "https://vpc-prod-ledger.eu-west-1.es.amazonaws.com")),
                arguments(
                        TerraformModule.METRICS,
                        List.of(),
                        Map.of(
                                "PROMETHEUS_REMOTE_WRITE_URL",
                                "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("environments")
    void environment_ofAModule_hasExactlyTheVariablesOfItsClients(
            TerraformModule module, List<String> variables, Map<String, String> expected, @TempDir Path directory)
            throws Exception {
        assertThat(module.environment(variables, directory)).isEqualTo(expected);
        for (String name : expected.keySet()) {
            assertThat(module.read("README.md").split("\n## Outputs\n", -1)[1]).contains("`" + name + "`");
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void references_ofAModule_areDeclaredAndUsed(TerraformModule module) throws IOException {
        Map<String, Integer> uses = new HashMap<>();
        Set<String> declared = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        String all = String.join("\n", module.files().values());
        Pattern.compile("^(?:resource|data|ephemeral) \"(\\w+)\" \"(\\w+)\"", Pattern.MULTILINE)
                .matcher(all)
                .results()
                .forEach(match -> declared.add(match.group(1) + "." + match.group(2)));
        Pattern.compile("\\b(?:aws|archive)_\\w+\\.\\w+")
                .matcher(all)
                .results()
                .forEach(match -> used.add(match.group()));
        Pattern.compile("^variable \"(\\w+)\"", Pattern.MULTILINE)
                .matcher(all)
                .results()
                .forEach(match -> declared.add("var." + match.group(1)));
        Pattern.compile("\\bvar\\.\\w+")
                .matcher(withoutVariables(module))
                .results()
                .forEach(match -> {
                    used.add(match.group());
                    uses.merge(match.group(), 1, Integer::sum);
                });

        assertThat(used).isNotEmpty();
        assertThat(declared).containsAll(used);
        // a variable that changes nothing would mislead
        assertThat(uses.keySet())
                .containsAll(declared.stream()
                        .filter(name -> name.startsWith("var."))
                        .toList());
    }

    private static String withoutVariables(TerraformModule module) throws IOException {
        Map<String, String> files = module.files();
        files.remove("variables.tf");
        return String.join("\n", files.values());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void alarms_ofAModule_goToTheTopics(TerraformModule module) throws IOException {
        String alarms = module.read("alarms.tf");
        int count = alarms.split("resource \"aws_cloudwatch_metric_alarm\"", -1).length - 1;

        assertThat(count).isPositive();
        assertThat(alarms.split("alarm_actions +=" + " var\\.alarm_topic_arns\n", -1))
                .hasSize(count + 1);
        assertThat(alarms.split("ok_actions +=" + " var\\.alarm_topic_arns\n", -1))
                .hasSize(count + 1);
    }

    @Test
    void files_areFormatted() throws Exception {
        Terraform.Run formatted = Terraform.in(TerraformModule.ROOT).run("fmt", "-check", "-diff", "-recursive");

        assertThat(formatted.status()).describedAs(formatted.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_isValid_whereTheProviderIsInstalled(TerraformModule module) throws Exception {
        assumeThat(module.directory().resolve(".terraform").resolve("providers"))
                .describedAs("the providers, from terraform init")
                .exists();
        Terraform.Run validated = Terraform.in(module.directory()).run("validate", "-no-color");

        assertThat(validated.status()).describedAs(validated.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void readme_variables_areThoseOfTheModule(TerraformModule module) throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher variable = Pattern.compile("^variable \"(\\w+)\" \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(module.read("variables.tf"));
        while (variable.find()) {
            Matcher fallback =
                    Pattern.compile("^  default +=(.*)$", Pattern.MULTILINE).matcher(variable.group(2));
            rows.add("| `" + variable.group(1) + "` | "
                    + (fallback.find() ? "`" + fallback.group(1).strip().replace("\"", "") + "`" : "required") + " | "
                    + description(variable.group(2)) + " |");
        }

        assertThat(rows).isNotEmpty();
        assertThat(table(module, "## Variables")).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void readme_outputs_areThoseOfTheModule(TerraformModule module) throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher output = Pattern.compile("^output \"(\\w+)\" \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(module.read("outputs.tf"));
        while (output.find()) {
            rows.add("| `" + output.group(1) + "` | " + description(output.group(2)) + " |");
        }

        assertThat(rows).isNotEmpty();
        assertThat(table(module, "## Outputs")).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void readme_examples_areFormattedAndSetVariablesThatExist(TerraformModule module, @TempDir Path directory)
            throws Exception {
        Matcher block = Pattern.compile("```hcl\\n(.*?)```", Pattern.DOTALL).matcher(module.read("README.md"));
        List<String> blocks = block.results().map(match -> match.group(1)).toList();
        String source = "  source = \"./infrastructure/terraform/" + module + "\"\n";
        assertThat(blocks.get(0)).contains(source);
        Matcher call = Pattern.compile("^module \"\\w+\" \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(String.join("\n", blocks));
        Set<String> meta = Set.of("source", "providers");
        int count = 0;
        while (call.find()) {
            Matcher set = Pattern.compile("^  (\\w+) +=", Pattern.MULTILINE).matcher(call.group(1));
            while (set.find()) {
                count++;
                assertThat(meta.contains(set.group(1))
                                || module.read("variables.tf").contains("variable \"" + set.group(1) + "\""))
                        .describedAs(set.group(1))
                        .isTrue();
            }
        }
        assertThat(count).isGreaterThan(2);
        Files.writeString(directory.resolve("main.tf"), blocks.get(0));
        Terraform.Run formatted = Terraform.in(directory).run("fmt", "-check", "-diff");
        assertThat(formatted.status()).describedAs(formatted.output()).isZero();
    }

    private static String description(String body) {
        Matcher description =
                Pattern.compile("^  description = \"(.*)\"$", Pattern.MULTILINE).matcher(body);
        assertThat(description.find()).describedAs(body).isTrue();
        return description.group(1);
    }

    private static List<String> table(TerraformModule module, String heading) throws IOException {
        String after = module.read("README.md").split(heading + "\n", 2)[1].split("\n## ", 2)[0];
        return after.lines().filter(line -> line.startsWith("| `")).toList();
    }
}
