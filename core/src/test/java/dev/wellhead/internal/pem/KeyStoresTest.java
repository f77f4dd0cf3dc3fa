package dev.wellhead.internal.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.testkit.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoresTest {

    private static final char[] PASSWORD = PemFiles.PASSWORD.toCharArray();

    @Test
    void privateKey_storeOfOpenSsl_isReadWithItsPassword() throws Exception {
        byte[] content = PemFiles.read("other/p.p12");

        assertThat(KeyStores.privateKey(content, PASSWORD).chain()).hasSize(1);
        assertThat(missing(content, null)).isTrue();
        assertThat(missing(content, "other")).isFalse();
    }

    @Test
    void privateKey_emptyPassword_isFoundWithoutOne() throws Exception {
        byte[] content = PemFiles.read("other/empty.p12");

        assertThat(KeyStores.privateKey(content, null).chain()).hasSize(1);
        assertThat(KeyStores.privateKey(content, new char[0]).chain()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
    void certificates_storeOfTheJdk_areReadWithItsPassword(String type) throws Exception {
        X509Certificate root = CertificateAuthority.create("Store CA").certificate();

        byte[] content = store(type, root, PASSWORD);

        assertThat(ContentRecognition.kindOf(content).isKeyStore()).isTrue();
        assertThat(KeyStores.certificates(content, PASSWORD)).isEqualTo(List.of(root));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "JCEKS"})
    void certificates_javaStoreWithoutPassword_areRead(String type) throws Exception {
        X509Certificate root = CertificateAuthority.create("Store CA").certificate();

        assertThat(KeyStores.certificates(store(type, root, PASSWORD), null)).isEqualTo(List.of(root));
    }

    @Test
    void certificates_storeWithoutPassword_areRead() throws Exception {
        X509Certificate root = CertificateAuthority.create("Store CA").certificate();

        assertThat(KeyStores.certificates(store("PKCS12", root, new char[0]), null))
                .isEqualTo(List.of(root));
    }

    @Test
    void certificates_storeOfOpenSsl_areNotMarkedAsTrusted() throws Exception {
        byte[] content = PemFiles.read("other/certs.p12");

        PemException refused =
                catchThrowableOfType(PemException.class, () -> KeyStores.certificates(content, PASSWORD));

        assertThat(refused.getMessage()).contains("finds no trusted certificate");
        assertThat(refused.fix()).isEqualTo("Convert it with: openssl pkcs12 -in FILE -nokeys -out NEW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"certs.empty.p12", "certs.plain.p12", "certs.mac.p12"})
    void certificates_storeOfOpenSslThatNeedsNoPassword_areNotMarkedAsTrusted(String file) throws Exception {
        byte[] content = PemFiles.read("other/" + file);

        PemException refused = catchThrowableOfType(PemException.class, () -> KeyStores.certificates(content, null));

        assertThat(refused.getMessage()).contains("finds no trusted certificate");
        assertThat(catchThrowableOfType(PemException.class, () -> KeyStores.privateKey(content, null)))
                .hasMessage("is a key store without a private key");
    }

    @Test
    void certificates_encryptedStoreOfOpenSsl_needAPassword() throws Exception {
        byte[] content = PemFiles.read("other/certs.p12");

        assertThat(catchThrowableOfType(KeyPasswordException.class, () -> KeyStores.certificates(content, null)))
                .isNotNull()
                .returns(true, KeyPasswordException::isMissing);
    }

    @ParameterizedTest
    @CsvSource({"plain.p12,", "plain.p12,any", "plain.mac.p12,", "plain.mac.p12," + PemFiles.PASSWORD, "plain.key.p12,"
    })
    void privateKey_thatIsNotEncryptedInAPkcs12Store_isRefusedWithTheReason(String file, @Nullable String password)
            throws Exception {
        byte[] content = PemFiles.read("other/" + file);

        PemException refused = catchThrowableOfType(
                PemException.class,
                () -> KeyStores.privateKey(content, password == null ? null : password.toCharArray()));

        assertThat(refused)
                .isNotInstanceOf(KeyPasswordException.class)
                .hasMessage(
                        "is a PKCS#12 key store whose private key is not encrypted, and Java reads only an encrypted"
                                + " one");
        assertThat(refused.fix())
                .isEqualTo(
                        "Convert it with: openssl pkcs12 -in FILE -nodes -out NEW, and use NEW as the certificate and as the key.");
    }

    @Test
    void certificates_storeWithAKey_areRefused() throws Exception {
        byte[] content = PemFiles.read("other/p.p12");

        PemException refused =
                catchThrowableOfType(PemException.class, () -> KeyStores.certificates(content, PASSWORD));

        assertThat(refused).hasMessage("is a key store with a private key, and without trusted certificates");
    }

    @Test
    void privateKey_withoutCertificate_isRefusedWithTheReason() throws Exception {
        byte[] content = PemFiles.read("other/key.only.p12");

        assertThat(catchThrowableOfType(PemException.class, () -> KeyStores.privateKey(content, PASSWORD)))
                .hasMessage("is a key store whose private key has no certificate");
    }

    @Test
    void privateKey_damagedStore_isRefused() throws Exception {
        byte[] content = PemFiles.read("other/p.p12");
        content[40] ^= 1;

        PemException refused = catchThrowableOfType(PemException.class, () -> KeyStores.privateKey(content, PASSWORD));

        assertThat(refused)
                .hasMessage("is a key store that cannot be read: it is damaged, or uses an unknown algorithm");
    }

    private static boolean missing(byte[] content, @Nullable String password) {
        return catchThrowableOfType(
                        KeyPasswordException.class,
                        () -> KeyStores.privateKey(content, password == null ? null : password.toCharArray()))
                .isMissing();
    }

    private static byte[] store(String type, X509Certificate root, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("root", root);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return out.toByteArray();
    }
}
