package dev.wellhead.cli.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.doctor.StageResult;
import dev.wellhead.cli.doctor.StageStatus;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer of a server, or its absence, means. */
class ServiceCheckTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Services CA");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A method frame with Connection.Start. */
    private static final String AMQP_START = "\1\0\0\0\0\1\u00ff\0\12\0\12\0\11";

    /** Settings without an entry. */
    private static final String HTTP2_SETTINGS = "\0\0\0\4\0\0\0\0\0";

    private static StageResult check(String variable, String value) throws Exception {
        return check(Map.of(variable, value), LIMIT, new ArrayList<>());
    }

    private static StageResult check(Map<String, String> variables, Duration limit, List<String> stages)
            throws Exception {
        NamedService service = NamedServices.of(
                        variables, name -> SettingsRequest.of(name, variables), List.of(), List.of())
                .get(0);
        return new ServiceCheck(
                        service,
                        limit,
                        trust(),
                        result -> stages.add(
                                result.stage().code() + " " + result.status().code()))
                .run();
    }

    private static X509ExtendedTrustManager trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("root", AUTHORITY.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new AssertionError("no trust manager");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REDIS_URL|redis|'+PONG\r\n'|answers PING",
                "REDIS_URL|valkey|'-NOAUTH Authentication required.\r\n'|answers PING: it requires a login",
                "AWS_ENDPOINT_URL_SQS|http|'HTTP/1.1 404 Not Found\r\n\r\n'|answers with HTTP status 404",
                "OPENSEARCH_URL|http|'HTTP/1.1 401 Unauthorized\r\n\r\n'|answers with HTTP status 401: it requires a login",
                "AMQP_URL|amqp|AMQP-START|answers AMQP",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT|http|'HTTP/1.1 405 No\r\n\r\n'|answers with HTTP status 405",
            })
    void service_thatAnswers_works(String variable, String scheme, String answer, String text) throws Exception {
        try (AnsweringServer server = AnsweringServer.start(answer.equals("AMQP-START") ? AMQP_START : answer)) {
            List<String> stages = new ArrayList<>();
            StageResult result =
                    check(Map.of(variable, scheme + "://app:secret@127.0.0.1:" + server.port()), LIMIT, stages);

            assertThat(result.text()).isEqualTo(text);
            assertThat(result.status()).isEqualTo(StageStatus.OK);
            assertThat(stages).containsExactly("settings ok", "dns ok", "tcp ok", "answer ok");
            assertThat(server.request()).isNotEmpty().doesNotContain("secret").doesNotContain("Authorization");
        }
    }

    @Test
    void collector_thatSpeaksGrpc_answers() throws Exception {
        try (AnsweringServer server = AnsweringServer.start(HTTP2_SETTINGS)) {
            StageResult result = check(
                    Map.of(
                            "OTEL_EXPORTER_OTLP_ENDPOINT",
                            "http://127.0.0.1:" + server.port(),
                            "OTEL_EXPORTER_OTLP_PROTOCOL",
                            "grpc"),
                    LIMIT,
                    new ArrayList<>());

            assertThat(result.text()).isEqualTo("answers gRPC");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REDIS_URL|redis|'HTTP/1.1 400 Bad Request\r\n'|wrong_protocol|it speaks HTTP on this port, not Redis"
                        + "|Correct the port in REDIS_URL.",
                "REDIS_URL|redis|TLS-ALERT|wrong_protocol|it accepts only TLS on this port|To use TLS, use rediss:// in REDIS_URL.",
                "REDIS_URL|redis|'-LOADING Redis is loading\r\n'|unavailable|it refuses PING: LOADING Redis is loading"
                        + "|Check the state of the server and its logs.",
                "REDIS_URL|redis|'SSH-2.0-OpenSSH\r\n'|wrong_protocol|its answer is not Redis|Correct the port in REDIS_URL.",
                "REDIS_URL|redis|''|network|it closed the connection without an answer to Redis"
                        + "|Check the port in REDIS_URL, and the server.",
                "AMQP_URL|amqp|'HTTP/1.1 400 Bad Request\r\n'|wrong_protocol|it speaks HTTP on this port, not AMQP"
                        + "|Correct the port in AMQP_URL.",
                "AWS_ENDPOINT_URL_SQS|http|'HTTP/1.1 503 Busy\r\n'|unavailable|it answers with 'HTTP/1.1 503 Busy'"
                        + "|Check the state of the server and its logs.",
                "OTEL_EXPORTER_OTLP_ENDPOINT|http|HTTP2-SETTINGS|wrong_protocol|it speaks gRPC on this port, not HTTP"
                        + "|Set OTEL_EXPORTER_OTLP_PROTOCOL to grpc, or correct the port in OTEL_EXPORTER_OTLP_ENDPOINT.",
            })
    void service_withAnotherAnswer_fails(
            String variable, String scheme, String answer, String kind, String reason, String fix) throws Exception {
        String bytes =
                switch (answer) {
                    case "TLS-ALERT" -> "\25\3\3\0\2\2\50";
                    case "HTTP2-SETTINGS" -> HTTP2_SETTINGS;
                    default -> answer;
                };
        try (AnsweringServer server = AnsweringServer.start(bytes)) {
            String place = "127.0.0.1:" + server.port();
            StageResult result = check(variable, scheme + "://" + place);

            assertThat(requireNonNull(result.failure()).kind()).isEqualTo(kind);
            assertThat(result.text()).isEqualTo(reason + ". From: environment variable " + variable);
            assertThat(result.fixes()).containsExactly(fix);
            assertThat(requireNonNull(result.failure()).sentence()).isEqualTo(place + ": " + reason + ".");
        }
    }

    @Test
    void port_onWhichNothingListens_isRefused() throws Exception {
        StageResult result = check("REDIS_URL", "redis://127.0.0.1:" + FreePort.find());

        assertThat(requireNonNull(result.failure()).kind()).isEqualTo("refused");
        assertThat(result.text()).isEqualTo("nothing listens on this port. From: environment variable REDIS_URL");
        assertThat(result.fixes()).containsExactly("Start it, or correct REDIS_URL.");
    }

    @Test
    void name_thatDoesNotResolve_isNamed() throws Exception {
        StageResult result = check("AMQP_URL", "amqp://mq.invalid");

        assertThat(requireNonNull(result.failure()).kind()).isEqualTo("name_not_resolved");
        assertThat(result.text())
                .isEqualTo("the name 'mq.invalid' does not resolve. From: environment variable AMQP_URL");
    }

    @Test
    void server_thatAcceptsAndIsSilent_timesOut() throws Exception {
        try (BlackHole silent = BlackHole.open()) {
            StageResult result = check(
                    Map.of("REDIS_URL", "redis://" + silent.host() + ":" + silent.port()),
                    Duration.ofSeconds(1),
                    new ArrayList<>());

            assertThat(requireNonNull(result.failure()).kind()).isEqualTo("timed_out");
        }
    }

    @Test
    void pooler_thatIsPostgresql_answers() throws Exception {
        PostgresServer server = PostgresServer.shared();
        NamedService pooler = NamedService.at(
                ServiceKind.POOLER,
                ServiceProtocol.POSTGRESQL,
                ServiceAddress.of("postgresql", server.host(), server.port()),
                "pgbouncer",
                dev.wellhead.settings.Origin.Variable.of("DB_POOLER"));

        StageResult result = new ServiceCheck(pooler, LIMIT, trust(), stage -> {}).run();

        assertThat(result.text()).isEqualTo("answers PostgreSQL");
    }

    @Test
    void postgresql_insteadOfTheCache_isNotTakenForIt() throws Exception {
        PostgresServer server = PostgresServer.shared();

        StageResult result = check("REDIS_URL", "redis://" + server.host() + ":" + server.port());

        assertThat(requireNonNull(result.failure()).kind()).isIn("network", "wrong_protocol");
    }

    @Test
    void bucket_thatDoesNotExist_isAWarning() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("HTTP/1.1 404 Not Found\r\n\r\n")) {
            StageResult result = check(
                    Map.of(
                            "AWS_ENDPOINT_URL_S3",
                            "http://127.0.0.1:" + server.port(),
                            "STATEMENTS_BUCKET",
                            "statements"),
                    LIMIT,
                    new ArrayList<>());

            assertThat(result.status()).isEqualTo(StageStatus.WARNING);
            assertThat(result.text()).isEqualTo("answers with HTTP status 404: it has no bucket statements");
            assertThat(result.fixes()).containsExactly("Create the bucket, or correct the variable STATEMENTS_BUCKET.");
            assertThat(server.request()).startsWith("HEAD /statements HTTP/1.1\r\n");
        }
    }

    @Test
    void storage_atLocalhost_answersWithTheWarning() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("HTTP/1.1 200 OK\r\n\r\n")) {
            StageResult result = check("AWS_ENDPOINT_URL_S3", "http://localhost:" + server.port());

            assertThat(result.status()).isEqualTo(StageStatus.WARNING);
            assertThat(result.text())
                    .isEqualTo("answers with HTTP status 200. With the host 'localhost' in AWS_ENDPOINT_URL_S3, clients"
                            + " of S3 look up BUCKET.localhost.");
        }
    }

    @Test
    void tls_trustedCertificateForTheHost_isVerified() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("+PONG\r\n", AUTHORITY.server("localhost"))) {
            List<String> stages = new ArrayList<>();
            StageResult result = check(Map.of("REDIS_URL", "rediss://localhost:" + server.port()), LIMIT, stages);

            assertThat(result.text()).isEqualTo("answers PING");
            assertThat(stages).containsExactly("settings ok", "dns ok", "tcp ok", "tls ok", "answer ok");
        }
    }

    /** The same facts as for a database. */
    @Test
    void tls_session_isDescribed() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("HTTP/1.1 200 OK\r\n\r\n", AUTHORITY.server("localhost"))) {
            Map<String, String> variables = Map.of("OPENSEARCH_URL", "https://localhost:" + server.port());
            NamedService service = NamedServices.of(
                            variables, name -> SettingsRequest.of(name, variables), List.of(), List.of())
                    .get(0);
            List<StageResult> results = new ArrayList<>();
            new ServiceCheck(service, LIMIT, trust(), results::add).run();

            StageResult tls = results.get(3);
            assertThat(tls.stage()).isEqualTo(ServiceStage.TLS);
            assertThat(tls.text())
                    .matches("TLSv1\\.[23], certificate for localhost(, .+)?, expires in \\d+ days, verified"
                            + " \\(verify-full\\) with the trust store of the JVM");
            assertThat(tls.details()).containsKeys("expires", "daysToExpiry", "issuer");
        }
    }

    @Test
    void tls_untrustedCertificate_isRefusedByItsIssuer() throws Exception {
        IssuedCertificate other = CertificateAuthority.create("Other CA").server("localhost");

        assertThat(tlsFailure(other))
                .isEqualTo("tls_untrusted: its certificate, issued by CN=Other CA, is not trusted by this JVM");
    }

    @Test
    void tls_certificateForAnotherHost_isRefusedByName() throws Exception {
        assertThat(tlsFailure(AUTHORITY.server("cache.internal")))
                .isEqualTo("tls_wrong_host_name: its certificate is for cache.internal, not for localhost");
    }

    @Test
    void tls_expiredCertificate_isRefusedWithItsDate() throws Exception {
        assertThat(tlsFailure(AUTHORITY.expiredServer("localhost")))
                .startsWith("tls_expired: its certificate expired at ");
    }

    private static String tlsFailure(IssuedCertificate certificate) throws Exception {
        try (AnsweringServer server = AnsweringServer.start("+PONG\r\n", certificate)) {
            StageResult result = check("REDIS_URL", "rediss://localhost:" + server.port());
            assertThat(result.stage()).isEqualTo(ServiceStage.TLS);
            return requireNonNull(result.failure()).kind() + ": "
                    + result.text().replace(". From: environment variable REDIS_URL", "");
        }
    }

    @Test
    void tls_serverWithoutTls_isRecognisedByItsPlainAnswer() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("+PONG\r\n")) {
            StageResult result = check("REDIS_URL", "rediss://localhost:" + server.port());

            assertThat(requireNonNull(result.failure()).kind()).isEqualTo("tls_not_supported");
            assertThat(result.fixes()).containsExactly("Enable TLS on the server, or use redis:// in REDIS_URL.");
        }
    }

    /** A server that accepts connections and reads nothing. */
    @Test
    void tls_silentServer_timesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            StageResult result = check(
                    Map.of("AMQP_URL", "amqps://127.0.0.1:" + silent.getLocalPort()),
                    Duration.ofSeconds(1),
                    new ArrayList<>());

            assertThat(requireNonNull(result.failure()).kind()).isEqualTo("timed_out");
            assertThat(result.text())
                    .isEqualTo("it accepts connections, but does not answer TLS within 1s."
                            + " From: environment variable AMQP_URL");
            assertThat(result.fixes()).containsExactly("Check the port in AMQP_URL, and the server.");
        }
    }

    /** Redis closes such a connection without an answer. */
    @Test
    void answer_serverThatClosesConnectionsWithoutTls_isRecognised() throws Exception {
        try (AnsweringServer server = AnsweringServer.start("+PONG\r\n", AUTHORITY.server("localhost"))) {
            StageResult result = check("REDIS_URL", "redis://127.0.0.1:" + server.port());

            assertThat(requireNonNull(result.failure()).kind()).isEqualTo("wrong_protocol");
            assertThat(result.text())
                    .isEqualTo("it accepts only TLS on this port. From: environment variable REDIS_URL");
            assertThat(result.fixes()).containsExactly("To use TLS, use rediss:// in REDIS_URL.");
        }
    }

    /** The settings of a cache verify its server, not the trust store of the JVM. */
    @Test
    void tls_rootCertificateOfACache_verifiesItsServer(@TempDir Path directory) throws Exception {
        IssuedCertificate other = CertificateAuthority.create("Other CA").server("localhost");
        String root = AUTHORITY.writeTo(directory.resolve("root.crt")).toString();
        try (AnsweringServer trusted = AnsweringServer.start("+PONG\r\n", AUTHORITY.server("localhost"));
                AnsweringServer wrongName = AnsweringServer.start("+PONG\r\n", AUTHORITY.server("cache.internal"));
                AnsweringServer untrusted = AnsweringServer.start("+PONG\r\n", other)) {
            assertThat(withRoot(trusted, root).text()).isEqualTo("answers PING");
            assertThat(requireNonNull(withRoot(wrongName, root).failure()).kind())
                    .isEqualTo("tls_wrong_host_name");
            assertThat(requireNonNull(withRoot(untrusted, root).failure()).kind())
                    .isEqualTo("tls_untrusted");
        }
    }

    private static StageResult withRoot(AnsweringServer server, String root) {
        Map<String, String> variables =
                Map.of("REDIS_URL", "rediss://localhost:" + server.port(), "REDIS_SSLROOTCERT", root);
        NamedService service = NamedServices.of(
                        variables, name -> SettingsRequest.of(name, variables), List.of(), List.of())
                .get(0);
        return new ServiceCheck(service, LIMIT, null, stage -> {}).run();
    }
}
