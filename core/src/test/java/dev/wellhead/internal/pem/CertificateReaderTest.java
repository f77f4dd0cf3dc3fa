package dev.wellhead.internal.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"cert.pem", "cert.der", "trusted.plain.pem", "trusted.server.pem"})
    void read_certificateInEveryForm_isRead(String file) throws Exception {
        assertThat(CertificateReader.read(PemFiles.read("other/" + file))).hasSize(1);
    }

    @Test
    void read_keysAndTextBetweenTheCertificates_areSkipped() throws Exception {
        String certificate = PemFiles.text("other/cert.pem");
        String key = PemFiles.text("keys/ec.pkcs8.pem");
        String file = "\uFEFF# our root\n" + key + certificate + "Bag Attributes\n" + certificate + key;

        assertThat(CertificateReader.read(file.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys/ec.pkcs8.pem | contains a private key, not a certificate",
                "keys/ec.pkcs8.der | contains a private key, not a certificate",
                "keys/ec.pbes2.der | contains an encrypted private key, not a certificate",
                "other/crl.pem | contains a certificate revocation list, not a certificate",
                "other/crl.der | contains a certificate revocation list, not a certificate",
                "other/request.der | contains a certificate request, which no authority has signed yet, not a certificate",
                "other/public.der | contains a public key, not a certificate",
                "other/bundle.p7b | contains a PKCS#7 bundle of certificates, not a certificate",
                "other/bundle.der | contains a PKCS#7 bundle of certificates, not a certificate",
                "other/p.p12 | is a PKCS#12 key store, not a certificate",
                "other/trusted.rejected.pem | contains only certificates that are not trusted for servers",
                "other/trusted.email.pem | contains only certificates that are not trusted for servers"
            })
    void read_contentWithoutCertificate_isRefusedWithWhatItIs(String file, String reason) throws Exception {
        assertThat(refusal(PemFiles.read(file))).isEqualTo(reason);
    }

    @Test
    void read_emptyContent_isRefused() {
        assertThat(refusal(new byte[0])).isEqualTo("is empty, not a certificate");
        assertThat(refusal(" \n".getBytes(StandardCharsets.UTF_8))).isEqualTo("is empty, not a certificate");
    }

    @Test
    void read_damagedCertificate_isRefusedWithItsNumber() throws Exception {
        String file =
                PemFiles.text("other/cert.pem") + "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

        assertThat(refusal(file.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("contains a certificate (number 2) that is not valid X.509");
    }

    private static String refusal(byte[] content) {
        PemException refused = catchThrowableOfType(PemException.class, () -> CertificateReader.read(content));
        return String.valueOf(refused.getMessage());
    }
}
