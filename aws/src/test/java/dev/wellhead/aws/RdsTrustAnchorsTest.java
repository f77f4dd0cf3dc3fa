package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hosts that the bundle is for, and its content. */
class RdsTrustAnchorsTest {

    private final RdsTrustAnchors anchors = new RdsTrustAnchors();

    @ParameterizedTest
    @CsvSource({
        "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com, true",
        "LEDGER.C1ABCDEFGHIJ.EU-WEST-1.RDS.AMAZONAWS.COM., true",
        "ledger.cluster-c1abcdefghij.us-east-2.rds.amazonaws.com, true",
        "ledger.proxy-c1abcdefghij.eu-central-1.rds.amazonaws.com, true",
        "ledger.c1abcdefghij.il-central-1.rds.amazonaws.com, false",
        "ledger.c1abcdefghij.cn-north-1.rds.amazonaws.com.cn, false",
        "ledger.c1abcdefghij.rds.cn-north-1.amazonaws.com.cn, false",
        "rds.amazonaws.com, false",
        "rds.eu-west-1.amazonaws.com, false",
        "eu-west-1.rds.amazonaws.com, false",
        "..rds.amazonaws.com, false",
        "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com.example, false",
        "ledger.c1abcdefghij.eu-west-1.rds-amazonaws.com, false",
        "eu-west-1.evil-rds.amazonaws.com, false",
        "secretsmanager.eu-west-1.amazonaws.com, false",
        "ledger.global-c1abcdefghij.global.rds.amazonaws.com, true",
        "ledger.c1abcdefghij.global.rds.amazonaws.com, false",
        "global-c1abcdefghij.global.rds.amazonaws.com, false",
        "localhost, false"
    })
    void trustAnchorsFor_host_dependsOnTheRegionsOfTheBundle(String host, boolean isKnown) {
        assertThat(anchors.trustAnchorsFor(host).isPresent()).isEqualTo(isKnown);
    }

    @ParameterizedTest
    @CsvSource({
        "il-central-1, ledger.c1abcdefghij.il-central-1.rds.amazonaws.com,"
                + " https://truststore.pki.rds.amazonaws.com/il-central-1/il-central-1-bundle.pem",
        "us-gov-east-1, ledger.c1abcdefghij.us-gov-east-1.rds.amazonaws.com,"
                + " https://truststore.pki.us-gov-west-1.rds.amazonaws.com/us-gov-east-1/us-gov-east-1-bundle.pem",
        "cn-north-1, ledger.c1abcdefghij.rds.cn-north-1.amazonaws.com.cn,"
                + " https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-north-1/cn-north-1-bundle.pem",
        "cn-north-1, ledger.c1abcdefghij.cn-north-1.rds.amazonaws.com.cn,"
                + " https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-north-1/cn-north-1-bundle.pem"
    })
    void adviceFor_regionNotBundled_namesThePlaceOfItsRoots(String region, String host, String url) {
        assertThat(anchors.adviceFor(host)).contains("Amazon publishes those of RDS in " + region + " at " + url + ".");
    }

    @ParameterizedTest
    @CsvSource({"ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com", "db.example"})
    void adviceFor_otherHost_isEmpty(String host) {
        assertThat(anchors.adviceFor(host)).isEmpty();
    }

    @Test
    void regions_areThoseOfTheBundle() throws IOException, GeneralSecurityException {
        Pattern region = Pattern.compile("[a-z]{2}(-gov)?-[a-z]+-[0-9]");
        Set<String> regions = new TreeSet<>();
        List<String> others = new ArrayList<>();
        for (X509Certificate root : bundle()) {
            String subject = root.getSubjectX500Principal().getName();
            Matcher matcher = region.matcher(subject);
            if (matcher.find()) {
                regions.add(matcher.group());
            } else {
                others.add(subject);
            }
        }

        assertThat(RdsTrustAnchors.REGIONS).containsExactlyInAnyOrderElementsOf(regions);
        // those of Amazon Trust Services, which issues the certificates of RDS Proxy
        assertThat(others).allMatch(subject -> subject.matches("CN=Amazon Root CA [1-4],.*|.*Starfield Services.*"));
    }

    @Test
    void bundle_everyRoot_isItsOwnIssuerAndAnAuthority() throws IOException, GeneralSecurityException {
        assertThat(bundle()).isNotEmpty().allSatisfy(root -> {
            assertThat(root.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
            assertThat(root.getBasicConstraints()).isNotNegative();
            root.verify(root.getPublicKey());
        });
    }

    @Test
    void bundle_noRootExpiresWithinAYear() throws IOException, GeneralSecurityException {
        assertThat(expiringWithinAYear(Clock.systemUTC())).isEmpty();
    }

    @Test
    void bundle_aYearBeforeTheFirstRootExpires_isFoundToNeedRenewal() throws IOException, GeneralSecurityException {
        Instant first = bundle().stream()
                .map(root -> root.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant aYearBefore = first.minus(365, ChronoUnit.DAYS);

        assertThat(expiringWithinAYear(Clock.fixed(aYearBefore, ZoneOffset.UTC)))
                .isNotEmpty();
        assertThat(expiringWithinAYear(Clock.fixed(aYearBefore.minusSeconds(1), ZoneOffset.UTC)))
                .isEmpty();
    }

    @Test
    void provenance_ofTheBundle_isOfTheseBytes() throws IOException, GeneralSecurityException {
        String provenance = new String(resource("rds-roots.txt"), StandardCharsets.UTF_8);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(resource("rds-roots.pem"));

        assertThat(provenance.lines())
                .contains("sha256        " + HexFormat.of().formatHex(sum))
                .contains("certificates  " + bundle().size());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RdsTrustAnchors.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private Collection<X509Certificate> bundle() throws IOException, GeneralSecurityException {
        return anchors.trustAnchorsFor("a.b.eu-west-1.rds.amazonaws.com")
                .orElseThrow()
                .certificates();
    }

    private List<String> expiringWithinAYear(Clock clock) throws IOException, GeneralSecurityException {
        Instant inAYear = clock.instant().plus(365, ChronoUnit.DAYS);
        return bundle().stream()
                .filter(root -> !root.getNotAfter().toInstant().isAfter(inAYear))
                .map(root -> root.getSubjectX500Principal().getName())
                .toList();
    }
}
