package dev.wellhead.testkit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** A certificate with its key and its intermediate certificates. Immutable. */
public final class IssuedCertificate {

    /** One of the few algorithms for encrypted keys that every JDK since 17 can read. */
    private static final String ENCRYPTION = "PBEWithSHA1AndDESede";

    private static final int ITERATIONS = 2048;

    private final List<X509Certificate> chain;
    private final KeyPair keys;
    private final PrivateKey key;

    IssuedCertificate(List<X509Certificate> chain, KeyPair keys) {
        this.chain = chain;
        this.keys = keys;
        this.key = keys.getPrivate();
    }

    /** {@return the same certificate with these intermediate certificates instead of its own} */
    public IssuedCertificate followedBy(X509Certificate... others) {
        List<X509Certificate> all = new ArrayList<>(List.of(certificate()));
        all.addAll(List.of(others));
        return new IssuedCertificate(List.copyOf(all), keys);
    }

    KeyPair keys() {
        return keys;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    /** {@return the certificate} */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** {@return the certificate and its intermediate certificates in PEM format} */
    public String certificatePem() {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : chain) {
            text.append(pem(each));
        }
        return text.toString();
    }

    /** {@return a certificate in PEM format} */
    public static String pem(X509Certificate certificate) {
        return pem("CERTIFICATE", PostgresServer.unchecked(certificate::getEncoded));
    }

    /** {@return the key as PKCS #8, PEM} */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** {@return the key as PKCS #8, DER} */
    public byte[] keyDer() {
        return key.getEncoded();
    }

    /** {@return the key encrypted with a password, as PKCS #8, DER} */
    public byte[] encryptedKeyDer(String password) {
        return PostgresServer.unchecked(() -> {
            SecretKey secret =
                    SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(ENCRYPTION);
            byte[] salt = "wellhead".getBytes(StandardCharsets.US_ASCII);
            cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(salt, ITERATIONS));
            AlgorithmParameters parameters = cipher.getParameters();
            return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
        });
    }

    /** {@return the key encrypted with a password, as PKCS #8, PEM} */
    public String encryptedKeyPem(String password) {
        return pem("ENCRYPTED PRIVATE KEY", encryptedKeyDer(password));
    }

    /** {@return {@code file}, after writing the chain to it in PEM format} */
    public Path writeCertificateTo(Path file) {
        return PostgresServer.unchecked(() -> Files.writeString(file, certificatePem()));
    }

    /** {@return {@code file}, after writing the key to it in PEM format; only the owner may read the file} */
    public Path writeKeyTo(Path file) {
        return PostgresServer.unchecked(() -> Files.setPosixFilePermissions(
                Files.writeString(file, keyPem()), PosixFilePermissions.fromString("rw-------")));
    }

    static String pem(String type, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
