package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.Databases;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** infrastructure/terraform/database outputs variables that this library reads, and keeps its promises about the master user. */
class TerraformDatabaseTest {

    private static String read(String file) throws IOException {
        return TerraformModule.DATABASE.read(file);
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
        Map<String, String> environment = TerraformModule.DATABASE.environment(variables, directory);

        Set<String> expected = new TreeSet<>(Set.of("ENVIRONMENT", "DB_HOST", "DB_PORT", "DB_NAME"));
        expected.addAll(more);
        assertThat(environment.keySet()).isEqualTo(expected);
        DatabaseSettings settings = Databases.resolve(environment);
        assertThat(settings.environment().isStrict()).isTrue();
        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.credentialsSource())
                .isInstanceOf(
                        source.equals("tokens") ? CredentialsSource.Provided.class : CredentialsSource.Secret.class);
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
}
