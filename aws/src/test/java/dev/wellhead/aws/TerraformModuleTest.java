package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.Databases;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
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
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** infrastructure/terraform outputs variables that this library reads, and its README is correct. */
class TerraformModuleTest {

    private static final Path MODULE = Path.of("..", "infrastructure", "terraform");
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-ledger/app-a1b2c3";

    /** Placeholders for values that only the provider can compute. */
    private static final Map<String, String> KNOWN_AFTER_APPLY = Map.of(
            "aws_db_instance.primary.address",
            "\"prod-ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com\"",
            "aws_secretsmanager_secret.master.arn",
            "\"" + SECRET + "\"",
            "aws_db_proxy.this[0].endpoint",
            "\"prod-ledger.proxy-c1abcdefghij.eu-west-1.rds.amazonaws.com\"",
            "aws_db_instance.replica[*].address",
            "[for n in range(var.replica_count) :"
                    + " \"prod-ledger-replica-${n + 1}.c1abcdefghij.eu-west-1.rds.amazonaws.com\"]",
            "aws_iam_policy.service.arn",
            "\"arn:aws:iam::123456789012:policy/prod-ledger-service\"",
            "aws_security_group.database.id",
            "\"sg-0123456789abcdef0\"");

    private static final String[] REQUIRED = {
        "-var=name=prod-ledger", "-var=vpc_id=vpc-1", "-var=subnet_ids=[\"subnet-1\",\"subnet-2\"]"
    };

    private static String read(String file) throws IOException {
        return Files.readString(MODULE.resolve(file));
    }

    @Test
    void environment_everyName_isOneTheLibraryReads() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("ENVIRONMENT"));
        DatabaseSettings settings = Databases.resolve(Map.of());
        for (Setting<?> setting : Settings.all()) {
            known.add(settings.variable(setting));
        }
        String outputs = read("outputs.tf");
        int begin = outputs.indexOf("output \"environment\"");
        Matcher name = Pattern.compile("\\b([A-Z][A-Z_]+) +=").matcher(outputs);
        name.region(begin, outputs.indexOf("\noutput ", begin));
        List<String> names = new ArrayList<>();
        while (name.find()) {
            names.add(name.group(1));
        }

        assertThat(names).contains("ENVIRONMENT", "DB_HOST", "DB_SECRET_ID", "DB_AUTH", "DB_READER_HOST");
        assertThat(known).containsAll(names);
    }

    static Stream<Arguments> waysToLogIn() {
        return Stream.of(
                arguments(List.of(), Set.of("DB_SECRET_ID"), "a secret"),
                arguments(
                        List.of("rotation_lambda_arn=arn:aws:lambda:eu-west-1:123456789012:function:r"),
                        Set.of("DB_SECRET_ID"),
                        "a secret"),
                arguments(List.of("iam_authentication=true"), Set.of("DB_AUTH", "DB_USER"), "tokens"),
                arguments(List.of("proxy=true"), Set.of("DB_SECRET_ID", "DB_POOLER"), "a secret"),
                arguments(
                        List.of("proxy=true", "replica_count=2"),
                        Set.of("DB_SECRET_ID", "DB_POOLER", "DB_READER_HOST"),
                        "a secret"),
                arguments(
                        List.of("proxy=true", "iam_authentication=true", "replica_count=1", "environment=staging"),
                        Set.of("DB_AUTH", "DB_USER", "DB_POOLER", "DB_READER_HOST"),
                        "tokens"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToLogIn")
    void environment_ofEveryWayToLogIn_resolvesAndIsVerified(
            List<String> variables, Set<String> more, String source, @TempDir Path directory) throws Exception {
        Terraform terraform = onlyOutputs(directory);

        Terraform.Run applied = terraform.run(commandLine("apply", variables, "-auto-approve"));
        assertThat(applied.status()).describedAs(applied.output()).isZero();
        Map<String, String> environment =
                strings(terraform.run("output", "-json", "environment").output());

        Set<String> expected = new TreeSet<>(Set.of("ENVIRONMENT", "DB_HOST", "DB_PORT", "DB_NAME"));
        expected.addAll(more);
        assertThat(environment.keySet()).isEqualTo(expected);
        DatabaseSettings settings = Databases.resolve(environment);
        assertThat(settings.environment().isStrict()).isTrue();
        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.credentialsSource())
                .isInstanceOf(source.equals("tokens") ? CredentialsSource.Iam.class : CredentialsSource.Secret.class);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("name=Prod--Ledger", "Use 3 to 42 lower-case letters, digits and single hyphens"),
                arguments("environment=Local", "Wellhead is lenient in local, dev, development, test and ci"),
                arguments("subnet_ids=[\"subnet-1\"]", "Multi-AZ needs subnets in at least two availability zones."),
                arguments("engine_version=15", "The parameter group is of family postgres16."),
                arguments("rotation_lambda_arn=rotate", "Use the ARN of a function"),
                arguments("service_username=postgres", "The service needs a role of its own"),
                arguments("master_password_version=0", "Use a whole number, 1 or more."),
                arguments("audit_log=[\"ddl\",\"users\"]", "Use one or more of ddl, function, misc"),
                arguments("audit_log=[]", "Use one or more of ddl, function, misc"),
                arguments("rotation_days=0", "Secrets Manager rotates every 1 to 1000 days."),
                arguments("service_username=App", "Use up to 63 lower-case letters, digits and underscores"),
                arguments("max_allocated_storage_gib=100", "at least a tenth above"),
                arguments("backup_retention_days=36", "RDS keeps automated backups for 1 to 35 days."),
                arguments("backup_region=eu-central-1", "Set backup_kms_key_arn: encrypted backups need a key"),
                arguments("replica_count=16", "RDS for PostgreSQL has at most 15 read replicas."),
                arguments("performance_insights_retention_days=8", "Use 7, a multiple of 31 up to 713, or 731."),
                arguments("database_insights_mode=advanced", "requires at least 465 days."),
                arguments("kms_key_arn=alias/ledger", "Use the ARN of a key"),
                arguments("log_retention_days=10", "CloudWatch keeps logs for 1, 3, 5"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void variable_thatCannotWork_isRefusedWithAReason(String variable, String reason, @TempDir Path directory)
            throws Exception {
        Terraform.Run planned = onlyOutputs(directory).run(commandLine("plan", List.of(variable)));

        assertThat(planned.status()).isEqualTo(1);
        assertThat(planned.output().replaceAll("\\s+", " "))
                .contains("Invalid value for variable")
                .contains(reason);
    }

    @Test
    void masterUser_ofTheInstance_isNotTheServicesAndAllowsReplicas() throws IOException {
        String main = read("main.tf");
        // RDS refuses read replicas of an instance whose master password it manages
        assertThat(main)
                .doesNotContain("  manage_master_user_password")
                .contains("  password_wo  ", "  password_wo_version ");
        // a module that was changed in this respect fails in the plan, with the reason
        assertThat(main)
                .contains("condition     = aws_db_instance.primary.manage_master_user_password != true")
                .contains(
                        "error_message = \"RDS refuses read replicas of an instance whose master password it manages");
        // RDS creates replicas only of instances with automated backups
        assertThat(read("variables.tf")).contains("RDS keeps automated backups for 1 to 35 days.");
        // the arguments that Terraform would write to its state
        for (String file : List.of("main.tf", "master.tf", "secret.tf")) {
            assertThat(read(file)).doesNotContainPattern("(?m)^  (password|secret_string) +=");
        }
        assertThat(read("iam.tf")).doesNotContain("secret.master");
        assertThat(read("proxy.tf")).doesNotContain("secret.master");
    }

    @Test
    void auditLog_ofTheInstance_isExported() throws IOException {
        assertThat(read("parameters.tf"))
                .contains("\"pg_stat_statements,pgaudit\"")
                .contains("name  = \"pgaudit.log\"\n    value = join(\",\", var.audit_log)");
        assertThat(read("variables.tf")).contains("default     = [\"ddl\", \"role\"]");
        assertThat(read("main.tf")).contains("exported_logs = concat([\"postgresql\"");
    }

    @Test
    void references_toResources_areDeclared() throws IOException {
        Set<String> declared = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(MODULE)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".tf")).toList()) {
                String text = Files.readString(file);
                Pattern.compile("^(?:resource|data|ephemeral) \"(\\w+)\" \"(\\w+)\"", Pattern.MULTILINE)
                        .matcher(text)
                        .results()
                        .forEach(match -> declared.add(match.group(1) + "." + match.group(2)));
                Pattern.compile("\\baws_\\w+\\.\\w+").matcher(text).results().forEach(match -> used.add(match.group()));
            }
        }
        assertThat(used).isNotEmpty();
        assertThat(declared).containsAll(used);
    }

    @Test
    void files_areFormatted() throws Exception {
        Terraform.Run formatted = Terraform.in(MODULE).run("fmt", "-check", "-diff", "-recursive");

        assertThat(formatted.status()).describedAs(formatted.output()).isZero();
    }

    @Test
    void module_isValid_whereTheProviderIsInstalled() throws Exception {
        assumeThat(MODULE.resolve(".terraform").resolve("providers"))
                .describedAs("the AWS provider, from terraform init")
                .exists();
        Terraform.Run validated = Terraform.in(MODULE).run("validate", "-no-color");

        assertThat(validated.status()).describedAs(validated.output()).isZero();
    }

    @Test
    void readme_variables_areThoseOfTheModule() throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher variable = Pattern.compile("^variable \"(\\w+)\" \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(read("variables.tf"));
        while (variable.find()) {
            Matcher fallback =
                    Pattern.compile("^  default +=(.*)$", Pattern.MULTILINE).matcher(variable.group(2));
            rows.add("| `" + variable.group(1) + "` | "
                    + (fallback.find() ? "`" + fallback.group(1).strip().replace("\"", "") + "`" : "required") + " | "
                    + description(variable.group(2)) + " |");
        }

        assertThat(rows).isNotEmpty();
        assertThat(table("## Variables")).isEqualTo(rows);
    }

    @Test
    void readme_outputs_areThoseOfTheModule() throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher output = Pattern.compile("^output \"(\\w+)\" \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(read("outputs.tf"));
        while (output.find()) {
            rows.add("| `" + output.group(1) + "` | " + description(output.group(2)) + " |");
        }

        assertThat(rows).isNotEmpty();
        assertThat(table("## Outputs")).isEqualTo(rows);
    }

    @Test
    void readme_example_isFormattedAndSetsVariablesThatExist(@TempDir Path directory) throws Exception {
        Matcher block = Pattern.compile("```hcl\\n(.*?)```", Pattern.DOTALL).matcher(read("README.md"));
        assertThat(block.find()).isTrue();
        Matcher set = Pattern.compile("^  (\\w+) +=", Pattern.MULTILINE)
                .matcher(block.group(1)
                        .split("module \"ledger_database\"", -1)[1]
                        .split("\n}", -1)[0]);
        String declared = read("variables.tf");
        int count = 0;
        while (set.find()) {
            count++;
            assertThat(set.group(1).equals("source") || declared.contains("variable \"" + set.group(1) + "\""))
                    .describedAs(set.group(1))
                    .isTrue();
        }
        assertThat(count).isGreaterThan(4);
        Files.writeString(directory.resolve("main.tf"), block.group(1));
        Terraform.Run formatted = Terraform.in(directory).run("fmt", "-check", "-diff");
        assertThat(formatted.status()).describedAs(formatted.output()).isZero();
    }

    private static String description(String body) {
        Matcher description =
                Pattern.compile("^  description = \"(.*)\"$", Pattern.MULTILINE).matcher(body);
        assertThat(description.find()).describedAs(body).isTrue();
        return description.group(1);
    }

    private static List<String> table(String heading) throws IOException {
        String after = read("README.md").split(heading + "\n", 2)[1].split("\n## ", 2)[0];
        return after.lines().filter(line -> line.startsWith("| `")).toList();
    }

    /** The variables and outputs of the module without its resources, which only the provider can check. */
    private static Terraform onlyOutputs(Path directory) throws IOException {
        String outputs = read("outputs.tf");
        for (Map.Entry<String, String> known : KNOWN_AFTER_APPLY.entrySet()) {
            assertThat(outputs).contains(known.getKey());
            outputs = outputs.replace(known.getKey(), known.getValue());
        }
        assertThat(outputs).doesNotContain("aws_");
        Files.writeString(directory.resolve("outputs.tf"), outputs);
        Files.writeString(directory.resolve("variables.tf"), read("variables.tf"));
        Files.writeString(
                directory.resolve("locals.tf"),
                "locals {\n  port = 5432\n  reads_secret = !var.iam_authentication\n  secret_arn = \"" + SECRET
                        + "\"\n}\n");
        assertThat(read("main.tf")).contains("  port = 5432\n");
        assertThat(read("secret.tf")).contains("  reads_secret   = !var.iam_authentication\n");
        return Terraform.in(directory);
    }

    private static String[] commandLine(String command, List<String> variables, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "-input=false", "-no-color"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(REQUIRED));
        for (String variable : variables) {
            arguments.add("-var=" + variable);
        }
        return arguments.toArray(new String[0]);
    }

    private static Map<String, String> strings(String json) {
        Map<String, String> strings = new HashMap<>();
        JsonNode.parser().parse(json).asObject().forEach((name, value) -> strings.put(name, value.asString()));
        return strings;
    }
}
