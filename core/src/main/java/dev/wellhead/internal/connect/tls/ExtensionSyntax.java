package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.DerShape.list;
import static dev.wellhead.internal.connect.tls.DerShape.sequence;
import static dev.wellhead.internal.connect.tls.DerShape.value;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Rejects a certificate in which an extension that OpenSSL parses is malformed, even if it is not critical. The JDK
 * ignores such an extension. Source: RFC 5280, section 4.2; OpenSSL, ossl_x509v3_cache_extensions.
 */
record ExtensionSyntax(String name, String oid, DerShape shape) {

    private static final DerShape[] SUBTREES = {list(Der.SEQUENCE)};

    /** The types of GeneralName (RFC 5280, section 4.2.1.6). */
    private static final DerShape[] NAMES = {
        sequence(0xA0, value(Der.OBJECT_IDENTIFIER), list(0xA0)),
        value(0x81),
        value(0x82),
        list(0xA3),
        list(0xA4, list(Der.SEQUENCE, list(Der.SET, list(Der.SEQUENCE)))),
        list(0xA5),
        value(0x86),
        value(0x87),
        value(0x88, Der.OBJECT_IDENTIFIER)
    };

    private static final List<ExtensionSyntax> ALL = List.of(
            new ExtensionSyntax("subject key identifier", Extensions.SUBJECT_KEY_IDENTIFIER, value(Der.OCTET_STRING)),
            new ExtensionSyntax("key usage", Extensions.KEY_USAGE, value(Der.BIT_STRING)),
            new ExtensionSyntax(
                    "subject alternative name", Extensions.SUBJECT_ALTERNATIVE_NAME, list(Der.SEQUENCE, NAMES)),
            new ExtensionSyntax(
                    "basic constraints",
                    Extensions.BASIC_CONSTRAINTS,
                    sequence(Der.SEQUENCE, value(Der.BOOLEAN), value(Der.INTEGER))),
            new ExtensionSyntax(
                    "name constraints",
                    Extensions.NAME_CONSTRAINTS,
                    sequence(Der.SEQUENCE, list(0xA0, SUBTREES), list(0xA1, SUBTREES))),
            new ExtensionSyntax(
                    "locations of revocation lists",
                    Extensions.REVOCATION_LIST_LOCATIONS,
                    list(
                            Der.SEQUENCE,
                            sequence(
                                    Der.SEQUENCE,
                                    sequence(0xA0, list(0xA0, NAMES), list(0xA1)),
                                    value(0x81, Der.BIT_STRING),
                                    list(0xA2, NAMES)))),
            new ExtensionSyntax(
                    "authority key identifier",
                    Extensions.AUTHORITY_KEY_IDENTIFIER,
                    sequence(Der.SEQUENCE, value(0x80), list(0xA1, NAMES), value(0x82, Der.INTEGER))),
            new ExtensionSyntax(
                    "extended key usage",
                    Extensions.EXTENDED_KEY_USAGE,
                    list(Der.SEQUENCE, value(Der.OBJECT_IDENTIFIER))),
            new ExtensionSyntax(
                    "Netscape certificate type", Extensions.NETSCAPE_CERTIFICATE_TYPE, value(Der.BIT_STRING)));

    static void check(ChainPosition position) throws ServerCertificateException {
        for (ExtensionSyntax each : ALL) {
            if (!each.isFulfilled(position.certificate())) {
                throw ServerCertificateException.invalid(
                        position.text() + " has a malformed extension (" + each.name + ")",
                        "Replace the certificate with one that is issued for TLS servers.");
            }
        }
    }

    private boolean isFulfilled(X509Certificate certificate) {
        try {
            byte[] extension = Extensions.content(certificate, oid);
            return extension == null || shape.fits(extension);
        } catch (PemException malformed) {
            return false;
        }
    }
}
