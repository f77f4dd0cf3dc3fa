package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.security.cert.X509Extension;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of certificates (RFC 5280, section 4.2). The JDK treats a malformed extension that is not critical as
 * missing. This class distinguishes the two, because a malformed restriction must not count as no restriction.
 */
final class Extensions {

    static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    static final String KEY_USAGE = "2.5.29.15";
    static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String NAME_CONSTRAINTS = "2.5.29.30";
    static final String REVOCATION_LIST_LOCATIONS = "2.5.29.31";
    static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    static final String NETSCAPE_CERTIFICATE_TYPE = "2.16.840.1.113730.1.1";

    private Extensions() {}

    static boolean has(X509Extension holder, String oid) {
        return holder.getExtensionValue(oid) != null;
    }

    /** Returns the content of an extension; null if there is none. */
    static byte @Nullable [] content(X509Extension holder, String oid) throws PemException {
        byte[] encoded = holder.getExtensionValue(oid);
        return encoded == null ? null : Der.single(encoded, Der.OCTET_STRING);
    }
}
