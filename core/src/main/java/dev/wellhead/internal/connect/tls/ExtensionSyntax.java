package dev.wellhead.internal.connect.tls;

import static dev.wellhead.internal.connect.tls.DerShape.list;
import static dev.wellhead.internal.connect.tls.DerShape.sequence;
import static dev.wellhead.internal.connect.tls.DerShape.value;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * Rejects a certificate in which an extension that OpenSSL parses is malformed, even if it is not critical. The JDK ignores
 * such an extension. Source: RFC 5280, section 4.2; OpenSSL, ossl_x509v3_cache_extensions.
 */
enum ExtensionSyntax {
    SUBJECT_KEY_IDENTIFIER(Extensions.SUBJECT_KEY_IDENTIFIER, value(Der.OCTET_STRING)),
    KEY_USAGE(Extensions.KEY_USAGE, value(Der.BIT_STRING)),
    SUBJECT_ALTERNATIVE_NAME(Extensions.SUBJECT_ALTERNATIVE_NAME, list(Der.SEQUENCE, names())),
    BASIC_CONSTRAINTS(Extensions.BASIC_CONSTRAINTS, sequence(Der.SEQUENCE, value(Der.BOOLEAN), value(Der.INTEGER))),
    NAME_CONSTRAINTS(
            Extensions.NAME_CONSTRAINTS,
            sequence(Der.SEQUENCE, list(0xA0, list(Der.SEQUENCE)), list(0xA1, list(Der.SEQUENCE)))),
    CRL_DISTRIBUTION_POINTS(
            Extensions.REVOCATION_LIST_LOCATIONS,
            list(
                    Der.SEQUENCE,
                    sequence(
                            Der.SEQUENCE,
                            sequence(0xA0, list(0xA0, names()), list(0xA1)),
                            value(0x81, Der.BIT_STRING),
                            list(0xA2, names())))),
    AUTHORITY_KEY_IDENTIFIER(
            Extensions.AUTHORITY_KEY_IDENTIFIER,
            sequence(Der.SEQUENCE, value(0x80), list(0xA1, names()), value(0x82, Der.INTEGER))),
    EXTENDED_KEY_USAGE(Extensions.EXTENDED_KEY_USAGE, list(Der.SEQUENCE, value(Der.OBJECT_IDENTIFIER))),
    NETSCAPE_CERTIFICATE_TYPE(Extensions.NETSCAPE_CERTIFICATE_TYPE, value(Der.BIT_STRING));

    private static final ExtensionSyntax[] ALL = values();

    private final String oid;
    private final DerShape shape;

    ExtensionSyntax(String oid, DerShape shape) {
        this.oid = oid;
        this.shape = shape;
    }

    /** Returns the types of GeneralName (RFC 5280, section 4.2.1.6). */
    private static DerShape[] names() {
        return new DerShape[] {
            sequence(0xA0, value(Der.OBJECT_IDENTIFIER), list(0xA0)),
            value(0x81),
            value(0x82),
            list(0xA3),
            list(0xA4, list(Der.SEQUENCE, list(0x31, list(Der.SEQUENCE)))),
            list(0xA5),
            value(0x86),
            value(0x87),
            value(0x88, Der.OBJECT_IDENTIFIER)
        };
    }

    static void check(ChainPosition position) throws ServerCertificateException {
        for (ExtensionSyntax each : ALL) {
            if (!each.isFulfilled(position.certificate())) {
                throw ServerCertificateException.invalid(
                        position.text() + " has a malformed extension (" + each + ")",
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

    /** Returns the name for messages, such as {@code key usage}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
