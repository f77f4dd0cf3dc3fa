package dev.wellhead.internal.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format of private keys that OpenSSL writes. Each file contains one of five keys. */
class PrivateKeysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec.pkcs8.pem",
                "ec.pkcs8.der",
                "ec.sec1.pem",
                "ec.sec1.der",
                "ec.sec1.parameters.pem",
                "ec.sec1.no-public.pem",
                "rsa.pkcs8.pem",
                "rsa.pkcs1.pem",
                "rsa.pkcs1.der",
                "pss.pkcs8.pem",
                "ed25519.pkcs8.pem",
                "ed448.pkcs8.pem"
            })
    void read_plainKey_isRead(String file) throws Exception {
        assertThat(secret(PrivateKeys.read(PemFiles.read("keys/" + file), null)))
                .isEqualTo(plain(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa.pkcs1.aes128.pem",
                "rsa.pkcs1.aes192.pem",
                "rsa.pkcs1.aes256.pem",
                "rsa.pkcs1.des3.pem",
                "ec.sec1.aes128.pem",
                "ec.sec1.aes192.pem",
                "ec.sec1.aes256.pem",
                "ec.sec1.des3.pem",
                "ec.pbes2.aes-128-cbc.pem",
                "ec.pbes2.aes-192-cbc.pem",
                "ec.pbes2.aes-256-cbc.pem",
                "ec.pbes2.des3.pem",
                "ec.pbes2.hmacWithSHA1.pem",
                "ec.pbes2.hmacWithSHA384.pem",
                "ec.pbes2.hmacWithSHA512.pem",
                "ec.pbes2.scrypt.pem",
                "ec.pbes2.der",
                "ec.pbes1.sha1-3des.pem",
                "ec.pbes1.md5-des.pem",
                "ec.pbes1.sha1-rc2-40.pem",
                "ec.pbes1.sha1-des.pem",
                "ed25519.pbes2.pem"
            })
    void read_encryptedKey_needsItsPassword(String file) throws Exception {
        byte[] content = PemFiles.read("keys/" + file);

        assertThat(secret(PrivateKeys.read(content, PemFiles.PASSWORD.toCharArray())))
                .isEqualTo(plain(file));
        assertThat(refusal(content, null)).isEqualTo("is encrypted, and no password is set");
        assertThat(refusal(content, "other")).isEqualTo("cannot be decrypted with the password that is set");
    }

    @Test
    void read_emptyPassword_isAPassword() throws Exception {
        assertThat(secret(PrivateKeys.read(PemFiles.read("keys/ec.pbes2.empty.pem"), new char[0])))
                .isEqualTo(plain("ec"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec.pbes2.umlaut.pem", "ec.sec1.umlaut.pem"})
    void read_passwordWithOtherCharactersThanAscii_isUtf8(String file) throws Exception {
        PrivateKey key = PrivateKeys.read(PemFiles.read("keys/" + file), "p\u00E4ssw\u00F6rd".toCharArray());

        assertThat(secret(key)).isEqualTo(plain("ec"));
    }

    @Test
    void read_windowsFileWithCertificateAndTextBeforeTheKey_isRead() throws Exception {
        String file = "\uFEFFBag Attributes\n" + PemFiles.text("other/cert.pem") + "Key:\n"
                + PemFiles.text("keys/ec.sec1.parameters.pem");

        byte[] content = file.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);

        assertThat(secret(PrivateKeys.read(content, null))).isEqualTo(plain("ec"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", " "})
    void read_lineBreaksOfAVariable_areRead(String lineBreak) throws Exception {
        String text = PemFiles.text("keys/ec.pkcs8.pem").replace("\n", lineBreak);

        PrivateKey key = PrivateKeys.read(text.getBytes(StandardCharsets.UTF_8), null);

        assertThat(secret(key)).isEqualTo(plain("ec"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other/public.pem | contains a public key, not a private key",
                "other/public.der | contains a public key, not a private key",
                "other/cert.pem | contains a certificate, not a private key",
                "other/cert.der | contains a certificate, not a private key",
                "other/request.pem | contains a certificate request, which no authority has signed yet, not a private key",
                "other/openssh.pem | contains a private key in the format of OpenSSH",
                "other/ec.pbes2.camellia.pem | is encrypted with CAMELLIA-256-CBC, which is not supported",
                "other/dsa.pem | contains a private key of the algorithm DSA, which cannot be used for TLS",
                "other/x25519.pem | contains a private key of the algorithm X25519, which cannot be used for TLS",
                "other/k1.pem | contains a private key on the elliptic curve secp256k1, which the JDK does not support in TLS",
                "other/explicit.pem | contains a private key whose elliptic curve is not named but described by its parameters"
            })
    void read_contentThatIsNoUsableKey_isRefusedWithTheReason(String file, String reason) throws Exception {
        assertThat(refusal(PemFiles.read(file), PemFiles.PASSWORD)).isEqualTo(reason);
    }

    @Test
    void read_openSshKey_namesTheCommandThatConvertsIt() throws Exception {
        byte[] content = PemFiles.read("other/openssh.pem");

        PemException refused = catchThrowableOfType(PemException.class, () -> PrivateKeys.read(content, null));

        assertThat(refused.fix()).isEqualTo("Convert it in place with: ssh-keygen -p -m PKCS8 -f FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not a key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nM*\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIIB",
                "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIT/////\n-----END ENCRYPTED PRIVATE KEY-----"
            })
    void read_damagedContent_isRefusedAndNotShown(String text) {
        String reason = refusal(text.getBytes(StandardCharsets.UTF_8), "pw");

        assertThat(reason).isNotEmpty().doesNotContain("AAAA", "MIIB", "M*");
    }

    private static String refusal(byte[] content, @Nullable String password) {
        PemException refused = catchThrowableOfType(
                PemException.class, () -> PrivateKeys.read(content, password == null ? null : password.toCharArray()));
        return String.valueOf(refused.getMessage());
    }

    /** The secret value of the key that the name of the file starts with. */
    private static String plain(String file) throws Exception {
        String key = file.substring(0, file.indexOf('.') < 0 ? file.length() : file.indexOf('.'));
        return secret(PrivateKeys.read(PemFiles.read("keys/" + key + ".pkcs8.pem"), null));
    }

    private static String secret(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa) {
            return rsa.getPrivateExponent().toString();
        }
        if (key instanceof ECPrivateKey ec) {
            return ec.getS().toString();
        }
        return HexFormat.of().formatHex(((EdECPrivateKey) key).getBytes().orElseThrow());
    }
}
