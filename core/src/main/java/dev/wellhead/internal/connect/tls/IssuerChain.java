package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate, its issuer, the issuer of that, and so on to a self-signed certificate. As in OpenSSL, each
 * issuer is searched among the root certificates first and then among the certificates that the server sent. If the
 * chain is not trusted, the search is not repeated with other issuers. This class does not verify the chain.
 *
 * @param certificates the server's certificate first; never empty
 * @param isTrusted whether the last certificate is self-signed and one of the root certificates
 */
record IssuerChain(List<X509Certificate> certificates, boolean isTrusted) {

    /** The JDK's limit for the certificates that a server sends. It bounds the search if the server is hostile. */
    private static final int LONGEST = 10;

    /** The tags of AuthorityKeyIdentifier (RFC 5280, section 4.2.1.1) and of a directory name. */
    private static final int KEY_IDENTIFIER = 0x80;

    private static final int ISSUER = 0xA1;
    private static final int SERIAL_NUMBER = 0x82;
    private static final int DIRECTORY_NAME = 0xA4;

    /** @param roots the content of the root certificate file, which may also contain intermediate certificates */
    static IssuerChain of(X509Certificate[] sent, Collection<X509Certificate> roots) {
        List<X509Certificate> chain = new ArrayList<>(3);
        X509Certificate last = sent[0];
        chain.add(last);
        Collection<X509Certificate> others = Arrays.asList(sent);
        while (!isSelfSigned(last)) {
            X509Certificate issuer = issuer(last, roots, chain);
            if (issuer != null) {
                // above a certificate of the file, only certificates of the file are used
                others = List.of();
            } else {
                issuer = issuer(last, others, chain);
            }
            if (issuer == null || chain.size() == LONGEST) {
                return new IssuerChain(chain, false);
            }
            chain.add(issuer);
            last = issuer;
        }
        return new IssuerChain(chain, roots.contains(last));
    }

    X509Certificate last() {
        return certificates.get(certificates.size() - 1);
    }

    /** Prefers a certificate that is valid now; otherwise returns the one that expires last. */
    private static @Nullable X509Certificate issuer(
            X509Certificate of, Collection<X509Certificate> candidates, List<X509Certificate> chain) {
        X509Certificate latest = null;
        for (X509Certificate candidate : candidates) {
            if (isIssuer(candidate, of) && !chain.contains(candidate)) {
                if (isValidNow(candidate)) {
                    return candidate;
                }
                if (latest == null || expiry(candidate).isAfter(expiry(latest))) {
                    latest = candidate;
                }
            }
        }
        return latest;
    }

    private static Instant expiry(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static boolean isValidNow(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException invalid) {
            return false;
        }
    }

    /** Returns whether a certificate names itself as its issuer. The signature is not verified. */
    static boolean isSelfSigned(X509Certificate certificate) {
        return isIssuer(certificate, certificate);
    }

    private static boolean isIssuer(X509Certificate issuer, X509Certificate of) {
        return of.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) && matchesKeyIdentifier(issuer, of);
    }

    /**
     * Returns whether a certificate or a revocation list names this issuer's key. An identifier that is missing on one
     * side matches, and a malformed one does not.
     */
    static boolean matchesKeyIdentifier(X509Certificate issuer, X509Extension of) {
        try {
            byte[] extension = Extensions.content(of, Extensions.AUTHORITY_KEY_IDENTIFIER);
            if (extension == null) {
                return true;
            }
            byte[] authority = Der.single(extension, Der.SEQUENCE);
            byte[] own = Extensions.content(issuer, Extensions.SUBJECT_KEY_IDENTIFIER);
            byte[] wanted = Der.of(authority).find(KEY_IDENTIFIER);
            if (own != null && wanted != null && !Arrays.equals(wanted, Der.single(own, Der.OCTET_STRING))) {
                return false;
            }
            byte[] serial = Der.of(authority).find(SERIAL_NUMBER);
            return (serial == null
                            || Arrays.equals(serial, issuer.getSerialNumber().toByteArray()))
                    && matchesIssuer(authority, issuer.getIssuerX500Principal());
        } catch (PemException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean matchesIssuer(byte[] authority, X500Principal issuer) throws PemException {
        byte[] names = Der.of(authority).find(ISSUER);
        byte[] name = names == null ? null : Der.of(names).find(DIRECTORY_NAME);
        return name == null || issuer.equals(new X500Principal(name));
    }
}
