package dev.wellhead.internal.pem;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of a DER encoding (X.690) in their order, for the few structures that the JDK does not parse.
 * Lengths are checked before anything is copied.
 */
public final class Der {

    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    /** The tag of an element [0] that contains other elements. */
    static final int CONTEXT_0 = 0xA0;

    /** What {@link #tag} returns after the last element. */
    public static final int END = -1;

    private static final int LONGEST_LENGTH = 4;

    private final byte[] data;
    private final int end;
    private int position;

    private Der(byte[] data, int start, int end) {
        this.data = data;
        this.position = start;
        this.end = end;
    }

    /** {@return a reader of the elements in {@code data}} */
    public static Der of(byte[] data) {
        return new Der(data, 0, data.length);
    }

    /** {@return the content of the only element in {@code data}, which must have this tag} */
    public static byte[] single(byte[] data, int tag) throws PemException {
        Der whole = of(data);
        byte[] content = whole.read(tag);
        if (whole.tag() != END) {
            throw malformed();
        }
        return content;
    }

    static boolean isSequence(byte[] data) {
        try {
            single(data, SEQUENCE);
            return true;
        } catch (PemException e) {
            return false;
        }
    }

    /** {@return the tag of the next element; {@link #END} if there is none} */
    public int tag() {
        return position < end ? data[position] & 0xFF : END;
    }

    /** {@return a reader of the elements inside the next one} */
    public Der enter(int tag) throws PemException {
        int start = header(tag);
        return new Der(data, start, position);
    }

    /** {@return the content of the next element} */
    public byte[] read(int tag) throws PemException {
        int start = header(tag);
        return Arrays.copyOfRange(data, start, position);
    }

    /** {@return the content of the first remaining element with this tag; null if there is none} Does not move. */
    public byte @Nullable [] find(int tag) throws PemException {
        Der rest = new Der(data, position, end);
        while (rest.tag() != END) {
            boolean isWanted = rest.tag() == tag;
            byte[] content = rest.read(rest.tag());
            if (isWanted) {
                return content;
            }
        }
        return null;
    }

    /** {@return the next element with its tag and length} */
    byte[] element() throws PemException {
        int start = position;
        header(tag());
        return Arrays.copyOfRange(data, start, position);
    }

    /** {@return the next element, which is a whole number from 0 to the largest int} */
    int number() throws PemException {
        BigInteger value = integer();
        if (value.bitLength() >= Integer.SIZE) {
            throw malformed();
        }
        return value.intValue();
    }

    /** {@return the next element, a whole number; it counts as positive, as in the JDK} */
    BigInteger integer() throws PemException {
        return new BigInteger(1, read(INTEGER));
    }

    /** {@return the next element, an object identifier, as {@code 1.2.840.113549.1.5.13}} */
    public String identifier() throws PemException {
        byte[] bytes = read(OBJECT_IDENTIFIER);
        StringBuilder text = new StringBuilder();
        long arc = 0;
        for (byte b : bytes) {
            if (arc > Integer.MAX_VALUE) {
                throw malformed();
            }
            arc = (arc << 7) | (b & 0x7F);
            if (b >= 0) {
                if (text.length() == 0) {
                    long first = Math.min(arc / 40, 2);
                    text.append(first).append('.').append(arc - first * 40);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return text.toString();
    }

    /** Moves behind the next element, and returns the position of its content. */
    private int header(int tag) throws PemException {
        if (tag() == END || tag() != tag || position + 1 >= end) {
            throw malformed();
        }
        int at = position + 1;
        int length = data[at++];
        if (length < 0) {
            int bytes = length & 0x7F;
            if (bytes == 0 || bytes > LONGEST_LENGTH || at + bytes > end) {
                throw malformed();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (data[at++] & 0xFF);
            }
        }
        if (length < 0 || length > end - at) {
            throw malformed();
        }
        position = at + length;
        return at;
    }

    private static PemException malformed() {
        return new PemException("contains data that is not valid DER", "Check that it is complete.");
    }
}
