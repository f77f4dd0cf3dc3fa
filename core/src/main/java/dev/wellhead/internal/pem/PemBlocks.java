package dev.wellhead.internal.pem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits PEM text (RFC 7468) into its blocks. As in OpenSSL, text before, between and after the blocks has no meaning.
 * Line breaks may be LF or CR LF. In the value of a variable they may also be blanks, or the two characters {@code \n}.
 */
public final class PemBlocks {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 64;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final List<PemBlock> blocks = new ArrayList<>(2);

    private PemBlocks(String text) {
        this.text = text;
    }

    /** {@return whether a text contains the start of a block} */
    public static boolean isIn(String text) {
        return text.contains(BEGIN);
    }

    /**
     * {@return the blocks of a file, in their order; empty if it has none}
     *
     * @throws PemException if a block has no end
     */
    public static List<PemBlock> of(byte[] content) throws PemException {
        // PEM is ASCII; text between the blocks may be in any encoding, and has no meaning
        return of(new String(content, StandardCharsets.ISO_8859_1));
    }

    /**
     * {@return the blocks of a text, in their order; empty if it has none}
     *
     * @throws PemException if a block has no end
     */
    public static List<PemBlock> of(String text) throws PemException {
        PemBlocks reader = new PemBlocks(withLineBreaks(text));
        reader.read();
        return List.copyOf(reader.blocks);
    }

    /** Base64 contains no backslash, so an escaped line break is never a part of the content. */
    private static String withLineBreaks(String text) {
        return text.indexOf('\\') < 0 ? text : text.replace("\\r", "").replace("\\n", "\n");
    }

    private void read() throws PemException {
        int from = 0;
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            String label = startsLine(begin, from) ? label(begin) : null;
            if (label == null) {
                begin = text.indexOf(BEGIN, begin + BEGIN.length());
            } else {
                from = readBlock(label, begin + BEGIN.length() + label.length() + DASHES.length());
                begin = text.indexOf(BEGIN, from);
            }
        }
    }

    /**
     * Returns whether only blanks and byte order marks are between the position and the line break or block before it.
     */
    private boolean startsLine(int position, int afterLastBlock) {
        int at = position - 1;
        while (at >= afterLastBlock) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                return true;
            }
            // the last three are a byte order mark in UTF-8, read as ISO 8859-1
            if (!Character.isWhitespace(c) && c != BYTE_ORDER_MARK && c != '\u00EF' && c != '\u00BB' && c != '\u00BF') {
                return false;
            }
            at--;
        }
        return true;
    }

    /** Returns the label of the block that begins at this position; null if the text is no start of a block. */
    private @Nullable String label(int begin) {
        int start = begin + BEGIN.length();
        int end = text.indexOf(DASHES, start);
        if (end < 0 || end - start > LONGEST_LABEL) {
            return null;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != ' ') {
                return null;
            }
        }
        return text.substring(start, end);
    }

    /** Reads the block whose content starts at this position, and returns the position after it. */
    private int readBlock(String label, int start) throws PemException {
        String endLine = END + label + DASHES;
        int end = text.indexOf(endLine, start);
        int next = text.indexOf(BEGIN, start);
        if (end < 0 || (next >= 0 && next < end)) {
            throw new PemException(
                    "contains a block " + label + " without its end line", "Check that the text is complete.");
        }
        List<String> headers = new ArrayList<>(2);
        int body = readHeaders(start, end, headers);
        blocks.add(new PemBlock(label, headers, text.substring(body, end)));
        return end + endLine.length();
    }

    /** Reads the lines with a colon before the content, and returns the position after them. */
    private int readHeaders(int start, int end, List<String> headers) {
        int at = start;
        while (true) {
            int feed = text.indexOf('\n', at);
            if (feed < 0 || feed > end) {
                return at;
            }
            String line = text.substring(at, feed).strip();
            if (line.indexOf(':') > 0) {
                headers.add(line);
            } else if (!line.isEmpty()) {
                return at;
            }
            at = feed + 1;
        }
    }
}
