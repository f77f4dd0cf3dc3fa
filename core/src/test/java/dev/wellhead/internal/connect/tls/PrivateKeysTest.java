package dev.wellhead.internal.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of private keys that OpenSSL writes. Encrypted keys are tested by ClientCertificatesTest. */
class PrivateKeysTest {

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384"})
    void parse_pkcs8_returnsTheKey(String algorithm, int size) throws Exception {
        KeyPair pair = pair(algorithm, size);

        assertThat(PrivateKeys.parse(pair.getPrivate().getEncoded(), null, pair.getPublic()))
                .isEqualTo(pair.getPrivate());
        assertThat(PrivateKeys.parse(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), null, pair.getPublic()))
                .isEqualTo(pair.getPrivate());
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, RSA PRIVATE KEY", "EC, 256, EC PRIVATE KEY", "EC, 521, EC PRIVATE KEY"})
    void parse_traditionalFormat_returnsTheKey(String algorithm, int size, String label) throws Exception {
        KeyPair pair = pair(algorithm, size);
        byte[] bare = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();

        assertThat(PrivateKeys.parse(pem(label, bare), null, pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @Test
    void parse_curveParametersBeforeTheKey_areSkipped() throws Exception {
        KeyPair pair = pair("EC", 256);
        byte[] file = (new String(pem("EC PARAMETERS", new byte[] {6, 0}), StandardCharsets.US_ASCII)
                        + new String(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(PrivateKeys.parse(file, null, pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @ParameterizedTest
    @CsvSource({"OPENSSH PRIVATE KEY", "DSA PRIVATE KEY"})
    void parse_otherFormat_isRejected(String label) throws Exception {
        KeyPair pair = pair("EC", 256);

        assertThatThrownBy(() -> PrivateKeys.parse(pem(label, pair.getPrivate().getEncoded()), null, pair.getPublic()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static byte[] pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
