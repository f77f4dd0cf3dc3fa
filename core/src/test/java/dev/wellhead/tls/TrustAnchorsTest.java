package dev.wellhead.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.CertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
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
                .hasMessage("The root certificate file " + file + " is empty, not a certificate.");
    }

    @Test
    void ofFile_otherContent_throws() throws Exception {
        Path file = Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");

        assertThatThrownBy(() -> TrustAnchors.ofFile(file).certificates())
                .isInstanceOf(CertificateException.class)
                .hasMessage("The root certificate file " + file
                        + " contains a certificate (number 1) that is not valid X.509.");
    }

    @Test
    void ofFile_directory_throws() {
        assertThatThrownBy(() -> TrustAnchors.ofFile(directory).certificates())
                .isInstanceOf(IOException.class)
                .hasMessage("The root certificate file " + directory + " is a directory.");
    }

    @Test
    void of_pemText_returnsItsCertificatesAndIsDescribedWithoutThem() throws Exception {
        String text = "# roots\n" + one.client("app").keyPem() + one.certificatePem() + two.certificatePem();

        TrustAnchors anchors = TrustAnchors.of(FileOrPem.ofPem(text), null);

        assertThat(anchors.certificates()).containsExactly(one.certificate(), two.certificate());
        assertThat(anchors).hasToString("root certificates in PEM text (1 private key, 2 certificates)");
    }

    @Test
    void of_keyStore_needsItsPassword() throws Exception {
        Path file = directory.resolve("roots.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("one", one.certificate());
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }

        assertThat(TrustAnchors.of(FileOrPem.ofFile(file), "changeit").certificates())
                .containsExactly(one.certificate());
        assertThatThrownBy(() -> TrustAnchors.ofFile(file).certificates())
                .hasMessage("The root certificate file " + file + " is a key store that needs a password.");
        assertThatThrownBy(
                        () -> TrustAnchors.of(FileOrPem.ofFile(file), "other").certificates())
                .hasMessage("The root certificate file " + file
                        + " is a key store that cannot be opened with the password that is set.");
    }

    @Test
    void ofSystem_jvmWithRoots_returnsThem() throws Exception {
        assertThat(TrustAnchors.ofSystem().certificates()).isNotEmpty();
        assertThat(TrustAnchors.ofSystem().includesSystemRoots()).isTrue();
        assertThat(TrustAnchors.ofSystem()).hasToString("root certificates of the JVM");
    }
}
