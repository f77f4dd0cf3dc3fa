package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.VariantAuthorities.HOST;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.INTERMEDIATE;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.ROOT;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.RSA_KEYS;
import static dev.wellhead.internal.connect.tls.VariantAuthorities.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateDraft;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates that no PostgreSQL server can present, because its OpenSSL rejects them. */
class ChainVerificationTest {

    private static final byte[] GARBAGE = {0x30, 0x7F, 0x01};

    private static final IssuedCertificate RSA_ROOT =
            CertificateDraft.authority("CN=RSA CA", RSA_KEYS).selfSigned();

    @TempDir
    private Path directory;

    static Stream<Arguments> certificates() {
        return Stream.of(
                Arguments.of(
                        server().extension(Extension.keyUsage, false, GARBAGE).signedBy(ROOT),
                        "its certificate has a malformed extension (key usage)"),
                Arguments.of(
                        server().extension(Extension.extendedKeyUsage, false, GARBAGE)
                                .signedBy(ROOT),
                        "its certificate has a malformed extension (extended key usage)"),
                Arguments.of(
                        server().signedWith("MD5withRSA").signedBy(RSA_ROOT),
                        "its certificate is signed with MD5withRSA, which is too weak"),
                Arguments.of(
                        server().signedWith("SHA1withRSAandMGF1").signedBy(RSA_ROOT),
                        "its certificate is signed with RSASSA-PSS with SHA-1, which is too weak"));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void verify_certificateThatNoServerPresents_isRefusedWithTheReason(IssuedCertificate server, String reason)
            throws Exception {
        ServerCertificateException refused =
                catchThrowableOfType(ServerCertificateException.class, () -> verify(server, "UNKNOWN", ROOT, RSA_ROOT));

        assertThat(refused.kind()).isEqualTo(FailureKind.TLS_INVALID);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.fix()).isNotEmpty();
    }

    @Test
    void verify_keyEncipherment_isEnoughForItsKeyExchange() throws Exception {
        IssuedCertificate server = CertificateDraft.server(RSA_KEYS, HOST)
                .usage(KeyUsage.keyEncipherment)
                .signedBy(ROOT);

        verify(server, "RSA", ROOT);
        assertThat(catchThrowableOfType(ServerCertificateException.class, () -> verify(server, "ECDHE_RSA", ROOT))
                        .reason())
                .isEqualTo("its certificate is not valid for TLS (key usage without digitalSignature)");
    }

    @Test
    void verify_namesWithControlCharacters_areNotShown() throws Exception {
        IssuedCertificate hostile = CertificateDraft.authority("CN=\u001B[2JOur CA\nINFO ok", RSA_KEYS)
                .selfSigned();
        IssuedCertificate server = server().signedBy(hostile).followedBy();

        assertThat(catchThrowableOfType(ServerCertificateException.class, () -> verify(server, "UNKNOWN", ROOT))
                        .reason())
                .doesNotContain("\u001B", "\n");
    }

    @Test
    void verify_unknownSystemRoot_isRefused() {
        IssuedCertificate server = server().signedBy(INTERMEDIATE);
        X509Certificate[] chain = {server.certificate(), INTERMEDIATE.certificate()};

        assertThat(catchThrowableOfType(
                                ServerCertificateException.class,
                                () -> new ChainVerification(TrustAnchors.ofSystem(), null).verify(chain, "UNKNOWN"))
                        .kind())
                .isEqualTo(FailureKind.TLS_UNTRUSTED);
    }

    @ParameterizedTest
    @CsvSource({
        // an element of another type, a sequence with an unexpected element, a wrong length, a value without bytes
        "2.5.29.31, 0101FF",
        "2.5.29.31, 30053003020101",
        "2.5.29.17, 0101FF",
        "2.5.29.17, 3003020101",
        "2.5.29.17, 30028205",
        "2.5.29.19, 3003020100FF",
        "2.5.29.19, 30020100",
        "2.5.29.19, 30060101FF0201FF",
        "2.5.29.19, 30060201000101FF",
        "2.5.29.15, 0300",
        "2.5.29.15, 03020980",
        "2.5.29.37, 3003020101",
        "2.5.29.37, 30020600",
        "2.5.29.14, 3000",
        "2.5.29.35, 3003020101",
        "2.5.29.30, 3003020101",
        "2.16.840.1.113730.1.1, 0300"
    })
    void verify_malformedExtensionThatIsNotCritical_isRefused(String oid, String content) {
        byte[] extension = HexFormat.of().parseHex(content);
        IssuedCertificate server = server().extension(new ASN1ObjectIdentifier(oid), false, extension)
                .signedBy(ROOT);

        ServerCertificateException refused =
                catchThrowableOfType(ServerCertificateException.class, () -> verify(server, "UNKNOWN", ROOT));

        // a malformed key identifier of the issuer matches no root certificate
        assertThat(refused.reason()).containsAnyOf("its certificate has a malformed extension", "is not trusted");
    }

    private void verify(IssuedCertificate server, String keyExchange, IssuedCertificate... roots)
            throws IOException, GeneralSecurityException, CertificateException {
        StringBuilder pem = new StringBuilder();
        for (IssuedCertificate root : roots) {
            pem.append(IssuedCertificate.pem(root.certificate()));
        }
        Path file = Files.writeString(directory.resolve("root.crt"), pem);
        X509Certificate[] chain = {server.certificate()};
        new ChainVerification(TrustAnchors.ofFile(file), null).verify(chain, keyExchange);
    }
}
