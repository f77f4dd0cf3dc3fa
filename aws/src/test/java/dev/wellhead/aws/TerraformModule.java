package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A directory of infrastructure/terraform.
 *
 * @param name the name of the directory
 * @param required values of the variables without a default
 */
record TerraformModule(String name, List<String> required) {

    static final Path ROOT = Path.of("..", "infrastructure", "terraform");

    static final TerraformModule DATABASE = new TerraformModule(
            "database", List.of("name=prod-ledger", "vpc_id=vpc-1", "subnet_ids=[\"s-1\",\"s-2\"]"));
    static final TerraformModule CACHE =
            new TerraformModule("cache", List.of("name=prod-sessions", "vpc_id=vpc-1", "subnet_ids=[\"s-1\",\"s-2\"]"));
    static final TerraformModule QUEUE = new TerraformModule("queue", List.of("name=prod-entries"));
    static final TerraformModule STORAGE = new TerraformModule("storage", List.of("name=prod-statements"));
    static final TerraformModule SEARCH = new TerraformModule(
            "search",
            List.of(
                    "name=prod-ledger",
                    "vpc_id=vpc-1",
                    "subnet_ids=[\"s-1\",\"s-2\",\"s-3\"]",
                    "admin_role_arn=arn:aws:iam::123456789012:role/search-admin"));
    static final TerraformModule METRICS = new TerraformModule("metrics", List.of("name=prod-metrics"));

    static final List<TerraformModule> ALL = List.of(DATABASE, CACHE, QUEUE, STORAGE, SEARCH, METRICS);

    /** Placeholders for values that only the provider can compute. */
    private static final Map<String, String> KNOWN_AFTER_APPLY = Map.ofEntries(
            Map.entry("aws_db_instance.primary.address", "\"prod-ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com\""),
            Map.entry(
                    "aws_db_instance.replica[*].address",
                    "[for n in range(var.replica_count) :"
                            + " \"prod-ledger-replica-${n + 1}.c1abcdefghij.eu-west-1.rds.amazonaws.com\"]"),
            Map.entry(
                    "aws_db_proxy.this[0].endpoint", "\"prod-ledger.proxy-c1abcdefghij.eu-west-1.rds.amazonaws.com\""),
            Map.entry(
                    "aws_secretsmanager_secret.master.arn",
                    "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:m\""),
            Map.entry(
                    "one(aws_secretsmanager_secret.service[*].arn)",
                    "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-ledger/app-a1b2c3\""),
            Map.entry("aws_elasticache_replication_group.this.primary_endpoint_address", "\"cache.example.com\""),
            Map.entry("aws_elasticache_replication_group.this.reader_endpoint_address", "\"reader.example.com\""),
            Map.entry("aws_sqs_queue.this.url", "\"https://sqs.eu-west-1.amazonaws.com/123456789012/prod-entries\""),
            Map.entry("aws_sqs_queue.this.arn", "\"arn:aws:sqs:eu-west-1:123456789012:prod-entries\""),
            Map.entry(
                    "aws_sqs_queue.dead_letters.arn",
                    "\"arn:aws:sqs:eu-west-1:123456789012:prod-entries-dead-letters\""),
            Map.entry("aws_sns_topic.this[0].arn", "\"arn:aws:sns:eu-west-1:123456789012:prod-entries\""),
            Map.entry("aws_s3_bucket.this.bucket", "\"prod-statements-123456789012\""),
            Map.entry("aws_s3_bucket.this.arn", "\"arn:aws:s3:::prod-statements-123456789012\""),
            Map.entry("aws_opensearch_domain.this.endpoint", "\"vpc-prod-ledger.eu-west-1.es.amazonaws.com\""),
            Map.entry("aws_opensearch_domain.this.dashboard_endpoint", "\"vpc-prod-ledger.example.com/_dashboards\""),
            Map.entry(
                    "aws_prometheus_workspace.this.prometheus_endpoint",
                    "\"https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/\""));

    private static final Pattern POLICY_OR_GROUP =
            Pattern.compile("aws_(iam_policy|security_group)\\.\\w+\\.(arn|id)\\b");

    Path directory() {
        return ROOT.resolve(name);
    }

    String read(String file) throws IOException {
        return Files.readString(directory().resolve(file));
    }

    /** {@return the content of every Terraform file, by name} */
    Map<String, String> files() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".tf")).toList()) {
                texts.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return texts;
    }

    /** {@return the variables and outputs of the module without its resources, which only the provider can check} */
    Terraform onlyOutputs(Path target) throws IOException {
        String outputs = withPlaceholders(read("outputs.tf"));
        StringBuilder locals = new StringBuilder("locals {\n");
        Set<String> names = new TreeSet<>();
        Pattern.compile("\\blocal\\.(\\w+)").matcher(outputs).results().forEach(match -> names.add(match.group(1)));
        for (String local : names) {
            locals.append("  ")
                    .append(local)
                    .append(" = ")
                    .append(withPlaceholders(definition(local)))
                    .append('\n');
        }
        Files.writeString(target.resolve("outputs.tf"), outputs);
        Files.writeString(target.resolve("locals.tf"), locals + "}\n");
        Files.writeString(target.resolve("variables.tf"), read("variables.tf"));
        return Terraform.in(target);
    }

    private String definition(String local) throws IOException {
        Pattern line = Pattern.compile("^  " + local + " += (.*)$", Pattern.MULTILINE);
        for (String text : files().values()) {
            Matcher block = Pattern.compile("^locals \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
                    .matcher(text);
            while (block.find()) {
                Matcher definition = line.matcher(block.group(1));
                if (definition.find()) {
                    return definition.group(1);
                }
            }
        }
        throw new AssertionError(name + " has no local value " + local);
    }

    private static String withPlaceholders(String text) {
        String replaced = POLICY_OR_GROUP.matcher(text).replaceAll("\"$1\"");
        for (String expression : KNOWN_AFTER_APPLY.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList()) {
            replaced = replaced.replace(expression, KNOWN_AFTER_APPLY.getOrDefault(expression, ""));
        }
        assertThat(replaced).doesNotContain("aws_", "data.");
        return replaced;
    }

    /** {@return the value of the output {@code environment}, applied with these variables in an empty directory} */
    Map<String, String> environment(List<String> variables, Path target) throws IOException, InterruptedException {
        Terraform terraform = onlyOutputs(target);
        Terraform.Run applied = terraform.run(commandLine("apply", variables, "-auto-approve"));
        assertThat(applied.status()).describedAs(applied.output()).isZero();
        Map<String, String> strings = new HashMap<>();
        JsonNode.parser()
                .parse(terraform.run("output", "-json", "environment").output())
                .asObject()
                .forEach((variable, value) -> strings.put(variable, value.asString()));
        return strings;
    }

    String[] commandLine(String command, List<String> variables, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "-input=false", "-no-color"));
        arguments.addAll(List.of(more));
        Stream.concat(required.stream(), variables.stream()).forEach(variable -> arguments.add("-var=" + variable));
        return arguments.toArray(new String[0]);
    }

    @Override
    public String toString() {
        return name;
    }
}
