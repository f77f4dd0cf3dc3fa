package dev.wellhead.internal.connect.tls;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads DER elements one after the other. Needed for the parts of extensions that {@code java.security.cert} does not
 * return, or returns in a changed form. Source: ITU-T X.690, sections 8.1 and 10.1.
 */
final class DerElements {

    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    private static final int SHORT_FORM = 0x7F;
    private static final int LONGEST_LENGTH = 3;

    private final byte[] bytes;
    private int position;
    private int tag;
    private byte[] content = new byte[0];

    DerElements(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the content of the single element in {@code bytes}, which must have this tag. */
    static byte[] single(byte[] bytes, int tag) throws IOException {
        DerElements elements = new DerElements(bytes);
        if (!elements.next() || elements.tag != tag || elements.position != bytes.length) {
            throw new IOException("The encoding is not an element with the tag " + tag + ".");
        }
        return elements.content;
    }

    /** Returns the content of the first element with this tag; null if there is none. */
    static byte @Nullable [] find(byte[] bytes, int tag) throws IOException {
        DerElements elements = new DerElements(bytes);
        while (elements.next()) {
            if (elements.tag == tag) {
                return elements.content;
            }
        }
        return null;
    }

    /** Reads the next element. Returns false at the end. */
    boolean next() throws IOException {
        if (position == bytes.length) {
            return false;
        }
        tag = read();
        int length = read();
        if (length > SHORT_FORM) {
            length = longForm(length & SHORT_FORM);
        }
        if (length > bytes.length - position) {
            throw new IOException("An element is longer than its container.");
        }
        content = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return true;
    }

    private int longForm(int octets) throws IOException {
        if (octets == 0 || octets > LONGEST_LENGTH) {
            throw new IOException("The length of an element is not valid.");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << Byte.SIZE | read();
        }
        return length;
    }

    private int read() throws IOException {
        if (position == bytes.length) {
            throw new IOException("An element is incomplete.");
        }
        return Byte.toUnsignedInt(bytes[position++]);
    }

    int tag() {
        return tag;
    }

    byte[] content() {
        return content;
    }
}
