package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The six SSL modes mean what libpq says they mean, against servers that have TLS, want it, or do not. */
class SslModesTest {

    private static final CertificateAuthority OURS = CertificateAuthority.create("Our CA");
    private static final CertificateAuthority OTHER = CertificateAuthority.create("Other CA");
    private static final Map<String, PostgresServer> SERVERS = new HashMap<>();
    private static final Map<PostgresServer, String> RULES = new HashMap<>();

    @TempDir
    private static Path directory;

    private static Path ours = Path.of("");
    private static Path other = Path.of("");

    @BeforeAll
    static void writeRoots() {
        ours = OURS.writeTo(directory.resolve("ours.crt"));
        other = OTHER.writeTo(directory.resolve("other.crt"));
    }

    @AfterAll
    static void stopServers() {
        SERVERS.values().forEach(PostgresServer::close);
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of("disable", "takes both", "none"),
                Arguments.of("allow", "takes both", "none"),
                Arguments.of("prefer", "takes both", "TLSv1.3"),
                Arguments.of("require", "takes both", "TLSv1.3"),
                Arguments.of("verify-ca", "takes both", "TLSv1.3"),
                Arguments.of("verify-full", "takes both", "TLSv1.3"),
                Arguments.of("disable", "has no TLS", "none"),
                Arguments.of("allow", "has no TLS", "none"),
                Arguments.of("prefer", "has no TLS", "none"),
                Arguments.of("require", "has no TLS", "tls_not_supported"),
                Arguments.of("verify-ca", "has no TLS", "tls_not_supported"),
                Arguments.of("verify-full", "has no TLS", "tls_not_supported"),
                Arguments.of("disable", "wants TLS", "not_admitted"),
                Arguments.of("allow", "wants TLS", "TLSv1.3"),
                Arguments.of("prefer", "wants TLS", "TLSv1.3"),
                Arguments.of("require", "wants TLS", "TLSv1.3"),
                Arguments.of("verify-ca", "wants TLS", "TLSv1.3"),
                Arguments.of("verify-full", "wants TLS", "TLSv1.3"),
                Arguments.of("disable", "wants none", "none"),
                Arguments.of("allow", "wants none", "none"),
                Arguments.of("prefer", "wants none", "none"),
                Arguments.of("require", "wants none", "not_admitted"),
                Arguments.of("verify-ca", "wants none", "not_admitted"),
                Arguments.of("verify-full", "wants none", "not_admitted"));
    }

    @ParameterizedTest(name = "{0} with a server that {1}: {2}")
    @MethodSource("modes")
    void open_inEveryMode_doesWhatLibpqDoes(String mode, String server, String outcome) throws SQLException {
        Connecting connecting = Connecting.to(server(server)).with("DB_SSLMODE", mode);
        if (mode.startsWith("verify")) {
            connecting.with("DB_SSLROOTCERT", ours.toString());
        }

        assertThat(connecting.outcome()).isEqualTo(outcome);
    }

    static Stream<Arguments> certificates() {
        return Stream.of(
                Arguments.of("require", "no root", "of another name", "TLSv1.3"),
                Arguments.of("require", "no root", "expired", "TLSv1.3"),
                Arguments.of("require", "our root", "of another name", "TLSv1.3"),
                Arguments.of("require", "our root", "expired", "tls_expired"),
                Arguments.of("require", "other root", "good", "tls_untrusted"),
                Arguments.of("verify-ca", "our root", "good", "TLSv1.3"),
                Arguments.of("verify-ca", "our root", "of another name", "TLSv1.3"),
                Arguments.of("verify-ca", "other root", "good", "tls_untrusted"),
                Arguments.of("verify-ca", "our root", "expired", "tls_expired"),
                Arguments.of("verify-ca", "our root", "not valid yet", "tls_expired"),
                Arguments.of("verify-full", "our root", "good", "TLSv1.3"),
                Arguments.of("verify-full", "our root", "of an intermediate", "TLSv1.3"),
                Arguments.of("verify-full", "our root", "of another name", "tls_wrong_host_name"),
                Arguments.of("verify-full", "other root", "good", "tls_untrusted"),
                Arguments.of("verify-full", "system roots", "good", "tls_untrusted"),
                Arguments.of("verify-full", "our root", "expired", "tls_expired"),
                // libpq verifies wherever it has a root, and prefer then goes on without TLS
                Arguments.of("prefer", "our root", "good", "TLSv1.3"),
                Arguments.of("prefer", "other root", "good", "none"),
                Arguments.of("allow", "other root", "good, TLS only", "tls_untrusted"));
    }

    @ParameterizedTest(name = "{0} with {1} and a certificate that is {2}: {3}")
    @MethodSource("certificates")
    void open_withEveryCertificate_verifiesWhatLibpqVerifies(
            String mode, String root, String certificate, String outcome) throws SQLException {
        Connecting connecting = Connecting.to(certified(certificate))
                .with("DB_HOST", "localhost")
                .with("DB_SSLMODE", mode);
        switch (root) {
            case "our root" -> connecting.with("DB_SSLROOTCERT", ours.toString());
            case "other root" -> connecting.with("DB_SSLROOTCERT", other.toString());
            case "system roots" -> connecting.with("DB_SSLROOTCERT", "system");
            default -> connecting.without("DB_SSLROOTCERT");
        }

        assertThat(connecting.outcome()).isEqualTo(outcome);
    }

    static Stream<Arguments> addresses() {
        return Stream.of(Arguments.of("127.0.0.1"), Arguments.of("::1"), Arguments.of("0:0:0:0:0:0:0:1"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void open_verifyFullByAddress_matchesTheAddressesOfTheCertificate(String address) throws SQLException {
        Connecting connecting = Connecting.to(server("takes both"))
                .with("DB_HOST", address)
                .with("DB_SSLMODE", "verify-full")
                .with("DB_SSLROOTCERT", ours.toString());

        assertThat(connecting.outcome()).isEqualTo("TLSv1.3");
    }

    private static PostgresServer server(String kind) {
        return switch (kind) {
            case "has no TLS" -> PostgresServer.shared();
            case "wants TLS" -> hba("hostssl all all all scram-sha-256");
            case "wants none" -> hba("hostnossl all all all scram-sha-256");
            default -> hba("host all all all scram-sha-256");
        };
    }

    private static PostgresServer hba(String rule) {
        return admitting(SERVERS.computeIfAbsent("good", SslModesTest::start), rule);
    }

    private static PostgresServer certified(String certificate) {
        if (certificate.equals("good, TLS only")) {
            return hba("hostssl all all all scram-sha-256");
        }
        return admitting(SERVERS.computeIfAbsent(certificate, SslModesTest::start), "host all all all scram-sha-256");
    }

    /** Reading pg_hba.conf again takes the server a while. */
    private static PostgresServer admitting(PostgresServer server, String rule) {
        if (!rule.equals(RULES.getOrDefault(server, "host all all all scram-sha-256"))) {
            server.hba(rule);
            RULES.put(server, rule);
        }
        return server;
    }

    private static PostgresServer start(String certificate) {
        IssuedCertificate issued =
                switch (certificate) {
                    case "of another name" -> OURS.server("db.example.com");
                    case "expired" -> OURS.expiredServer("localhost");
                    case "not valid yet" -> OURS.futureServer("localhost");
                    case "of an intermediate" ->
                        OURS.intermediate("Intermediate CA").server("localhost");
                    default -> OURS.server("localhost", "127.0.0.1", "::1");
                };
        return PostgresServer.builder().tls(issued).start();
    }
}
