package dev.wellhead.internal.pem;

import java.util.Base64;
import java.util.List;

/** One block of PEM text. It may be a private key, so {@link #toString} shows only the label. Immutable. */
public final class PemBlock {

    private final String label;
    private final List<String> headers;
    private final String base64;

    PemBlock(String label, List<String> headers, String base64) {
        this.label = label;
        this.headers = headers;
        this.base64 = base64;
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

    /**
     * {@return the content}
     *
     * @throws PemException if it is not valid base64
     */
    public byte[] decode() throws PemException {
        StringBuilder compact = new StringBuilder(base64.length());
        for (int i = 0; i < base64.length(); i++) {
            if (!Character.isWhitespace(base64.charAt(i))) {
                compact.append(base64.charAt(i));
            }
        }
        try {
            return Base64.getDecoder().decode(compact.toString());
        } catch (IllegalArgumentException e) {
            throw new PemException("contains a block " + label + " that is not valid base64");
        }
    }

    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
