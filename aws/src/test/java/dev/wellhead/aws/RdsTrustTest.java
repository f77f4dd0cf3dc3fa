package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Root certificates of a service on RDS that only has wellhead-aws on its class path: settings, and a real handshake.
 */
class RdsTrustTest {

    private static final String KNOWN = "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com";
    private static final String UNKNOWN = "ledger.c1abcdefghij.il-central-1.rds.amazonaws.com";
    private static final String ADVICE = "Amazon publishes those of RDS in il-central-1 at"
            + " https://truststore.pki.rds.amazonaws.com/il-central-1/il-central-1-bundle.pem.";

    private static Map<String, String> environment(String environment, String host, String... more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "ENVIRONMENT",
                environment,
                "DB_HOST",
                host,
                "DB_NAME",
                "ledger",
                "DB_USER",
                "app",
                "DB_PASSWORD",
                "example"));
        for (String variable : more) {
            int equals = variable.indexOf('=');
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return variables;
    }

    private static String problem(Map<String, String> environment) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> Databases.resolve(environment));
        return String.join("|", String.valueOf(refused.getMessage()).lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "dev", "development", "test", "ci", "staging", "production", "prodution"})
    void knownHost_inEveryEnvironment_isVerifiedInFull(String environment) {
        DatabaseSettings settings = Databases.resolve(environment(environment, KNOWN));

        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.trustAnchors().map(TrustAnchors::description))
                .contains("Amazon RDS root certificates (bundled with wellhead-aws) and the JVM's own");
        assertThat(settings.trustAnchors().map(TrustAnchors::includesSystemRoots))
                .contains(true);
        assertThat(settings.explain(Settings.SSLMODE)
                        .map(ResolvedSetting::origin)
                        .map(Object::toString))
                .hasValueSatisfying(origin -> assertThat(origin).contains("root certificates of the host are known"));
        assertThat(settings.warnings()).noneMatch(warning -> warning.contains("not verified"));
    }

    @ParameterizedTest
    @CsvSource({
        "ledger.cluster-c1abcdefghij.us-east-2.rds.amazonaws.com",
        "ledger.cluster-ro-c1abcdefghij.us-east-2.rds.amazonaws.com",
        "ledger.proxy-c1abcdefghij.eu-central-1.rds.amazonaws.com",
        "LEDGER.C1ABCDEFGHIJ.EU-WEST-1.RDS.AMAZONAWS.COM"
    })
    void endpoint_ofEveryKind_isKnown(String host) {
        assertThat(Databases.resolve(environment("local", host)).sslMode()).isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void writerAndReader_inTwoKnownRegions_areVerifiedWithOneBundle() {
        DatabaseSettings settings = Databases.resolve(environment(
                "production", KNOWN, "DB_READER_HOST=ledger-replica-1.c1abcdefghij.us-east-2.rds.amazonaws.com"));

        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.trustAnchors().map(TrustAnchors::description))
                .contains("Amazon RDS root certificates (bundled with wellhead-aws) and the JVM's own");
    }

    @Test
    void knownHost_modeBelowVerifyFull_isAWarningInStrictEnvironments() {
        assertThat(Databases.resolve(environment("production", KNOWN, "DB_SSLMODE=require"))
                        .warnings())
                .containsExactly(
                        "The connection is encrypted, but the server's certificate is not verified: the SSL mode is require,"
                                + " although root certificates are known. Leave DB_SSLMODE unset for verify-full.");
    }

    @Test
    void unknownRegion_strict_usesRequireAndNamesThePlaceOfTheRoots() {
        DatabaseSettings settings = Databases.resolve(environment("production", UNKNOWN));

        assertThat(settings.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(settings.trustAnchors()).isEmpty();
        assertThat(settings.warnings())
                .containsExactly(
                        "The connection is encrypted, but the server's certificate is not verified: no root certificate is known. Set"
                                + " DB_SSLROOTCERT to the file of its root certificates, or to system. " + ADVICE);
    }

    @Test
    void unknownRegion_withItsRoots_isVerifiedInFull() {
        DatabaseSettings settings = Databases.resolve(
                environment("production", UNKNOWN, "DB_SSLROOTCERT=/etc/ssl/il-central-1-bundle.pem"));

        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "local"})
    void unknownRegion_verifyFullWithoutARoot_failsWithTheFix(String environment) {
        assertThat(problem(environment(environment, UNKNOWN, "DB_SSLMODE=verify-full")))
                .isEqualTo("Cannot open the database: "
                        + "DB_SSLMODE is 'verify-full', but there is no root certificate to verify the server with."
                        + "|  Checked: DB_SSLROOTCERT (not set), ~/.postgresql/root.crt (no such file)."
                        + "|  Set DB_SSLROOTCERT to a file of PEM certificates, or to system for the roots that the JVM"
                        + " trusts.|  " + ADVICE);
    }

    @Test
    void unknownRegion_besideAKnownOne_failsWithTheFix() {
        assertThat(problem(environment("production", KNOWN, "DB_READER_HOST=" + UNKNOWN)))
                .isEqualTo("Cannot open the database: "
                        + "Root certificates are known for some hosts but not for " + UNKNOWN
                        + ", and one SSL mode applies to all hosts."
                        + "|  Checked: DB_SSLROOTCERT (not set), ~/.postgresql/root.crt (no such file)."
                        + "|  Set DB_SSLROOTCERT to a file of PEM certificates, or to system for the roots that the JVM"
                        + " trusts.|  " + ADVICE);
    }

    @Test
    void handshake_rdsNameWithAForeignCertificate_isRefusedNamingTheBundle() {
        assumeNamesResolve();
        CertificateAuthority foreign = CertificateAuthority.create("Foreign CA");
        try (PostgresServer server =
                PostgresServer.builder().tls(foreign.server(KNOWN)).start()) {
            ConnectionFailedException refused = catchThrowableOfType(
                    ConnectionFailedException.class, () -> open(server).close());

            assertThat(refused.kind()).isEqualTo(FailureKind.TLS_UNTRUSTED);
            assertThat(String.valueOf(refused.getMessage()).lines())
                    .containsExactly(
                            "Cannot connect to " + KNOWN + ":" + server.port()
                                    + ": its certificate was issued by 'CN=Foreign CA', which is not trusted"
                                    + " (sslmode: root certificates of the host are known).",
                            "  From: sslmode (root certificates of the host are known)",
                            "  Trusted: Amazon RDS root certificates (bundled with wellhead-aws) and the JVM's own. Set"
                                    + " DB_SSLROOTCERT to the root certificate of the authority that issued it.");
        }
    }

    @Test
    void handshake_rdsNameWithItsRoots_takesTheTokenForThatName(@TempDir Path directory) throws SQLException {
        assumeNamesResolve();
        CertificateAuthority ours = CertificateAuthority.create("Our CA");
        MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
        try (PostgresServer server = PostgresServer.builder()
                .tls(ours.server(KNOWN))
                .hba("hostssl all app all password")
                .start()) {
            server.createRole(
                    "app", SignatureV4.EXAMPLE.token(KNOWN, server.port(), "app", "eu-west-1", clock.instant()));
            TokenRegion region = new TokenRegion(null, "DB_IAM_REGION", () -> {
                throw new IllegalStateException("the host's name has the region");
            });

            try (Database database = Databases.builder()
                            .environment(Map.of(
                                    "DB_AUTH", "iam",
                                    "DB_HOST", KNOWN,
                                    "DB_PORT", Integer.toString(server.port()),
                                    "DB_NAME", "postgres",
                                    "DB_USER", "app"))
                            .trustAnchors(host ->
                                    Optional.of(TrustAnchors.ofFile(ours.writeTo(directory.resolve("root.crt")))))
                            .credentials(new IamTokens(
                                    "app",
                                    new RdsTokens("app", region, SignedTarget.SAME),
                                    TestIdentities.of(SignatureV4.EXAMPLE).identity(),
                                    clock,
                                    clock))
                            .open();
                    Connection connection = database.getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
                assertThat(database.settings().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
            }
        }
    }

    /** Maven configures the JVM to resolve names from a file; without Maven this test is skipped. */
    private static void assumeNamesResolve() {
        assumeThat(System.getProperty("jdk.net.hosts.file"))
                .describedAs("jdk.net.hosts.file")
                .isNotNull();
    }

    private static Database open(PostgresServer server) throws SQLException {
        return Databases.builder()
                .environment(environment("local", KNOWN, "DB_PORT=" + server.port()))
                .open();
    }
}
