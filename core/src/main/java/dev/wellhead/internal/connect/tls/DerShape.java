package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.Der;
import dev.wellhead.internal.pem.PemException;
import java.util.List;

/**
 * The elements that a DER element may contain.
 *
 * @param type the universal type of the value, which differs from the tag if the tag is implicit
 * @param repeats whether the parts may be in any order and number; otherwise each occurs at most once, in this order
 * @param parts empty if any elements are permitted
 */
record DerShape(int tag, int type, boolean repeats, List<DerShape> parts) {

    /** The bit of a tag whose content consists of other elements. */
    private static final int CONSTRUCTED = 0x20;

    /** Bounds the stack that a hostile certificate can use. No extension needs as many levels. */
    private static final int DEEPEST = 20;

    static DerShape value(int tag, int type) {
        return new DerShape(tag, type, true, List.of());
    }

    static DerShape value(int tag) {
        return value(tag, tag);
    }

    static DerShape sequence(int tag, DerShape... parts) {
        return new DerShape(tag, tag, false, List.of(parts));
    }

    static DerShape list(int tag, DerShape... parts) {
        return new DerShape(tag, tag, true, List.of(parts));
    }

    /** Returns whether the bytes are one element of this shape. */
    boolean fits(byte[] encoded) {
        try {
            return fits(Der.single(encoded, tag), 0);
        } catch (PemException malformed) {
            return false;
        }
    }

    private boolean fits(byte[] content, int depth) throws PemException {
        if ((tag & CONSTRUCTED) == 0) {
            return isValue(type, content);
        }
        if (depth > DEEPEST) {
            return false;
        }
        Der elements = Der.of(content);
        int first = 0;
        while (elements.tag() != Der.END) {
            int found = elements.tag();
            int index = parts.isEmpty() ? 0 : indexOf(found, first);
            if (index < 0) {
                return false;
            }
            DerShape part = parts.isEmpty() ? value(found) : parts.get(index);
            if (!part.fits(elements.read(found), depth + 1)) {
                return false;
            }
            first = repeats ? 0 : index + 1;
        }
        return true;
    }

    private int indexOf(int wanted, int first) {
        for (int i = first; i < parts.size(); i++) {
            if (parts.get(i).tag == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isValue(int type, byte[] content) {
        return switch (type) {
            case Der.BOOLEAN -> content.length == 1;
            case Der.INTEGER -> isInteger(content);
            case Der.BIT_STRING -> content.length > 0 && content[0] >= 0 && content[0] < Byte.SIZE;
            case Der.OBJECT_IDENTIFIER -> content.length > 0 && content[content.length - 1] >= 0;
            default -> true;
        };
    }

    /** Returns whether the first byte is needed, and the number is not negative. */
    private static boolean isInteger(byte[] content) {
        return content.length > 0 && content[0] >= 0 && (content.length == 1 || content[0] != 0 || content[1] < 0);
    }
}
