package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which Secrets Manager can fail to supply a login. Most runs are in this process, with the system properties
 * of the AWS SDK; two are in their own process, with its variables.
 */
class DoctorSecretsTest {

    private static final String PASSWORD = "Mn8-unmistakable-2r";
    private static final String SECRET = "prod/shop";

    @TempDir
    Path directory;

    private SecretsManagerServer store;

    @BeforeAll
    static void createRole() {
        PostgresServer.shared().createRole("secretive", PASSWORD);
    }

    @BeforeEach
    void start() throws IOException {
        store = SecretsManagerServer.start();
        store.put(SECRET, text(PASSWORD));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private static String text(String password) {
        PostgresServer server = PostgresServer.shared();
        return "{\"username\":\"secretive\",\"password\":\"" + password + "\",\"host\":\"127.0.0.1\",\"port\":"
                + server.port() + ",\"dbname\":\"postgres\"}";
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "production");
        variables.put("DB_SECRET_ID", SECRET);
        variables.put("DB_SSLMODE", "disable");
        variables.put("DB_CONNECTION_TIMEOUT", "4s");
        variables.put("AWS_REGION", "eu-west-1");
        variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY");
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
        return variables;
    }

    /** The system properties that the AWS SDK reads in place of its variables. They take precedence over variables. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "AWS_REGION", "aws.region",
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_EC2_METADATA_DISABLED", "aws.disableEc2Metadata",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER", "aws.endpointUrlSecretsManager");

    private static Run doctor(Map<String, String> variables) {
        PROPERTIES.forEach((variable, property) -> System.setProperty(property, variables.getOrDefault(variable, "")));
        try {
            return withoutSecrets(Run.piped(variables, "doctor", "--json"));
        } finally {
            PROPERTIES.values().forEach(System::clearProperty);
        }
    }

    private Run doctorInItsOwnProcess(Map<String, String> variables) throws IOException, InterruptedException {
        return withoutSecrets(Child.run(directory, variables, "doctor", "--json"));
    }

    private static Run withoutSecrets(Run run) {
        assertThat(run.out() + run.err())
                .doesNotContain(PASSWORD)
                .doesNotContain("unmistakable")
                .doesNotContain("wJalrXUtnFEMIK7MDENG");
        return run;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "ResourceNotFoundException",
                        "There is no such secret in region eu-west-1.",
                        "Check the name in DB_SECRET_ID. If it is not an ARN, also check the region"),
                Arguments.of(
                        "AccessDeniedException",
                        "The role of this service is not allowed to read it (AccessDeniedException).",
                        "Allow secretsmanager:GetSecretValue on the secret to the role."),
                Arguments.of(
                        "ExpiredTokenException",
                        "AWS rejected the AWS credentials of this service (ExpiredTokenException).",
                        "Renew them and check the clock of this machine."),
                Arguments.of(
                        "DecryptionFailure",
                        "The role of this service is not allowed to use the KMS key that encrypts it (DecryptionFailure).",
                        "Allow kms:Decrypt on the key to the role."),
                Arguments.of(
                        "ThrottlingException",
                        "Too many calls (ThrottlingException).",
                        "Refresh less often, or request a higher quota for GetSecretValue."),
                Arguments.of(
                        "InternalServiceError",
                        "It answered with HTTP status 400, and the call is repeated.",
                        "If the problem persists, check the health of Secrets Manager"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void store_thatRefuses_failsAtCredentials(String type, String what, String fix) {
        store.fail(Fault.of(type));

        failsAtCredentials(doctor(variables()), what, fix);
    }

    private static void failsAtCredentials(Run run, String what, String fix) {
        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly("credentials");
        assertThat(stages.failure("credentials")).isEqualTo("credentials_unavailable");
        assertThat(stages.result("credentials"))
                .startsWith("The secret 'prod/shop' (DB_SECRET_ID) could not be read from AWS Secrets Manager in"
                        + " eu-west-1. ")
                .contains(what);
        assertThat(stages.fix("credentials")).startsWith(fix);
        assertThat(stages.codes("not_tested")).startsWith("dns", "tcp", "tls", "authentication");
        assertThat(run.code()).isEqualTo(75);
    }

    @Test
    void store_notReachable_failsAtCredentials() {
        Map<String, String> variables = variables();
        variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:" + FreePort.find() + "/");

        failsAtCredentials(
                doctor(variables), "It could not be reached.", "Check the route to Secrets Manager: a NAT gateway");
    }

    @Test
    void identity_thatIsMissing_failsAtCredentials() throws Exception {
        Map<String, String> variables = variables();
        variables.remove("AWS_ACCESS_KEY_ID");
        variables.remove("AWS_SECRET_ACCESS_KEY");

        failsAtCredentials(
                doctorInItsOwnProcess(variables),
                "There are no AWS credentials.",
                "Give the service a role (task role");
    }

    @Test
    void secret_ofBytes_failsAtCredentials() {
        store.putBinary(SECRET);

        failsAtCredentials(
                doctor(variables()),
                "It has no text; binary secrets are not supported.",
                "Store the credentials as text (SecretString).");
    }

    @Test
    void answer_notJson_failsAtCredentials() {
        store.fail(new Fault(200, "<html>"));

        failsAtCredentials(
                doctor(variables()),
                "The AWS SDK could not make the call or read the answer",
                "Check AWS_ENDPOINT_URL_SECRETS_MANAGER");
    }

    @Test
    void secret_withoutAPassword_failsAtCredentials() {
        store.put(SECRET, "{\"username\":\"secretive\"}");

        Run run = doctor(variables());

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly("credentials");
        assertThat(stages.result("credentials")).contains("prod/shop").contains("password");
        assertThat(stages.fix("credentials")).isNotEmpty();
    }

    @Test
    void secret_withAServer_isConnectedTo() throws Exception {
        PostgresServer.shared().setPassword("secretive", PASSWORD);

        Run run = doctorInItsOwnProcess(variables());

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).isEmpty();
        assertThat(stages.result("credentials")).startsWith("secret 'prod/shop' in eu-west-1: AWSCURRENT, version ");
        assertThat(stages.result("authentication")).startsWith("logged in as secretive (AWSCURRENT, version ");
        assertThat(run.code()).isZero();
    }

    @Test
    void password_rotatedOnlyOnTheServer_isThePendingOne() {
        PostgresServer.shared().setPassword("secretive", PASSWORD + "-pending");
        store.createPending(SECRET, text(PASSWORD + "-pending"));

        Run run = doctor(variables());

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).isEmpty();
        assertThat(stages.result("authentication")).startsWith("logged in as secretive (AWSPENDING, version ");
    }

    @Test
    void password_thatTheServerDoesNotHave_failsAtAuthentication() {
        PostgresServer.shared().setPassword("secretive", "another");

        Run run = doctor(variables());

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly("authentication");
        assertThat(stages.failure("authentication")).isEqualTo("credentials_refused");
        assertThat(stages.fix("authentication")).isNotEmpty();
    }
}
