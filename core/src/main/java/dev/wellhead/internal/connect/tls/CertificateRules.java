package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rules for certificates that the JDK's path validation does not check: strength of algorithms, extended key
 * usage of the authorities, and usage of the server's key. Source: RFC 5280, section 4.2.1; RFC 8446, section 4.4.2.2.
 */
final class CertificateRules {

    /** The indices of the bits of KeyUsage. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_ENCIPHERMENT = 2;

    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    /** Proxy certificates (RFC 3820), and blocks of IP addresses and autonomous systems (RFC 3779). */
    private static final List<String> UNSUPPORTED =
            List.of("1.3.6.1.5.5.7.1.14", "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8");

    /** The bit for servers in the first byte of the extension's bits. */
    private static final int NETSCAPE_SERVER = 0x40;

    private static final String REPLACE = "Replace the certificate with one that is issued for TLS servers.";

    private final boolean isRsaKeyExchange;

    /** @param keyExchange the name that JSSE passes to trust managers */
    CertificateRules(String keyExchange) {
        // in this key exchange of TLS 1.2, the server decrypts with the certificate's key and does not sign
        this.isRsaKeyExchange = keyExchange.equals("RSA");
    }

    void check(ChainPosition position) throws ServerCertificateException {
        ExtensionSyntax.check(position);
        checkUnsupported(position);
        checkAlgorithms(position);
        checkExtendedKeyUsage(position);
        if (position.isServer()) {
            checkKeyUsageOfServer(position.certificate());
        }
    }

    /** OpenSSL refuses proxy certificates, and compares the addresses of a certificate with those of its issuer. */
    private static void checkUnsupported(ChainPosition position) throws ServerCertificateException {
        for (String oid : UNSUPPORTED) {
            if (Extensions.has(position.certificate(), oid)) {
                throw ServerCertificateException.invalid(
                        position.text() + " has an extension that is not supported (" + oid + ")", REPLACE);
            }
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
        X509Certificate certificate = position.certificate();
        @Nullable List<String> purposes;
        try {
            purposes = certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw ServerCertificateException.invalid(
                    position.text() + " has a malformed extension (extended key usage)", REPLACE);
        }
        if (purposes != null && !purposes.contains(SERVER_AUTHENTICATION)) {
            throw ServerCertificateException.invalid(
                    position.text() + " is not valid for server authentication (extended key usage " + purposes + ")",
                    "Replace the certificate with one whose extended key usage contains serverAuth.");
        }
    }

    private void checkKeyUsageOfServer(X509Certificate certificate) throws ServerCertificateException {
        boolean[] usage = certificate.getKeyUsage();
        int required = isRsaKeyExchange ? KEY_ENCIPHERMENT : DIGITAL_SIGNATURE;
        if (usage != null && !usage[required]) {
            throw ServerCertificateException.invalid(
                    "its certificate is not valid for TLS (key usage without "
                            + (isRsaKeyExchange ? "keyEncipherment" : "digitalSignature") + ")",
                    REPLACE);
        }
        if (!permitsServer(certificate)) {
            throw ServerCertificateException.invalid(
                    "its certificate is not valid for servers (Netscape certificate type)", REPLACE);
        }
    }

    /** Returns whether the Netscape certificate type, if there is one, includes servers. */
    private static boolean permitsServer(X509Certificate certificate) {
        try {
            byte[] type = Extensions.content(certificate, Extensions.NETSCAPE_CERTIFICATE_TYPE);
            if (type == null) {
                return true;
            }
            // the first byte of a bit string is the number of its unused bits
            byte[] bits = Der.single(type, Der.BIT_STRING);
            return bits.length > 1 && (bits[1] & NETSCAPE_SERVER) != 0;
        } catch (PemException malformed) {
            return false;
        }
    }
}
