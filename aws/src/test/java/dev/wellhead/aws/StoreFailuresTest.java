package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Databases;
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

/** What opening a database tells when the store gives no secret, each failure produced over HTTP or by the SDK itself. */
class StoreFailuresTest {

    private static final String ID = "prod/ledger";
    private static final String SUBJECT =
            "The secret 'prod/ledger' (DB_SECRET_ID) could not be read from AWS Secrets Manager in eu-west-1. ";
    private static final String ROUTE =
            " Check the route to Secrets Manager: a NAT gateway or a VPC endpoint, its security"
                    + " group, and AWS_ENDPOINT_URL_SECRETS_MANAGER if it is set.";

    private SecretsManagerServer store;

    @BeforeEach
    void startStore() throws IOException {
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
                        "There is no such secret in region eu-west-1. Check the name in DB_SECRET_ID, and the region:"
                                + " DB_SECRET_REGION sets it where the name is no ARN."),
                Arguments.of(
                        Fault.of("com.amazonaws.secretsmanager#AccessDeniedException"),
                        "The identity of this service may not read it (AccessDeniedException). Allow"
                                + " secretsmanager:GetSecretValue on the secret to the role of this service."),
                Arguments.of(
                        new Fault(
                                400,
                                "{\"__type\":\"AccessDeniedException\",\"Message\":\"Access to KMS is not allowed\"}"),
                        "The KMS key that encrypts it may not be used by this service (KMSAccessDeniedException). Allow"
                                + " kms:Decrypt on the key of the secret to the role of this service."),
                Arguments.of(
                        Fault.of("DecryptionFailure"),
                        "The KMS key that encrypts it may not be used by this service (DecryptionFailure). Allow"
                                + " kms:Decrypt on the key of the secret to the role of this service."),
                Arguments.of(
                        Fault.of("UnrecognizedClientException"),
                        "AWS refused the identity of this service (UnrecognizedClientException). Renew the AWS"
                                + " credentials of this service and check its clock."),
                Arguments.of(
                        Fault.of("ThrottlingException"),
                        "It is throttled (ThrottlingException). Fewer refreshes, or a higher quota for GetSecretValue,"
                                + " will help."),
                Arguments.of(
                        Fault.of("InvalidRequestException"),
                        "The secret cannot be read; it may be scheduled for deletion. Check the name in DB_SECRET_ID, and"
                                + " the region: DB_SECRET_REGION sets it where the name is no ARN."),
                Arguments.of(
                        new Fault(503, "<html>said by a proxy</html>"),
                        "It answered with HTTP status 503. It is asked again; if it stays, look at the health of the"
                                + " service or of what stands between."),
                Arguments.of(
                        new Fault(200, "<html>said by a proxy</html>"),
                        "Its answer is not the JSON that was expected. It is asked again; if it stays, look at the health"
                                + " of the service or of what stands between."),
                Arguments.of(
                        new Fault(200, "{\"SecretBinary\":\"AAEC\"}"),
                        "It is a binary secret; only text is supported. Store the credentials as text (SecretString)."));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void open_storeAnswersWithAFailure_saysWhatAndWhatToDo(Fault answer, String message) {
        store.fail(answer);

        ConnectionFailedException failure = failure(store.uri(), RotatingSecrets.IDENTITY);

        assertThat((Throwable) failure).hasMessage(SUBJECT + message);
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
        assertThat(failure.getSQLState()).isEqualTo("28000");
        assertThat((Throwable) failure).rootCause().isInstanceOf(StoreException.class);
    }

    static Stream<Arguments> unreachable() throws IOException {
        return Stream.of(
                Arguments.of("http://127.0.0.1:" + FreePort.find() + "/", "It could not be reached (127.0.0.1)."),
                Arguments.of("http://no.such.host.example:1/", "Its host no.such.host.example does not resolve."));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void open_storeIsNotThere_saysSoAndWhereToLook(String endpoint, String message) {
        assertThat((Throwable) failure(URI.create(endpoint), RotatingSecrets.IDENTITY))
                .hasMessage(SUBJECT + message + ROUTE);
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                Arguments.of(
                        AwsCredentialsProviderChain.of(EnvironmentVariableCredentialsProvider.create()),
                        "There are no AWS credentials to ask with. Give the service a role (task role, instance profile,"
                                + " IRSA with software.amazon.awssdk:sts on the class path) or set AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY."),
                Arguments.of(
                        WebIdentityTokenFileCredentialsProvider.builder()
                                .roleArn("arn:aws:iam::123456789012:role/ledger")
                                .webIdentityTokenFile(Path.of("token"))
                                .build(),
                        "The service runs with a web identity (EKS, IRSA) or assumes a role, and"
                                + " software.amazon.awssdk:sts is not on the class path. Add it, in the version of the AWS"
                                + " SDK that is there."));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void open_noIdentityToAskWith_saysWhatIsMissing(AwsCredentialsProvider identity, String message) {
        assertThat((Throwable) failure(store.uri(), identity)).hasMessage(SUBJECT + message);
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
        Await.until(Duration.ofSeconds(10), () -> store.calls().size() == 1);
        Map<String, String> environment = environment(postgres.port());
        // known, and now nothing more is to be had
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
                                + ": it refused the password of user 'aws_refused'.",
                        "From: secret 'prod/ledger' in eu-west-1",
                        "Check the user and the password, and that the server has the same password.",
                        "Looking for newer credentials failed: " + SUBJECT + "It answered with HTTP status 503. It is"
                                + " asked again; if it stays, look at the health of the service or of what stands between.");
        assertThat(Objects.requireNonNull(failure.getCause()).getSuppressed()[0])
                .rootCause()
                .isInstanceOf(StoreException.class);
    }

    private static ConnectionFailedException failure(URI endpoint, AwsCredentialsProvider identity) {
        SecretStore secrets = new SecretsManager(endpoint, "eu-west-1", identity);
        RotatingSecret secret = new RotatingSecret(
                ID,
                secrets,
                new SecretShape(ID, "username", "password", null, "DB_USER"),
                new StoreMessages(ID, "eu-west-1", "DB_SECRET_ID", "DB_SECRET_REGION"),
                Timing.ofSystem(Duration.ofMinutes(15)),
                secrets::close);
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
