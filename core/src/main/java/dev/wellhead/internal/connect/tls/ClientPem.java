package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.PemBlock;
import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.internal.pem.PemException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate and its key as PEM text without encryption, for programs that use libpq. libpq reads no key
 * stores, and it has no environment variable for the password of a key. Immutable.
 */
public final class ClientPem {

    private static final Set<String> PLAIN_KEYS = Set.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");

    private final String certificates;
    private final String key;

    private ClientPem(String certificates, String key) {
        this.certificates = certificates;
        this.key = key;
    }

    /**
     * {@return the certificate and the key; null if the settings have none, or if libpq can read the configured ones}
     *
     * @throws TlsMaterialException if they cannot be read, or cannot be used
     */
    public static @Nullable ClientPem of(DatabaseSettings settings) throws TlsMaterialException {
        ClientCertificate configured = ClientCertificate.of(settings);
        if (configured == null || isReadByLibpq(configured, settings)) {
            return null;
        }
        try {
            return from(configured.load());
        } catch (PemException e) {
            throw configured.unusableKey(e);
        }
    }

    private static boolean isReadByLibpq(ClientCertificate configured, DatabaseSettings settings)
            throws TlsMaterialException {
        return settings.find(Settings.SSLCERT).isPresent()
                && isPlainKey(configured.keyContent())
                && isCertificate(configured.certificateContent());
    }

    /** Returns what was loaded, as text. */
    private static ClientPem from(ClientKeyManager loaded) throws PemException {
        byte @Nullable [] key = loaded.getPrivateKey("").getEncoded();
        if (key == null) {
            throw new PemException("cannot be written as PEM text, because its provider does not export it");
        }
        StringBuilder certificates = new StringBuilder();
        try {
            for (X509Certificate certificate : loaded.getCertificateChain("")) {
                certificates.append(
                        PemBlock.of("CERTIFICATE", certificate.getEncoded()).text());
            }
        } catch (CertificateEncodingException e) {
            throw new PemException("has a certificate that cannot be written as PEM text");
        }
        return new ClientPem(
                certificates.toString(), PemBlock.of("PRIVATE KEY", key).text());
    }

    /** Returns whether libpq reads the key in a content, which it does for PEM text. The key must not be encrypted. */
    private static boolean isPlainKey(byte[] content) {
        PemBlock key = first(content, "PRIVATE KEY");
        return key != null && PLAIN_KEYS.contains(key.label()) && !key.isEncrypted();
    }

    /** Returns whether libpq reads the certificates in a content, which it does for PEM text. */
    private static boolean isCertificate(byte[] content) {
        return first(content, "CERTIFICATE") != null;
    }

    private static @Nullable PemBlock first(byte[] content, String label) {
        try {
            for (PemBlock block : PemBlocks.of(content)) {
                if (block.label().endsWith(label)) {
                    return block;
                }
            }
        } catch (PemException e) {
            // reported when the content is loaded
        }
        return null;
    }

    /** {@return the certificate of the client, followed by intermediate certificates} */
    public String certificates() {
        return certificates;
    }

    /** {@return the key in PKCS#8; sensitive} */
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return "ClientPem[key=<redacted>]";
    }
}
