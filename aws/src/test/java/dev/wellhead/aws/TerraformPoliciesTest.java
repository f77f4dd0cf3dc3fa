package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of infrastructure/terraform permit no more than they have to. */
class TerraformPoliciesTest {

    /** Actions that AWS defines for no resource. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of("secretsmanager:GetRandomPassword");

    /** Resources of which only the beginning is known: objects, paths of a domain, streams of a log group. */
    private static final List<Pattern> PARTS = List.of(
            Pattern.compile("\\$\\{(aws_s3_bucket\\.this\\.arn|var\\.replica_bucket_arn)}/(\\$\\{local\\.prefix})?\\*"),
            Pattern.compile("\\$\\{local\\.domain_arn}/\\*"),
            Pattern.compile("\\$\\{aws_cloudwatch_log_group\\.rotation\\[0]\\.arn}:log-stream:\\*"),
            Pattern.compile("\\$\\{group\\.arn}:\\*"));

    private static final Pattern STATEMENT =
            Pattern.compile("(?m)^( *)(?:statement|content) \\{\\n([\\s\\S]*?)\\n\\1}");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Stream<TerraformModule> modules() {
        return TerraformModule.ALL.stream();
    }

    private static List<String> statements(TerraformModule module) throws IOException {
        List<String> statements = new ArrayList<>();
        for (String text : module.files().values()) {
            STATEMENT
                    .matcher(text)
                    .results()
                    .map(match -> match.group(2))
                    .filter(body -> body.contains(" actions "))
                    .forEach(statements::add);
        }
        return statements;
    }

    private static List<String> literals(String statement, String argument) {
        Matcher values = Pattern.compile("(?ms)^ *" + argument + " += (.*?)(?=^ *\\w+ +=|^ *\\w+ \\{|^$|\\z)")
                .matcher(statement);
        assertThat(values.find()).describedAs("%s of %s", argument, statement).isTrue();
        return LITERAL.matcher(values.group(1))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static boolean denies(String statement) {
        return statement.contains("effect    = \"Deny\"");
    }

    /** The code that runs in production with these policies. */
    private static final List<String> CALLERS = List.of(
            "docs/services.md",
            "examples/ledger/src/main/java/dev/wellhead/examples/ledger/queue/SqsEntryQueue.java",
            "examples/ledger/src/main/java/dev/wellhead/examples/ledger/statements/S3StatementStore.java",
            "examples/ledger/src/main/java/dev/wellhead/examples/ledger/search/OpenSearchEntries.java");

    @Test
    void calls_ofTheLedgerAndOfTheGuide_arePermittedByThePolicies() throws IOException {
        Set<String> needed = new TreeSet<>();
        for (String file : CALLERS) {
            String text = Files.readString(Path.of("..").resolve(file));
            // for example sqs.sendMessageBatch(request -> ...), s3.getObjectAsBytes(request -> ...)
            Pattern.compile("\\b(sqs|s3)\\.([a-z])(\\w+?)(?:Batch|AsBytes)?\\(\\s*request")
                    .matcher(text)
                    .results()
                    .forEach(call ->
                            needed.add(call.group(1) + ":" + call.group(2).toUpperCase(Locale.ROOT) + call.group(3)));
            // for example send("POST", ...), .PUT(BodyPublishers...), SdkHttpMethod.POST
            Pattern.compile("(?:send\\(\"|SdkHttpMethod\\.|\\n +\\.)(GET|PUT|POST|DELETE)\\b")
                    .matcher(text)
                    .results()
                    .forEach(call -> needed.add("es:ESHttp" + call.group(1).charAt(0)
                            + call.group(1).substring(1).toLowerCase(Locale.ROOT)));
        }
        Set<String> permitted = new TreeSet<>();
        for (TerraformModule module : List.of(TerraformModule.QUEUE, TerraformModule.STORAGE, TerraformModule.SEARCH)) {
            LITERAL.matcher(module.read("iam.tf"))
                    .results()
                    .map(match -> match.group(1))
                    .filter(literal -> literal.matches("(sqs|s3|es):\\w+"))
                    .forEach(permitted::add);
        }

        assertThat(needed)
                .contains("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "s3:PutObject", "s3:GetObject")
                .contains("es:ESHttpPut", "es:ESHttpPost");
        assertThat(permitted).containsAll(needed);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void statement_thatAllows_hasNoWildcardThatAwsDoesNotRequire(TerraformModule module) throws IOException {
        List<String> statements = statements(module);

        assertThat(statements).isNotEmpty();
        for (String statement : statements) {
            if (denies(statement)) {
                continue;
            }
            List<String> actions = literals(statement, "actions");
            assertThat(actions).allMatch(action -> action.matches("[a-z0-9-]+:[A-Za-z]+"), statement);
            for (String resource : literals(statement, "resources")) {
                if (resource.equals("*")) {
                    assertThat(WITHOUT_RESOURCE).describedAs(statement).containsAll(actions);
                } else if (resource.contains("*")) {
                    assertThat(PARTS).describedAs(statement).anyMatch(part -> part.matcher(resource)
                            .matches());
                }
            }
            assertThat(statement).doesNotContain("identifiers = [\"*\"]");
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void statement_thatPermitsAKey_isLimitedToAService(TerraformModule module) throws IOException {
        for (String statement : statements(module)) {
            if (statement.contains("\"kms:") && !denies(statement)) {
                assertThat(statement).contains("\"kms:ViaService\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void statement_thatDenies_hasACondition(TerraformModule module) throws IOException {
        for (String statement : statements(module)) {
            if (denies(statement)) {
                assertThat(statement).contains("condition {");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void statement_thatTrustsAService_isLimitedToThisAccountOrResource(TerraformModule module) throws IOException {
        for (String statement : statements(module)) {
            if (statement.contains("type        = \"Service\"")) {
                assertThat(statement).contains("\"aws:SourceArn\"");
            }
        }
    }

    @Test
    void resourcePolicies_ofQueuesTopicsAndBuckets_requireTls() throws IOException {
        for (Map.Entry<TerraformModule, Integer> expected :
                Map.of(TerraformModule.QUEUE, 2, TerraformModule.STORAGE, 1).entrySet()) {
            assertThat(statements(expected.getKey()))
                    .filteredOn(statement -> statement.contains("\"aws:SecureTransport\""))
                    .hasSize(expected.getValue())
                    .allMatch(TerraformPoliciesTest::denies)
                    .allMatch(statement -> statement.contains("values   = [\"false\"]"));
        }
        assertThat(TerraformModule.CACHE.read("main.tf"))
                .contains("transit_encryption_enabled = true", "transit_encryption_mode    = \"required\"");
        assertThat(TerraformModule.SEARCH.read("main.tf"))
                .contains("enforce_https       = true", "\"Policy-Min-TLS-1-2-PFS-2023-10\"");
        assertThat(TerraformModule.DATABASE.read("parameters.tf")).contains("\"rds.force_ssl\"");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void securityGroups_ofAModule_admitOnlyGroups(TerraformModule module) throws IOException {
        for (Map.Entry<String, String> file : module.files().entrySet()) {
            // the rotation function of the database calls Secrets Manager, whose addresses are not known
            int known = module.equals(TerraformModule.DATABASE) && file.getKey().equals("rotation.tf") ? 1 : 0;
            assertThat(Pattern.compile("cidr_ipv[46]|::/0")
                            .matcher(file.getValue())
                            .results())
                    .describedAs("%s/%s", module, file.getKey())
                    .hasSize(known);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void passwords_areInNoArgumentThatTheStateContains(TerraformModule module) throws IOException {
        for (Map.Entry<String, String> file : module.files().entrySet()) {
            assertThat(file.getValue())
                    .describedAs("%s/%s", module, file.getKey())
                    .doesNotContainPattern(
                            "(?m)^ +(password|passwords|auth_token|secret_string|master_user_password) += (?!ephemeral\\.)");
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void accounts_thatAModuleNames_areThoseThatAwsPublishes(TerraformModule module) throws IOException {
        // the publishers of the rotation function, in each partition
        Set<String> published = Set.of("297356227824", "193023089310", "023102451235");
        for (String text : module.files().values()) {
            assertThat(Pattern.compile("(?<![0-9])[0-9]{12}(?![0-9])")
                            .matcher(text)
                            .results()
                            .map(match -> match.group()))
                    .isSubsetOf(published);
        }
        assertThat(Pattern.compile(":([0-9]{12}):")
                        .matcher(module.read("README.md"))
                        .results()
                        .map(match -> match.group(1)))
                .isSubsetOf("123456789012");
    }
}
