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

/** The six SSL modes as documented by libpq, with servers that support, require or do not support TLS. */
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
                Arguments.of("disable", "accepts both", "none"),
                Arguments.of("allow", "accepts both", "none"),
                Arguments.of("prefer", "accepts both", "TLSv1.3"),
                Arguments.of("require", "accepts both", "TLSv1.3"),
                Arguments.of("verify-ca", "accepts both", "TLSv1.3"),
                Arguments.of("verify-full", "accepts both", "TLSv1.3"),
                Arguments.of("disable", "does not support TLS", "none"),
                Arguments.of("allow", "does not support TLS", "none"),
                Arguments.of("prefer", "does not support TLS", "none"),
                Arguments.of("require", "does not support TLS", "tls_not_supported"),
                Arguments.of("verify-ca", "does not support TLS", "tls_not_supported"),
                Arguments.of("verify-full", "does not support TLS", "tls_not_supported"),
                Arguments.of("disable", "requires TLS", "not_admitted"),
                Arguments.of("allow", "requires TLS", "TLSv1.3"),
                Arguments.of("prefer", "requires TLS", "TLSv1.3"),
                Arguments.of("require", "requires TLS", "TLSv1.3"),
                Arguments.of("verify-ca", "requires TLS", "TLSv1.3"),
                Arguments.of("verify-full", "requires TLS", "TLSv1.3"),
                Arguments.of("disable", "refuses TLS", "none"),
                Arguments.of("allow", "refuses TLS", "none"),
                Arguments.of("prefer", "refuses TLS", "none"),
                Arguments.of("require", "refuses TLS", "not_admitted"),
                Arguments.of("verify-ca", "refuses TLS", "not_admitted"),
                Arguments.of("verify-full", "refuses TLS", "not_admitted"));
    }

    @ParameterizedTest(name = "{0} with a server that {1}: {2}")
    @MethodSource("modes")
    void open_inEveryMode_encryptsAsLibpqDoes(String mode, String server, String outcome) throws SQLException {
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
                // libpq verifies if it has a root certificate, and with prefer continues without TLS
                Arguments.of("prefer", "our root", "good", "TLSv1.3"),
                Arguments.of("prefer", "other root", "good", "none"),
                Arguments.of("allow", "other root", "good, TLS only", "tls_untrusted"));
    }

    @ParameterizedTest(name = "{0} with {1} and a certificate that is {2}: {3}")
    @MethodSource("certificates")
    void open_withEveryCertificate_verifiesAsLibpqDoes(String mode, String root, String certificate, String outcome)
            throws SQLException {
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
        Connecting connecting = Connecting.to(server("accepts both"))
                .with("DB_HOST", address)
                .with("DB_SSLMODE", "verify-full")
                .with("DB_SSLROOTCERT", ours.toString());

        assertThat(connecting.outcome()).isEqualTo("TLSv1.3");
    }

    private static PostgresServer server(String kind) {
        return switch (kind) {
            case "does not support TLS" -> PostgresServer.shared();
            case "requires TLS" -> hba("hostssl all all all scram-sha-256");
            case "refuses TLS" -> hba("hostnossl all all all scram-sha-256");
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

    /** Changes pg_hba.conf only if necessary, because the server takes a while to read it again. */
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
