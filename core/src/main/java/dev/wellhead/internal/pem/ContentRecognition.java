package dev.wellhead.internal.pem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Recognizes the format of a content: PEM text by the labels of its blocks, everything else by its first bytes. */
public final class ContentRecognition {

    private static final int JKS = 0xFEEDFEED;
    private static final int JCEKS = 0xCECECECE;
    private static final int PKCS12_VERSION = 3;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;

    private ContentRecognition() {}

    /**
     * {@return the kind of a content} If PEM text has several blocks, the first one of a known kind decides.
     *
     * @throws PemException if it is PEM text with a block that has no end
     */
    public static ContentKind kindOf(byte[] content) throws PemException {
        List<PemBlock> blocks = PemBlocks.of(content);
        for (PemBlock block : blocks) {
            ContentKind kind = ofLabel(block.label());
            if (kind != ContentKind.UNKNOWN) {
                return kind;
            }
        }
        return blocks.isEmpty() ? ofBinary(content) : ContentKind.UNKNOWN;
    }

    private static ContentKind ofLabel(String label) {
        return switch (label) {
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> ContentKind.CERTIFICATE;
            case "X509 CRL" -> ContentKind.REVOCATION_LIST;
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> ContentKind.CERTIFICATE_REQUEST;
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> ContentKind.PUBLIC_KEY;
            case "ENCRYPTED PRIVATE KEY" -> ContentKind.ENCRYPTED_PRIVATE_KEY;
            case "OPENSSH PRIVATE KEY" -> ContentKind.OPENSSH_KEY;
            case "PKCS7", "CMS" -> ContentKind.PKCS7;
            default -> label.endsWith("PRIVATE KEY") ? ContentKind.PRIVATE_KEY : ContentKind.UNKNOWN;
        };
    }

    private static ContentKind ofBinary(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 64), StandardCharsets.ISO_8859_1);
        if (content.length == 0 || (content.length <= start.length() && start.isBlank())) {
            return ContentKind.EMPTY;
        }
        int magic =
                content.length < Integer.BYTES ? 0 : ByteBuffer.wrap(content).getInt();
        if (magic == JKS || magic == JCEKS) {
            return magic == JKS ? ContentKind.JAVA_KEY_STORE : ContentKind.JCEKS_KEY_STORE;
        }
        try {
            return ofSequence(Der.of(content).enter(Der.SEQUENCE));
        } catch (PemException e) {
            return ContentKind.UNKNOWN;
        }
    }

    private static ContentKind ofSequence(Der outer) throws PemException {
        return switch (outer.tag()) {
            case Der.INTEGER -> ofVersion(outer.number(), outer.tag());
            case Der.OBJECT_IDENTIFIER -> ContentKind.PKCS7;
            case Der.SEQUENCE -> ofFirst(outer.enter(Der.SEQUENCE), outer.tag());
            default -> ContentKind.UNKNOWN;
        };
    }

    /** PKCS#8, PKCS#1 and SEC 1 keys and PKCS#12 stores start with a version. */
    private static ContentKind ofVersion(int version, int next) {
        boolean isStore = version == PKCS12_VERSION && next == Der.SEQUENCE;
        boolean isKey = version <= 1 && (next == Der.SEQUENCE || next == Der.INTEGER || next == Der.OCTET_STRING);
        return isStore ? ContentKind.KEY_STORE : isKey ? ContentKind.PRIVATE_KEY : ContentKind.UNKNOWN;
    }

    private static ContentKind ofFirst(Der first, int next) throws PemException {
        if (first.tag() == Der.OBJECT_IDENTIFIER) {
            return next == Der.OCTET_STRING
                    ? ContentKind.ENCRYPTED_PRIVATE_KEY
                    : next == Der.BIT_STRING ? ContentKind.PUBLIC_KEY : ContentKind.UNKNOWN;
        }
        if (first.tag() == Der.CONTEXT_0) {
            return ContentKind.CERTIFICATE;
        }
        int elements = 0;
        while (first.tag() == Der.INTEGER || first.tag() == Der.SEQUENCE) {
            first.element();
            elements++;
        }
        if (first.tag() == UTC_TIME || first.tag() == GENERALIZED_TIME) {
            return ContentKind.REVOCATION_LIST;
        }
        // a request has a version, a name and a key before its attributes; a certificate of version 1 has more elements
        return elements <= 3 && first.tag() == Der.CONTEXT_0
                ? ContentKind.CERTIFICATE_REQUEST
                : ContentKind.CERTIFICATE;
    }
}
