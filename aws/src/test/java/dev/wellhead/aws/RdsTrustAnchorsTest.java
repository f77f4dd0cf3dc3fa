package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "rds.amazonaws.com, false",
        "eu-west-1.rds.amazonaws.com, false",
        "ledger.c1abcdefghij.eu-west-1.rds.amazonaws.com.example, false",
        "evil-rds.amazonaws.com, false",
        "localhost, false"
    })
    void trustAnchorsFor_host_knowsRegionsOfTheBundle(String host, boolean isKnown) {
        assertThat(anchors.trustAnchorsFor(host).isPresent()).isEqualTo(isKnown);
    }

    @Test
    void regions_areThoseOfTheBundle() throws IOException, GeneralSecurityException {
        Pattern region = Pattern.compile("[a-z]{2}-[a-z]+-[0-9]");
        Set<String> inBundle = new TreeSet<>();
        for (X509Certificate root : anchors.trustAnchorsFor("a.b.eu-west-1.rds.amazonaws.com")
                .orElseThrow()
                .certificates()) {
            Matcher matcher = region.matcher(root.getSubjectX500Principal().getName());
            if (matcher.find()) {
                inBundle.add(matcher.group());
            }
        }

        assertThat(RdsTrustAnchors.REGIONS).containsExactlyInAnyOrderElementsOf(inBundle);
    }

    @Test
    void bundle_noRootExpiresWithinAYear() throws IOException, GeneralSecurityException {
        Instant inAYear = Instant.now().plus(365, ChronoUnit.DAYS);

        assertThat(anchors.trustAnchorsFor("a.b.eu-west-1.rds.amazonaws.com")
                        .orElseThrow()
                        .certificates())
                .isNotEmpty()
                .allSatisfy(root -> assertThat(root.getNotAfter().toInstant())
                        .describedAs(root.getSubjectX500Principal().getName())
                        .isAfter(inAYear));
    }
}
