package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Databases;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/** The messages if Secrets Manager returns no secret; each failure is produced over HTTP or by the SDK itself. */
class SecretErrorsTest {

    private static final String ID = "prod/ledger";
    private static final String SUBJECT =
            "The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in eu-west-1. ";
    private static final String ROUTE =
            " Check the route to Secrets Manager: a NAT gateway or a VPC endpoint, its security"
                    + " group, and AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.";

    private SecretsManagerServer store;

    @BeforeEach
    void startStore() {
        store = SecretsManagerServer.start();
        store.put(ID, RotatingSecrets.login("app", "pw"));
    }

    @AfterEach
    void stopStore() {
        store.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(
                        Fault.of("ResourceNotFoundException"),
                        "There is no such secret in region eu-west-1. Check the name in DB_SECRET_ID. If it is not"
                                + " an ARN, also check the region, which DB_SECRET_REGION sets."),
                Arguments.of(
                        Fault.of("com.amazonaws.secretsmanager#AccessDeniedException"),
                        "The role of this service is not allowed to read it (AccessDeniedException). Allow"
                                + " secretsmanager:GetSecretValue on the secret to the role."),
                Arguments.of(
                        new Fault(
                                400,
                                "{\"__type\":\"AccessDeniedException\",\"Message\":\"Access to KMS is not allowed\"}"),
                        "The role of this service is not allowed to use the KMS key that encrypts it"
                                + " (AccessDeniedException). Allow kms:Decrypt on the key to the role."),
                Arguments.of(
                        Fault.of("DecryptionFailure"),
                        "The role of this service is not allowed to use the KMS key that encrypts it"
                                + " (DecryptionFailure). Allow kms:Decrypt on the key to the role."),
                Arguments.of(
                        Fault.of("UnrecognizedClientException"),
                        "AWS rejected the AWS credentials of this service (UnrecognizedClientException). Renew them and"
                                + " check the clock of this machine."),
                Arguments.of(
                        Fault.of("ThrottlingException"),
                        "Too many calls (ThrottlingException). Refresh less often, or request a higher quota for"
                                + " GetSecretValue."),
                Arguments.of(
                        Fault.of("InvalidRequestException"),
                        "It may be scheduled for deletion (InvalidRequestException). Check the name in DB_SECRET_ID. If it is"
                                + " not an ARN, also check the region, which DB_SECRET_REGION sets."),
                Arguments.of(
                        new Fault(503, "<html>said by a proxy</html>"),
                        "It answered with HTTP status 503, and the call is repeated. If the problem persists, check the"
                                + " health of Secrets Manager and of proxies on the way."),
                Arguments.of(
                        new Fault(200, "<html>said by a proxy</html>"),
                        "The AWS SDK could not make the call or read the answer (SdkClientException). Check"
                                + " AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL and the AWS profile if they are"
                                + " set, and whether a proxy answers instead of Secrets Manager."),
                Arguments.of(
                        new Fault(200, "{\"SecretBinary\":\"AAEC\"}"),
                        "It has no text; binary secrets are not supported. Store the credentials as text (SecretString)."));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void open_failedCall_isExplainedWithAFix(Fault answer, String message) {
        store.fail(answer);

        ConnectionFailedException failure = failure(store.uri(), RotatingSecrets.IDENTITY);

        assertThat(joined(failure)).isEqualTo(SUBJECT + message);
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
        assertThat(failure.getSQLState()).isEqualTo("28000");
        assertThat((Throwable) failure).rootCause().isInstanceOf(CredentialsException.class);
    }

    static Stream<Arguments> unreachable() throws IOException {
        return Stream.of(
                Arguments.of("http://127.0.0.1:" + FreePort.find() + "/", "It could not be reached."),
                Arguments.of("http://no.such.host.example:1/", "Its host no.such.host.example does not resolve."));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void open_unreachableStore_isExplainedWithAFix(String endpoint, String message) {
        assertThat(joined(failure(URI.create(endpoint), RotatingSecrets.IDENTITY)))
                .isEqualTo(SUBJECT + message + ROUTE);
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                Arguments.of(
                        AwsCredentialsProviderChain.of(EnvironmentVariableCredentialsProvider.create()),
                        "There are no AWS credentials. Give the service a role (task role, instance profile, IRSA with"
                                + " software.amazon.awssdk:sts on the class path), or set AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY."),
                Arguments.of(
                        WebIdentityTokenFileCredentialsProvider.builder()
                                .roleArn("arn:aws:iam::123456789012:role/ledger")
                                .webIdentityTokenFile(Path.of("token"))
                                .build(),
                        "The service runs with a web identity (EKS, IRSA) or assumes a role, but"
                                + " software.amazon.awssdk:sts is not on the class path. Add it, in the version of the"
                                + " other AWS SDK modules."));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void open_noAwsCredentials_namesWhatIsMissing(AwsCredentialsProvider identity, String message) {
        assertThat(joined(failure(store.uri(), identity))).isEqualTo(SUBJECT + message);
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void getConnection_refusedWhileTheStoreIsDown_keepsTheStateAndCarriesTheStoresFailure() throws SQLException {
        PostgresServer postgres = PostgresServer.shared();
        postgres.createRole("aws_refused", "pw-1");
        store.put(ID, RotatingSecrets.login("aws_refused", "pw-2"));
        store.deny(SecretsManagerServer.PENDING);
        RotatingSecret secret = RotatingSecrets.follow(ID, store);
        secret.prepare();
        Await.until(Duration.ofSeconds(60), () -> store.calls().size() == 1);
        Map<String, String> environment = environment(postgres.port());
        assertThat(secret.description()).isEqualTo("secret 'prod/ledger' in eu-west-1");
        store.fail(new Fault(503, ""));

        ConnectionFailedException failure =
                catchThrowableOfType(ConnectionFailedException.class, () -> Databases.builder()
                        .environment(environment)
                        .credentials(secret)
                        .open()
                        .close());

        assertThat(failure.getSQLState()).isEqualTo("28P01");
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(String.valueOf(failure.getMessage()).lines().map(String::strip))
                .containsExactly(
                        "Cannot connect to 127.0.0.1:" + postgres.port()
                                + ": it refused the password of user 'aws_refused', or has no such user (secret 'prod/ledger' in eu-west-1).",
                        "From: secret 'prod/ledger' in eu-west-1",
                        "Check the user and the password, and that the server has the same password.",
                        "The refresh of the credentials failed: " + SUBJECT
                                + "It answered with HTTP status 503, and the"
                                + " call is repeated. If the problem persists, check the health of Secrets Manager and of"
                                + " proxies on the way.");
        assertThat(Objects.requireNonNull(failure.getCause()).getSuppressed()[0])
                .rootCause()
                .isInstanceOf(CredentialsException.class);
    }

    /** The problem is the first line, and the fix is the second one. */
    private static String joined(ConnectionFailedException failure) {
        assertThat(failure.getMessage()).hasLineCount(2);
        return String.join(
                " ",
                String.valueOf(failure.getMessage()).lines().map(String::strip).toList());
    }

    private static ConnectionFailedException failure(URI endpoint, AwsCredentialsProvider identity) {
        RotatingSecret secret =
                RotatingSecrets.follow(ID, endpoint, identity, Duration.ofMinutes(15), RefreshClock.SYSTEM);
        return catchThrowableOfType(ConnectionFailedException.class, () -> Databases.builder()
                .environment(environment(1))
                .credentials(secret)
                .open()
                .close());
    }

    private static Map<String, String> environment(int port) {
        return Map.of(
                "ENVIRONMENT", "test",
                "DB_HOST", "127.0.0.1",
                "DB_PORT", Integer.toString(port),
                "DB_NAME", "postgres",
                "DB_SSLMODE", "disable");
    }
}
