package dev.wellhead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.CertificateAuthority;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The result of the stage {@code tls} for a session, without a server, so that each test chooses the time. */
class TlsCheckTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");
    private static final X509Certificate SERVER =
            AUTHORITY.server("db.test", "db.internal").certificate();
    private static final Instant EXPIRY = SERVER.getNotAfter().toInstant();

    @TempDir
    private Path directory;

    @Test
    void result_verifiedInFull_isOk() {
        StageResult result = check(verified("verify-full"), Duration.ofDays(100), SERVER);

        assertThat(result.status()).isEqualTo(StageStatus.OK);
        assertThat(result.fix()).isEmpty();
        assertThat(result.text())
                .startsWith("TLSv1.3, certificate for db.test, db.internal, expires in 100 days, verified (verify-full)"
                        + " with root certificate file ");
    }

    @Test
    void result_anySession_hasItsFactsAsData() {
        assertThat(check(verified("verify-full"), Duration.ofDays(100), SERVER).details())
                .containsEntry("protocol", "TLSv1.3")
                .containsEntry("cipher", "TLS_AES_256_GCM_SHA384")
                .containsEntry("names", List.of("db.test", "db.internal"))
                .containsEntry("issuer", "CN=Test CA")
                .containsEntry("expires", EXPIRY.toString())
                .containsEntry("daysToExpiry", 100L)
                .containsKey("trust");
    }

    @Test
    void result_chain_isCountedAndItsEarliestExpiryIsReported() {
        X509Certificate expired = AUTHORITY.expiredServer("db.test").certificate();
        Duration beforeExpiry =
                Duration.between(expired.getNotAfter().toInstant(), EXPIRY).minusHours(1);

        StageResult result = check(verified("verify-full"), beforeExpiry, SERVER, expired);

        assertThat(result.text()).contains(" in a chain of 2, expired, ");
        assertThat(result.details())
                .containsEntry("expires", expired.getNotAfter().toInstant().toString());
        assertThat(result.fix()).startsWith("Renew the server's certificate");
    }

    @ParameterizedTest
    @CsvSource({"15, OK", "14, OK", "13, WARNING", "1, WARNING", "0, WARNING"})
    void result_daysBeforeExpiry_warnsInTheLastFortnight(int days, StageStatus status) {
        StageResult result =
                check(verified("verify-full"), Duration.ofDays(days).plusHours(1), SERVER);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.text())
                .contains(
                        switch (days) {
                            case 0 -> "expires within a day,";
                            case 1 -> "expires in 1 day,";
                            default -> "expires in " + days + " days,";
                        });
    }

    @Test
    void result_afterExpiry_isExpired() {
        StageResult result = check(verified("verify-full"), Duration.ofDays(-3), SERVER);

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.text()).contains(", expired, ");
        assertThat(result.details()).containsEntry("daysToExpiry", -3L);
    }

    @Test
    void result_withoutRootCertificate_namesTheSetting() {
        StageResult result = check(settings(Map.of("DB_SSLMODE", "require")), Duration.ofDays(100), SERVER);

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.text()).endsWith("not verified (require, no root certificate)");
        assertThat(result.fix())
                .isEqualTo("Set DB_SSLROOTCERT to the root certificate of the authority that issued the server's"
                        + " certificate.");
    }

    @Test
    void result_hostNameNotVerified_recommendsVerifyFull() {
        StageResult result = check(verified("verify-ca"), Duration.ofDays(100), SERVER);

        assertThat(result.status()).isEqualTo(StageStatus.WARNING);
        assertThat(result.fix()).isEqualTo("Set DB_SSLMODE to verify-full, which also verifies the host name.");
    }

    /** The most urgent of two problems: the certificate expires, whatever the mode is. */
    @Test
    void result_hostNameNotVerifiedAndExpiresSoon_recommendsTheRenewal() {
        assertThat(check(verified("verify-ca"), Duration.ofDays(2), SERVER).fix())
                .startsWith("Renew");
    }

    @Test
    void result_certificateWithoutAlternativeNames_showsItsSubject() {
        StageResult result = check(verified("verify-full"), Duration.ofDays(1), AUTHORITY.certificate());

        assertThat(result.text()).contains("certificate for CN=Test CA,");
    }

    @Test
    void result_anonymousCipher_isReported() {
        StageResult result = check(verified("verify-full"), Duration.ofDays(100));

        assertThat(result.status()).isEqualTo(StageStatus.OK);
        assertThat(result.text()).isEqualTo("TLSv1.3, without a certificate");
        assertThat(result.details()).containsOnly(Map.entry("protocol", "TLSv1.3"));
    }

    private StageResult check(DatabaseSettings settings, Duration beforeExpiry, X509Certificate... chain) {
        Clock clock = Clock.fixed(EXPIRY.minus(beforeExpiry), ZoneOffset.UTC);
        return new TlsCheck(settings, session(chain), clock).result(DoctorStage.TLS);
    }

    private DatabaseSettings verified(String mode) {
        Path root = AUTHORITY.writeTo(directory.resolve("root.crt"));
        return settings(Map.of("DB_SSLMODE", mode, "DB_SSLROOTCERT", root.toString()));
    }

    private static DatabaseSettings settings(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("DB_HOST", "db.test");
        return SettingsResolver.resolve(SettingsRequest.of("default", all));
    }

    private static SSLSession session(Certificate... chain) {
        return (SSLSession) Proxy.newProxyInstance(
                TlsCheckTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProtocol" -> "TLSv1.3";
                    case "getCipherSuite" -> "TLS_AES_256_GCM_SHA384";
                    case "getPeerCertificates" -> {
                        if (chain.length == 0) {
                            throw new SSLPeerUnverifiedException("peer not authenticated");
                        }
                        yield chain;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
