package dev.wellhead.internal.connect;

import dev.wellhead.internal.connect.failure.NotPostgresqlException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Watches the first bytes a server sends before they reach the driver, which would grow its buffer to whatever length
 * a stranger's first bytes spell. As libpq, which refuses messages of more than 30000 bytes there, and bytes that
 * follow the answer to the request for TLS, which someone in the middle may have put in.
 */
public final class Greeting {

    private static final int HEADER = 5;
    private static final int LONGEST_MESSAGE = 30_000;
    private static final int TLS_ALERT = 0x15;

    private final byte[] first = new byte[HEADER];
    private int length;
    private boolean tlsAsked;
    private boolean complete;
    private boolean tlsDeclined;
    private boolean heard;

    /** @param tlsAsked whether the next answer is the single byte that follows a request for TLS */
    public Greeting(boolean tlsAsked, boolean tlsAtOnce) {
        this.tlsAsked = tlsAsked;
        this.complete = tlsAtOnce;
    }

    /** Whether the server said anything at all. */
    public boolean heard() {
        return heard;
    }

    /** Whether the server answered that it has no TLS. */
    public boolean tlsDeclined() {
        return tlsDeclined;
    }

    public void received(byte[] bytes, int offset, int count) throws NotPostgresqlException {
        if (count <= 0) {
            return;
        }
        heard = true;
        if (complete) {
            return;
        }
        int from = offset;
        if (tlsAsked) {
            from = tlsAnswer(bytes, offset, count);
        }
        int end = offset + count;
        while (!complete && from < end && length < HEADER) {
            first[length++] = bytes[from++];
        }
        if (!complete && length > 0) {
            check(bytes, offset, count);
        }
    }

    private int tlsAnswer(byte[] bytes, int offset, int count) throws NotPostgresqlException {
        tlsAsked = false;
        byte answer = bytes[offset];
        if (answer == 'E') {
            // an ErrorResponse, which the driver takes for a no
            tlsDeclined = true;
            return offset;
        }
        if (count > 1 || (answer != 'S' && answer != 'N')) {
            throw new NotPostgresqlException(protocol(bytes, offset, count));
        }
        complete = answer == 'S';
        tlsDeclined = answer == 'N';
        return offset + 1;
    }

    private void check(byte[] bytes, int offset, int count) throws NotPostgresqlException {
        if (first[0] != 'R' && first[0] != 'E' && first[0] != 'v') {
            throw new NotPostgresqlException(protocol(bytes, offset, count));
        }
        if (length == HEADER) {
            complete = true;
            int size = ByteBuffer.wrap(first, 1, Integer.BYTES).getInt();
            if (size < 8 || size > LONGEST_MESSAGE) {
                throw new NotPostgresqlException(protocol(bytes, offset, count));
            }
        }
    }

    private static String protocol(byte[] bytes, int offset, int count) {
        String text = new String(bytes, offset, Math.min(count, 16), StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/")) {
            return "HTTP";
        }
        if (text.startsWith("SSH-")) {
            return "SSH";
        }
        if (count > 1 && bytes[offset] == TLS_ALERT && bytes[offset + 1] == 3) {
            return "TLS";
        }
        return "";
    }
}
