package dev.wellhead.internal.pem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and what is refused if BouncyCastle is not on the class path. */
class WithoutBouncyCastleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec.pbes2.aes-128-cbc.pem",
                "ec.pbes2.aes-256-cbc.pem",
                "ec.pbes2.hmacWithSHA1.pem",
                "ec.pbes2.hmacWithSHA384.pem",
                "ec.pbes2.hmacWithSHA512.pem",
                "ec.pbes2.der",
                "ec.pbes1.sha1-3des.pem",
                "ec.pbes1.md5-des.pem",
                "ec.pbes1.sha1-rc2-40.pem",
                "ed25519.pbes2.pem"
            })
    void read_encryptionOfTheJdk_needsThePasswordOnly(String file) throws Exception {
        assertThat(read("keys/" + file, PemFiles.PASSWORD)).startsWith("read: ");
        assertThat(read("keys/" + file, null)).isEqualTo("is encrypted, and no password is set");
        assertThat(read("keys/" + file, "other")).isEqualTo("cannot be decrypted with the password that is set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ec.pkcs8.der", "ec.sec1.pem", "ec.sec1.parameters.pem", "rsa.pkcs1.pem", "ed448.pkcs8.pem"})
    void read_plainKey_isRead(String file) throws Exception {
        assertThat(read("keys/" + file, null)).startsWith("read: ");
    }

    @ParameterizedTest
    @CsvSource({
        "keys/ec.pbes2.aes-192-cbc.pem, AES-192-CBC",
        "keys/ec.pbes2.des3.pem, DES-EDE3-CBC",
        "keys/ec.pbes2.scrypt.pem, scrypt",
        "keys/ec.pbes1.sha1-des.pem, PBEWithSHA1AndDES",
        "keys/ec.sec1.aes256.pem, 'AES-256-CBC (Proc-Type: 4,ENCRYPTED)'",
        "keys/rsa.pkcs1.aes128.pem, 'AES-128-CBC (Proc-Type: 4,ENCRYPTED)'",
        "keys/rsa.pkcs1.des3.pem, 'DES-EDE3-CBC (Proc-Type: 4,ENCRYPTED)'",
        "other/ec.pbes2.camellia.pem, CAMELLIA-256-CBC"
    })
    void read_otherEncryption_isRefusedWithItsNameAndBothFixes(String file, String name) throws Exception {
        String refusal = "is encrypted with " + name
                + ", which the JDK cannot decrypt | Convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW,"
                + " or add org.bouncycastle:bcpkix-jdk18on to the class path.";

        assertThat(read(file, PemFiles.PASSWORD)).isEqualTo(refusal);
        assertThat(read(file, null)).isEqualTo(refusal);
    }

    @Test
    void read_cipherWithControlCharacters_isRefusedWithoutThem() throws Exception {
        String text = PemFiles.text("keys/ec.sec1.des3.pem").replace("DES-EDE3-CBC,", "\u001B[2J,");

        assertThat(inOwnLoader().apply(text.getBytes(StandardCharsets.UTF_8), null))
                .startsWith(
                        "is encrypted with an unknown cipher (Proc-Type: 4,ENCRYPTED), which the JDK cannot decrypt | ");
    }

    private static String read(String file, @Nullable String password) throws Exception {
        return inOwnLoader().apply(PemFiles.read(file), password == null ? null : password.toCharArray());
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<byte[], char @Nullable [], String> inOwnLoader() throws ReflectiveOperationException {
        return (BiFunction<byte[], char @Nullable [], String>) new Loader()
                .loadClass(Reader.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Runs in a class loader without BouncyCastle. */
    public static final class Reader implements BiFunction<byte[], char @Nullable [], String> {

        @Override
        public String apply(byte[] content, char @Nullable [] password) {
            try {
                PrivateKey key = PrivateKeys.read(content, password);
                return "read: " + key.getAlgorithm();
            } catch (PemException e) {
                return e.getMessage() + (e.fix().isEmpty() ? "" : " | " + e.fix());
            }
        }
    }

    /** Defines the classes of this package again, and finds none of BouncyCastle. */
    private static final class Loader extends ClassLoader {

        Loader() {
            super(Loader.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.bouncycastle.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(PrivateKeys.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
