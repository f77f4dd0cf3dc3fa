package dev.wellhead.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Root certificates that may sign the certificate of a server. Implementations are immutable and thread-safe.
 * {@link #certificates()} may read and parse a file on each call, so callers keep the result.
 */
public interface TrustAnchors {

    /**
     * {@return the certificates of a file} Each call of {@link #certificates()} reads the file, so a replaced file
     * takes effect. This method reads nothing.
     *
     * @param file one or more X.509 certificates, in PEM or DER, or a PKCS#12 or JKS key store without a password
     */
    static TrustAnchors ofFile(Path file) {
        return of(FileOrPem.ofFile(file), null);
    }

    /**
     * {@return the certificates of a file or of PEM text} Each call of {@link #certificates()} reads the file, so a
     * replaced file takes effect. This method reads nothing.
     *
     * @param source X.509 certificates in PEM or DER, or a PKCS#12 or JKS key store; other blocks of PEM text are
     *     skipped
     * @param storePassword the password of the key store; {@code null} if it has none. Sensitive
     */
    static TrustAnchors of(FileOrPem source, @Nullable String storePassword) {
        return new FileTrustAnchors(source, storePassword);
    }

    /** {@return the roots that the JVM trusts: its cacerts file, or the file of {@code javax.net.ssl.trustStore}} */
    static TrustAnchors ofSystem() {
        return SystemTrustAnchors.INSTANCE;
    }

    /** {@return the source of the certificates for messages, such as {@code RDS root certificates (bundled)}} */
    String description();

    /**
     * {@return the root certificates; never empty}
     *
     * @throws IOException if they cannot be read
     * @throws GeneralSecurityException if they cannot be parsed
     */
    Collection<X509Certificate> certificates() throws IOException, GeneralSecurityException;

    /** {@return whether the roots that the JVM trusts are included; the default is {@code false}} */
    default boolean includesSystemRoots() {
        return false;
    }
}
