package dev.wellhead.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustAnchorsTest {

    private final CertificateAuthority one = CertificateAuthority.create("One CA");
    private final CertificateAuthority two = CertificateAuthority.create("Two CA");

    @TempDir
    private Path directory;

    @Test
    void ofFile_severalCertificates_returnsAll() throws Exception {
        Path file = Files.writeString(directory.resolve("roots.pem"), one.certificatePem() + two.certificatePem());

        assertThat(TrustAnchors.ofFile(file).certificates())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=One CA", "CN=Two CA");
    }

    @Test
    void ofFile_der_isReadAsWell() throws Exception {
        Path file = Files.write(directory.resolve("root.der"), one.certificate().getEncoded());

        assertThat(TrustAnchors.ofFile(file).certificates()).containsExactly(one.certificate());
    }

    @Test
    void ofFile_replacedInPlace_returnsTheNewCertificate() throws Exception {
        TrustAnchors anchors = TrustAnchors.ofFile(one.writeTo(directory.resolve("root.pem")));
        assertThat(anchors.certificates()).containsExactly(one.certificate());

        two.writeTo(directory.resolve("root.pem"));

        assertThat(anchors.certificates()).containsExactly(two.certificate());
    }

    @Test
    void ofFile_missing_throws() {
        Path file = directory.resolve("nowhere.pem");

        assertThatThrownBy(() -> TrustAnchors.ofFile(file).certificates())
                .isInstanceOf(IOException.class)
                .hasMessage("The root certificate file " + file + " does not exist.");
    }

    @Test
    void ofFile_empty_throws() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "");

        assertThatThrownBy(() -> TrustAnchors.ofFile(file).certificates())
                .isInstanceOf(CertificateException.class)
                .hasMessage("The root certificate file " + file + " contains no certificate.");
    }

    @Test
    void ofFile_otherContent_throws() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END");

        assertThatThrownBy(() -> TrustAnchors.ofFile(file).certificates())
                .isInstanceOf(CertificateException.class)
                .hasMessage("The root certificate file " + file
                        + " does not contain valid X.509 certificates in PEM or DER format.");
    }

    @Test
    void ofSystem_jvmWithRoots_returnsThem() throws Exception {
        assertThat(TrustAnchors.ofSystem().certificates()).isNotEmpty();
        assertThat(TrustAnchors.ofSystem().includesSystemRoots()).isTrue();
        assertThat(TrustAnchors.ofSystem()).hasToString("root certificates of the JVM");
    }
}
