package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 9525 and of libpq, chapter "SSL Support", section "Client Verification of Server Certificates". */
class CertificateNamesTest {

    static Stream<CertificateVariant> variants() {
        return NameVariants.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void cover_everyKindOfName_matchesAsTheMatrixExpects(CertificateVariant variant) {
        CertificateNames names = new CertificateNames(variant.server().certificate());

        assertThat(names.cover(variant.host())).isEqualTo(variant.ours() == CertificateVariant.Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "307F01", "3080", "0400", "30008200", "30038501", "3084FFFFFFFF"})
    void cover_namesThatAreNotDer_matchNeitherThemNorTheCommonName(String hex) {
        CertificateNames names =
                new CertificateNames(VariantAuthorities.withNames(HexFormat.of().parseHex(hex))
                        .selfSigned()
                        .certificate());

        assertThat(names.cover(VariantAuthorities.HOST)).isFalse();
        assertThat(names).hasToString("no name");
    }

    @ParameterizedTest
    @CsvSource({"010.0.0.1", "10.0.1", "::ffff:10.0.0.1", "[10.0.0.1]", "10.0.0.1.", "fe80::1%eth0", "FE80:0::1"})
    void cover_otherSpellingsOfAnAddress_onlyUnambiguousOnesMatch(String host) {
        CertificateNames names = of("10.0.0.1", "fe80::1");

        assertThat(names.cover(host)).isEqualTo(host.equals("FE80:0::1"));
    }

    @Test
    void cover_lettersThatOtherAlphabetsShare_doNotMatch() {
        // the Kelvin sign is the upper case of k in Unicode, and the long s is one of s
        assertThat(of("k.example.com").cover("\u212A.example.com")).isFalse();
        assertThat(of("s.example.com").cover("\u017F.example.com")).isFalse();
    }

    @Test
    void text_manyNames_isShortened() {
        String[] many = IntStream.range(0, 100).mapToObj(i -> "h" + i + ".test").toArray(String[]::new);

        assertThat(of(many)).hasToString("h0.test, h1.test, h2.test, h3.test, h4.test and 95 more names");
        assertThat(of("x".repeat(200)).toString()).hasSize(103).endsWith("...");
    }

    @Test
    void text_controlCharacters_areNotShown() {
        assertThat(of("a\u001B[31m").toString()).doesNotContain("\u001B");
    }

    private static CertificateNames of(String... names) {
        return new CertificateNames(
                VariantAuthorities.server().names(names).selfSigned().certificate());
    }
}
