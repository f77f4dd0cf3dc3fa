package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code DB_AUTH=iam} in the environment of a process, found and served with no other code. */
class IamProcessTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Our CA");
    private static final PostgresServer SERVER = PostgresServer.builder()
            .tls(AUTHORITY.server("127.0.0.1"))
            .hba("hostssl open app all trust", "hostssl all app all password")
            .start();

    private static final String FROM = "  From: RDS IAM authentication";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void prepare() {
        AUTHORITY.writeTo(directory.resolve("root.crt"));
        SERVER.createRole("app", "no token");
        SERVER.createDatabase("open");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void process_withKeysAndRegion_logsIn() throws Exception {
        assertThat(outputOf(Map.of(
                        "DB_NAME",
                        "open",
                        "DB_IAM_REGION",
                        "eu-west-1",
                        "AWS_ACCESS_KEY_ID",
                        "AKIAEXAMPLE",
                        "AWS_SECRET_ACCESS_KEY",
                        "example")))
                .containsExactly("app over TLSv1.3");
    }

    @Test
    void process_refusedToken_printsAdvice() throws Exception {
        List<String> lines = outputOf(Map.of(
                "DB_NAME", "postgres",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "example"));

        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .isEqualTo("Cannot connect to 127.0.0.1:" + SERVER.port()
                        + ": it refused the password of user 'app', or has no such"
                        + " user (RDS IAM authentication).");
        assertThat(lines.get(4))
                .isEqualTo("  Check that the IAM policy of this service allows rds-db:connect for user 'app' of this"
                        + " database in region eu-west-1.");
    }

    @Test
    void process_withoutAwsCredentials_printsTheFix() throws Exception {
        assertThat(outputOf(Map.of("DB_NAME", "open", "DB_IAM_REGION", "eu-west-1")))
                .containsExactly(
                        "No authentication token can be signed for user 'app'. There are no AWS credentials.",
                        FROM,
                        "  Give the service a role (task role, instance profile, IRSA with software.amazon.awssdk:sts on the"
                                + " class path), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
    }

    @Test
    void process_webIdentityWithoutSts_printsTheMissingModule() throws Exception {
        assertThat(outputOf(Map.of(
                        "DB_NAME", "open",
                        "DB_IAM_REGION", "eu-west-1",
                        "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ledger",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                                directory.resolve("token").toString())))
                .containsExactly(
                        "No authentication token can be signed for user 'app'. The service runs with a web"
                                + " identity (EKS, IRSA) or assumes a role, but software.amazon.awssdk:sts is not on the class"
                                + " path.",
                        FROM,
                        "  Add it, in the version of the other AWS SDK modules.");
    }

    @Test
    void process_withoutARegion_printsTheSettings() throws Exception {
        assertThat(outputOf(Map.of(
                        "DB_NAME", "open", "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY", "example")))
                .containsExactly(
                        "There is no AWS region to sign an authentication token for: DB_IAM_REGION and AWS_REGION"
                                + " are not set, the host '127.0.0.1' has no region in its name, and the AWS profile has none.",
                        FROM,
                        "  Set DB_IAM_REGION.");
    }

    private static List<String> outputOf(Map<String, String> more) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile());
        Map<String, String> environment = new HashMap<>(Map.of(
                "ENVIRONMENT",
                "production",
                "DB_AUTH",
                "iam",
                "DB_USER",
                "app",
                "DB_HOST",
                SERVER.host(),
                "DB_PORT",
                Integer.toString(SERVER.port()),
                "DB_SSLROOTCERT",
                directory.resolve("root.crt").toString(),
                "HOME",
                directory.toString(),
                "AWS_EC2_METADATA_DISABLED",
                "true"));
        environment.putAll(more);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after a minute");
        }
        return Files.readAllLines(output).stream()
                .filter(line -> !line.matches("[0-9:.]+ (DEBUG|INFO|WARN) .*"))
                .toList();
    }

    /** The shortest possible service. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            try (Database database = Databases.fromEnvironment();
                    Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_user || ' over ' || version"
                            + " FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
                row.next();
                System.out.println(row.getString(1));
            } catch (SQLException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
