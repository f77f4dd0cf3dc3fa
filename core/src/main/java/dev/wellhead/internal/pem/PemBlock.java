package dev.wellhead.internal.pem;

import java.util.Base64;
import java.util.List;

/** One block of PEM text. It may be a private key, so {@link #toString} shows only the label. Immutable. */
public final class PemBlock {

    private static final int LINE_LENGTH = 64;

    private final String label;
    private final List<String> headers;
    private final String base64;

    PemBlock(String label, List<String> headers, String base64) {
        this.label = label;
        this.headers = headers;
        this.base64 = base64;
    }

    /** {@return a block without headers} */
    public static PemBlock of(String label, byte[] content) {
        return new PemBlock(label, List.of(), Base64.getEncoder().encodeToString(content));
    }

    /** {@return the type of the content, such as {@code CERTIFICATE} or {@code X509 CRL}} */
    public String label() {
        return label;
    }

    /** {@return the value of a header of RFC 1421, such as {@code DEK-Info}; empty if there is none} */
    public String header(String name) {
        String start = name + ":";
        for (String header : headers) {
            if (header.startsWith(start)) {
                return header.substring(start.length()).strip();
            }
        }
        return "";
    }

    /** {@return whether headers describe an encryption of the content (RFC 1421)} */
    public boolean isEncrypted() {
        return header("Proc-Type").endsWith("ENCRYPTED");
    }

    /**
     * {@return the content}
     *
     * @throws PemException if it is not valid base64
     */
    public byte[] decode() throws PemException {
        try {
            return Base64.getDecoder().decode(withoutBlanks().toString());
        } catch (IllegalArgumentException e) {
            throw new PemException("contains a block " + label + " that is not valid base64");
        }
    }

    /** {@return the block with the line breaks that RFC 7468 requires; sensitive, because it may be a private key} */
    public String text() {
        StringBuilder text = new StringBuilder("-----BEGIN ").append(label).append("-----\n");
        for (String header : headers) {
            text.append(header).append('\n');
        }
        if (!headers.isEmpty()) {
            text.append('\n');
        }
        StringBuilder compact = withoutBlanks();
        for (int start = 0; start < compact.length(); start += LINE_LENGTH) {
            text.append(compact, start, Math.min(start + LINE_LENGTH, compact.length()))
                    .append('\n');
        }
        return text.append("-----END ").append(label).append("-----\n").toString();
    }

    private StringBuilder withoutBlanks() {
        StringBuilder compact = new StringBuilder(base64.length());
        for (int i = 0; i < base64.length(); i++) {
            if (!Character.isWhitespace(base64.charAt(i))) {
                compact.append(base64.charAt(i));
            }
        }
        return compact;
    }

    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
