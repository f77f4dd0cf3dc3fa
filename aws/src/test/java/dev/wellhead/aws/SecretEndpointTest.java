package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.credentials.RefreshClock;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the endpoint from which secrets are fetched, and its TLS. */
class SecretEndpointTest {

    private static final String ID = "prod/ledger";
    private static final LoginTarget TARGET = new LoginTarget("db.example", 5432);
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final String ENDPOINT_PROPERTY = "aws.endpointUrlSecretsManager";
    private static final String IGNORE_PROPERTY = "aws.ignoreConfiguredEndpointUrls";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final HostnameVerifier verifier = HttpsURLConnection.getDefaultHostnameVerifier();
    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterEach
    void restore() {
        HttpsURLConnection.setDefaultHostnameVerifier(verifier);
        System.clearProperty(ENDPOINT_PROPERTY);
        System.clearProperty(IGNORE_PROPERTY);
        System.clearProperty(TRUST_STORE);
    }

    private static RotatingSecret follow(boolean strict, @Nullable URI endpoint) {
        SharedSecret secret = new SharedSecret(
                ID,
                new SecretStore("eu-west-1", new AwsIdentity(RotatingSecrets.IDENTITY), strict, endpoint),
                new SecretErrors(ID, "eu-west-1"),
                RefreshClock.SYSTEM);
        return RotatingSecrets.database(ID, secret, Duration.ofMinutes(15), "username");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://secrets.invalid:4566", "http://192.0.2.1", "http://[2001:db8::1]:9"})
    void endpoint_withoutTlsOnAnotherMachine_isRefusedInAStrictEnvironment(String endpoint) {
        System.setProperty(ENDPOINT_PROPERTY, endpoint);

        try (RotatingSecret secret = follow(true, null)) {
            assertThatThrownBy(() -> secret.current(TARGET, BUDGET))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining(
                            "Its endpoint is " + endpoint + ", and a strict environment sends requests over TLS only.")
                    .hasMessageContaining("Set AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL or endpoint_url");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1]", "http://[0:0:0:0:0:0:0:1]", "http://127.8.9.1", "http://localhost"})
    void endpoint_withoutTlsOnAnyLoopbackAddress_isCalledInAStrictEnvironment(String endpoint) {
        // no process listens on this port
        System.setProperty(ENDPOINT_PROPERTY, endpoint + ":" + FreePort.find());

        try (RotatingSecret secret = follow(true, null)) {
            assertThatThrownBy(() -> secret.current(TARGET, BUDGET)).hasMessageContaining("It could not be reached.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "//evil.example",
                "http://127.1:9",
                "http://",
                "localhost:4566",
                "ftp://x",
                "file:///etc/passwd",
                "https://a b",
                "https://localhost:99999"
            })
    void endpoint_thatIsMalformed_isRefusedByName(String endpoint) {
        System.setProperty(ENDPOINT_PROPERTY, endpoint);

        try (RotatingSecret secret = follow(false, null)) {
            assertThatThrownBy(() -> secret.current(TARGET, BUDGET))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageEndingWith("Its endpoint is malformed: the system property aws.endpointUrlSecretsManager"
                            + " is not an http or https URL with a host. Set the system property"
                            + " aws.endpointUrlSecretsManager to https://host[:port], or unset it.");
        }
    }

    @Test
    void endpoint_thatIsMalformedButIgnored_isNotRefused() {
        System.setProperty(ENDPOINT_PROPERTY, "evil.example");
        System.setProperty(IGNORE_PROPERTY, "true");

        AwsIdentity none = new AwsIdentity(() -> {
            throw new IllegalStateException("no credentials");
        });
        try (SecretStore store = new SecretStore("eu-west-1", none, false, null)) {
            assertThatThrownBy(() -> store.get(ID, StagingLabel.CURRENT))
                    .as("nothing is sent, and the client exists")
                    .isInstanceOf(AwsIdentity.MissingException.class);
        }
    }

    @Test
    void endpoint_thatIsMalformed_namesTheVariableThatTheSdkUses() {
        Properties properties = new Properties();
        Map<String, String> both = Map.of(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", "localhost:4566", "AWS_ENDPOINT_URL", "https://valid.example");

        assertThat(malformed(Map.of(), properties)).contains("endpoint_url of the AWS profile is not an http");
        assertThat(malformed(Map.of("AWS_ENDPOINT_URL", "x"), properties)).contains(" AWS_ENDPOINT_URL is not an http");
        assertThat(malformed(both, properties)).contains(" AWS_ENDPOINT_URL_SECRETS_MANAGER is not an http");
        properties.setProperty("aws.endpointUrl", "x");
        assertThat(malformed(both, properties)).contains("the system property aws.endpointUrl is not an http");
        properties.setProperty(ENDPOINT_PROPERTY, "x");
        assertThat(malformed(both, properties)).contains("the system property " + ENDPOINT_PROPERTY + " is not");
    }

    private static String malformed(Map<String, String> variables, Properties properties) {
        EndpointException failure = new ConfiguredEndpoint(variables, properties).check(URI.create("ftp://x"));
        return failure == null ? "" : failure.problem();
    }

    @Test
    void clientCreation_thatFailsWithoutAVariable_namesTheProfile() {
        EndpointException failure = new ConfiguredEndpoint(Map.of(), new Properties())
                .rejected(new NullPointerException("The URI scheme of endpointOverride must not be null."));

        assertThat(failure).hasMessage("The AWS SDK could not create its client (NullPointerException).");
        assertThat(failure.fix()).contains("endpoint_url is https://host[:port].");
    }

    @Test
    void endpoint_withoutTlsOnLoopback_isUsedInAStrictEnvironment() throws Exception {
        try (SecretsManagerServer server = SecretsManagerServer.start();
                RotatingSecret secret = follow(true, server.uri())) {
            server.put(ID, RotatingSecrets.login("app", "pw"));

            assertThat(secret.current(TARGET, BUDGET).candidates().get(0).user())
                    .isEqualTo("app");
        }
    }

    @Test
    void httpsEndpoint_processWideVerifierThatAcceptsEveryName_isVerifiedAnyway() throws Exception {
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);

        try (AutoCloseable server = serve("other.example");
                RotatingSecret secret = follow(true, null)) {
            assertThatThrownBy(() -> secret.current(TARGET, BUDGET))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining("could not be reached");
            assertThat(requests).hasValue(0);
            assertThat(server).isNotNull();
        }
    }

    @Test
    void httpsEndpoint_certificateForItsName_isUsed() throws Exception {
        try (AutoCloseable server = serve("localhost");
                RotatingSecret secret = follow(true, null)) {
            assertThat(secret.current(TARGET, BUDGET).candidates().get(0).user())
                    .isEqualTo("app");
            assertThat(requests).hasValue(1);
            assertThat(server).isNotNull();
        }
    }

    /** Serves one secret on https://localhost with a certificate for this name, and lets the JVM trust its issuer. */
    private AutoCloseable serve(String name) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Endpoint CA");
        IssuedCertificate issued = authority.server(name);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        char[] password = "changeit".toCharArray();
        keys.setKeyEntry(
                "server",
                KeyFactory.getInstance(issued.certificate().getPublicKey().getAlgorithm())
                        .generatePrivate(new PKCS8EncodedKeySpec(issued.keyDer())),
                password,
                new Certificate[] {issued.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);

        KeyStore roots = KeyStore.getInstance("JKS");
        roots.load(null, null);
        roots.setCertificateEntry("ca", authority.certificate());
        Path store = directory.resolve("roots.jks");
        try (OutputStream out = Files.newOutputStream(store)) {
            roots.store(out, password);
        }
        System.setProperty(TRUST_STORE, store.toString());

        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        byte[] answer = ("{\"Name\":\"" + ID + "\",\"VersionId\":\"00000001\",\"SecretString\":"
                        + "\"{\\\"username\\\":\\\"app\\\",\\\"password\\\":\\\"pw\\\"}\"}")
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.setProperty(
                ENDPOINT_PROPERTY, "https://localhost:" + server.getAddress().getPort());
        return () -> server.stop(0);
    }
}
