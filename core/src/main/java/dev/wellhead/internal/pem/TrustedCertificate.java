package dev.wellhead.internal.pem;

import org.jspecify.annotations.Nullable;

/**
 * Reads the content of a block {@code TRUSTED CERTIFICATE} of OpenSSL: a certificate, and optionally the purposes for
 * which it is trusted or rejected. Source: OpenSSL, {@code openssl-x509(1)}, "Trust Options", and the type
 * X509_CERT_AUX.
 */
final class TrustedCertificate {

    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private TrustedCertificate() {}

    /** {@return the certificate in DER; null if it is not trusted for servers} */
    static byte @Nullable [] read(byte[] content) throws PemException {
        Der outer = Der.of(content);
        byte[] certificate = outer.element();
        if (outer.tag() == Der.END) {
            return certificate;
        }
        Der attributes = outer.enter(Der.SEQUENCE);
        boolean trusted = attributes.tag() != Der.SEQUENCE || includesServers(attributes.enter(Der.SEQUENCE));
        boolean rejected = attributes.tag() == Der.CONTEXT_0 && includesServers(attributes.enter(Der.CONTEXT_0));
        return trusted && !rejected ? certificate : null;
    }

    private static boolean includesServers(Der purposes) throws PemException {
        while (purposes.tag() == Der.OBJECT_IDENTIFIER) {
            String purpose = purposes.identifier();
            if (purpose.equals(SERVER_AUTHENTICATION) || purpose.equals(ANY_PURPOSE)) {
                return true;
            }
        }
        return false;
    }
}
