package dev.wellhead.internal.url;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding by libpq's rules: {@code %xy} is a byte of UTF-8, {@code %00} is rejected, and every other
 * character, including {@code +}, is kept.
 */
final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * {@return the part of {@code url} from {@code start} to {@code end}, decoded}
     *
     * @throws MalformedUrlException if it is not valid, with the position
     */
    static String decode(String url, int start, int end) throws MalformedUrlException {
        ByteBuffer bytes = ByteBuffer.allocate((end - start) * 3);
        int at = start;
        while (at < end) {
            if (url.charAt(at) == '%') {
                bytes.put(encodedByte(url, at, end));
                at += 3;
            } else {
                int next = at;
                while (next < end && url.charAt(next) != '%') {
                    next++;
                }
                putLiteral(bytes, url, at, next);
                at = next;
            }
        }
        bytes.flip();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw MalformedUrlException.at(
                    start,
                    "has percent-encoded bytes that are not UTF-8 in the part that starts",
                    "Percent-encode the UTF-8 bytes of the text.");
        }
    }

    private static byte encodedByte(String url, int at, int end) throws MalformedUrlException {
        int high = at + 1 < end ? hexDigit(url.charAt(at + 1)) : -1;
        int low = at + 2 < end ? hexDigit(url.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw MalformedUrlException.at(
                    at, "has a '%' without two hexadecimal digits after it", "Write %25 for a '%' itself.");
        }
        if (high == 0 && low == 0) {
            throw MalformedUrlException.at(at, "has %00", "Remove it: the server does not support a NUL character.");
        }
        return (byte) (high << 4 | low);
    }

    private static void putLiteral(ByteBuffer bytes, String url, int start, int end) throws MalformedUrlException {
        try {
            bytes.put(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(url, start, end)));
        } catch (CharacterCodingException e) {
            throw MalformedUrlException.at(
                    start,
                    "is not valid Unicode in the part that starts",
                    "Check the encoding that it was written in.");
        }
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
