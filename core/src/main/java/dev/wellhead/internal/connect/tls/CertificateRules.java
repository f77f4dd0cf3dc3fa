package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks every certificate of a chain, including the root certificate, which the JDK's path validation does not check:
 * validity, algorithms, key usage, extended key usage and path length. Source: RFC 5280, sections 4.1.2.5, 4.2.1 and 6.1;
 * RFC 8446, section 4.4.2.2.
 */
final class CertificateRules {

    /** The indices of the bits of KeyUsage. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_CERT_SIGN = 5;

    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    /** The bit for servers in the last byte of the extension. */
    private static final int NETSCAPE_SERVER = 0x40;

    private static final String REPLACE = "Replace the certificate with one that is issued for TLS servers.";

    private final boolean keyIsEncipheredTo;

    /** @param keyExchange the name that JSSE passes to trust managers */
    CertificateRules(String keyExchange) {
        // only this key exchange of TLS 1.2 uses the certificate's key without a signature
        this.keyIsEncipheredTo = keyExchange.equals("RSA");
    }

    void check(ChainPosition position) throws ServerCertificateException {
        checkValidity(position);
        checkAlgorithms(position);
        String malformed = Extensions.malformed(position.certificate());
        if (malformed != null) {
            throw ServerCertificateException.invalid(
                    position.text() + " has a malformed extension (" + malformed + ")", REPLACE);
        }
        checkExtendedKeyUsage(position);
        if (position.isServer()) {
            checkKeyUsageOfServer(position.certificate());
        } else {
            checkAuthority(position);
        }
    }

    private static void checkValidity(ChainPosition position) throws ServerCertificateException {
        X509Certificate certificate = position.certificate();
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            throw new ServerCertificateException(
                    FailureKind.TLS_EXPIRED,
                    position.text() + " expired on " + certificate.getNotAfter().toInstant(),
                    null,
                    expired);
        } catch (CertificateNotYetValidException early) {
            throw new ServerCertificateException(
                    FailureKind.TLS_EXPIRED,
                    position.text() + " is not valid before "
                            + certificate.getNotBefore().toInstant(),
                    null,
                    early);
        }
    }

    private static void checkAlgorithms(ChainPosition position) throws ServerCertificateException {
        X509Certificate certificate = position.certificate();
        // nothing depends on the signature of a root certificate
        String signature = position.isRoot()
                ? null
                : WeakAlgorithms.signature(certificate.getSigAlgName(), certificate.getSigAlgParams());
        if (signature != null) {
            throw ServerCertificateException.invalid(
                    position.text() + " is signed with " + signature + ", which is too weak",
                    "Replace the certificate with one that is signed with SHA-256 or stronger.");
        }
        String key = WeakAlgorithms.key(certificate.getPublicKey());
        if (key != null) {
            throw ServerCertificateException.invalid(
                    position.text() + " has a key that is too weak: " + key,
                    "Replace the certificate with one that has a longer key.");
        }
    }

    /** An authority with this extension may only issue certificates for these purposes, as OpenSSL understands it. */
    private static void checkExtendedKeyUsage(ChainPosition position) throws ServerCertificateException {
        List<String> purposes = purposes(position.certificate());
        if (purposes != null && !purposes.contains(SERVER_AUTHENTICATION)) {
            throw ServerCertificateException.invalid(
                    position.text() + " is not valid for server authentication (extended key usage " + purposes + ")",
                    "Replace the certificate with one whose extended key usage contains serverAuth.");
        }
    }

    private static @Nullable List<String> purposes(X509Certificate certificate) {
        try {
            return certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException malformed) {
            // the caller has checked this
            return List.of();
        }
    }

    private void checkKeyUsageOfServer(X509Certificate certificate) throws ServerCertificateException {
        boolean[] usage = certificate.getKeyUsage();
        int required = keyIsEncipheredTo ? KEY_ENCIPHERMENT : DIGITAL_SIGNATURE;
        if (usage != null && !usage[required]) {
            throw ServerCertificateException.invalid(
                    "its certificate is not valid for TLS (key usage without "
                            + (keyIsEncipheredTo ? "keyEncipherment" : "digitalSignature") + ")",
                    REPLACE);
        }
        byte[] type = certificate.getExtensionValue(Extensions.NETSCAPE_CERTIFICATE_TYPE);
        if (type != null && (type[type.length - 1] & NETSCAPE_SERVER) == 0) {
            throw ServerCertificateException.invalid(
                    "its certificate is not valid for servers (Netscape certificate type)", REPLACE);
        }
    }

    private static void checkAuthority(ChainPosition position) throws ServerCertificateException {
        X509Certificate authority = position.certificate();
        boolean[] usage = authority.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            throw ServerCertificateException.invalid(
                    position.text() + " is not valid for signing certificates (key usage without keyCertSign)",
                    "Let a certificate authority issue the server's certificate.");
        }
        int pathLength = authority.getBasicConstraints();
        // certificates of versions 1 and 2 have no extensions
        boolean isOldRoot = position.isRoot() && authority.getVersion() < 3;
        if (pathLength < 0 && !isOldRoot) {
            throw ServerCertificateException.invalid(
                    position.text() + " is not one of a certificate authority (basic constraints)",
                    "Let a certificate authority issue the server's certificate.");
        }
        if (!isOldRoot && intermediates(position) > pathLength) {
            throw ServerCertificateException.invalid(
                    position.text() + " does not permit so many intermediate certificates below it (path length "
                            + pathLength + ")",
                    "Let an authority that is closer to the root issue the server's certificate.");
        }
    }

    /** Counts the intermediate certificates below a certificate. Self-issued ones do not count (RFC 5280). */
    private static int intermediates(ChainPosition position) {
        int count = 0;
        for (int i = 1; i < position.index(); i++) {
            X509Certificate below = position.chain().get(i);
            if (!below.getSubjectX500Principal().equals(below.getIssuerX500Principal())) {
                count++;
            }
        }
        return count;
    }
}
