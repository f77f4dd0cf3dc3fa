package dev.wellhead.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;

/**
 * Root certificates that may sign the certificate of a server. Implementations are immutable and thread-safe;
 * {@link #certificates()} may read and parse on each call, the caller keeps the result.
 */
public interface TrustAnchors {

    /**
     * {@return the certificates of a file} Each call of {@link #certificates()} reads it again, so a replaced file
     * counts; nothing is read here.
     *
     * @param file one or more X.509 certificates, PEM or DER
     */
    static TrustAnchors ofFile(Path file) {
        return new FileTrustAnchors(file);
    }

    /** {@return the roots the JVM trusts: its cacerts, or the file of {@code javax.net.ssl.trustStore}} */
    static TrustAnchors ofSystem() {
        return SystemTrustAnchors.INSTANCE;
    }

    /** {@return where the certificates come from, for people: {@code "RDS root certificates (bundled)"}} */
    String description();

    /**
     * {@return the root certificates; never empty}
     *
     * @throws IOException when they cannot be read
     * @throws GeneralSecurityException when they cannot be parsed
     */
    Collection<X509Certificate> certificates() throws IOException, GeneralSecurityException;

    /** {@return whether the roots the JVM trusts count as well; {@code false} unless overridden} */
    default boolean includesSystemRoots() {
        return false;
    }
}
