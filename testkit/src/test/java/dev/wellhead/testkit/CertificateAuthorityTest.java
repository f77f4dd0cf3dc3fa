package dev.wellhead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {

    private final CertificateAuthority authority = CertificateAuthority.create("Test CA");

    @Test
    void server_namesAndAddresses_areSubjectAlternativeNames() throws Exception {
        X509Certificate certificate =
                authority.server("db.example", "127.0.0.1", "::1").certificate();

        certificate.verify(authority.certificate().getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("db.example", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void server_outsideItsValidity_isNotValid() {
        assertThatThrownBy(() -> authority.expiredServer("a").certificate().checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() -> authority.futureServer("a").certificate().checkValidity())
                .isInstanceOf(CertificateNotYetValidException.class);
    }

    @Test
    void intermediate_issued_carriesTheChain() throws Exception {
        CertificateAuthority intermediate = authority.intermediate("Intermediate CA");
        IssuedCertificate server = intermediate.server("a");

        server.certificate().verify(intermediate.certificate().getPublicKey());
        intermediate.certificate().verify(authority.certificate().getPublicKey());
        assertThat(server.certificatePem().split("BEGIN CERTIFICATE")).hasSize(3);
    }

    @Test
    void encryptedKey_withItsPassword_isDecrypted() throws Exception {
        IssuedCertificate client = authority.client("app");
        EncryptedPrivateKeyInfo key = new EncryptedPrivateKeyInfo(client.encryptedKeyDer("password"));
        Cipher cipher = Cipher.getInstance(key.getAlgName());
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(key.getAlgName()).generateSecret(new PBEKeySpec("password".toCharArray())),
                key.getAlgParameters());

        assertThat(key.getKeySpec(cipher).getEncoded()).isEqualTo(client.keyDer());
    }
}
