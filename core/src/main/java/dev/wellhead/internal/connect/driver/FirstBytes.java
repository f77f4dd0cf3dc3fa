package dev.wellhead.internal.connect.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Checks the bytes that a server sends before the session is ready, before the driver reads them. The first ones decide
 * whether this is PostgreSQL's protocol. As in libpq, bytes that follow the answer to the request for TLS are refused,
 * because an attacker could have injected them (CVE-2021-23222).
 */
final class FirstBytes {

    private static final int SHORTEST_MESSAGE = 8;
    private static final int PROTOCOL_SAMPLE = 16;
    private static final byte TLS_ALERT = 0x15;

    private enum State {
        TLS_ANSWER,
        MESSAGES,
        /** The bytes of the socket are those of TLS. The JDK checks them. */
        TLS
    }

    private final StartupMessages messages;
    private final byte[] header = new byte[StartupMessages.HEADER];
    private int length;
    private State state;
    private boolean tlsDeclined;
    private boolean received;

    private FirstBytes(State state, LoginPolicy policy) {
        this.state = state;
        this.messages = new StartupMessages(new LoginSequence(policy));
    }

    /** The first bytes are a message of the PostgreSQL protocol. */
    static FirstBytes ofMessages(LoginPolicy policy) {
        return new FirstBytes(State.MESSAGES, policy);
    }

    /** The first byte is the answer to the request for TLS. */
    static FirstBytes afterTlsRequest(LoginPolicy policy) {
        return new FirstBytes(State.TLS_ANSWER, policy);
    }

    /** The first bytes are those of TLS. */
    static FirstBytes insideTls(LoginPolicy policy) {
        return new FirstBytes(State.TLS, policy);
    }

    /** {@return whether the server has sent anything} */
    boolean wereReceived() {
        return received;
    }

    /** {@return whether the server answered that it does not use TLS} */
    boolean declinedTls() {
        return tlsDeclined;
    }

    /** {@return whether the server has accepted the login} */
    boolean acceptedLogin() {
        return messages.acceptedLogin();
    }

    /** Checks bytes of the socket in the order in which they arrive. */
    void received(byte[] bytes, int offset, int count) throws IOException {
        if (count <= 0) {
            return;
        }
        received = true;
        int from = offset;
        if (state == State.TLS_ANSWER) {
            from += tlsAnswer(bytes, offset, count);
        }
        if (state == State.MESSAGES) {
            messages(bytes, from, offset + count - from);
        }
    }

    /** Checks bytes that arrived inside TLS. */
    void decrypted(byte[] bytes, int offset, int count) throws IOException {
        if (count > 0) {
            messages.encrypted();
            messages(bytes, offset, count);
        }
    }

    private void messages(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        while (from < offset + count && length < StartupMessages.HEADER) {
            header[length++] = bytes[from++];
            if (!isPlausibleHeader()) {
                throw NotPostgresqlException.of(protocol(bytes, offset, count));
            }
        }
        messages.received(bytes, offset, count);
    }

    /**
     * Returns the number of bytes of the answer to the request for TLS. It is 0 for an ErrorResponse, which is a
     * message and which the driver treats as a refusal of TLS.
     */
    private int tlsAnswer(byte[] bytes, int offset, int count) throws IOException {
        byte answer = bytes[offset];
        tlsDeclined = answer == 'E' || answer == 'N';
        state = answer == 'S' ? State.TLS : State.MESSAGES;
        if (answer == 'E') {
            return 0;
        }
        if (count > 1 || (answer != 'S' && answer != 'N')) {
            throw NotPostgresqlException.of(protocol(bytes, offset, count));
        }
        return 1;
    }

    /** The first message is a request for authentication, an error, or a negotiation of the protocol version. */
    private boolean isPlausibleHeader() {
        if (header[0] != 'R' && header[0] != 'E' && header[0] != 'v') {
            return false;
        }
        if (length < StartupMessages.HEADER) {
            return true;
        }
        int size = ByteBuffer.wrap(header, 1, Integer.BYTES).getInt();
        return size >= SHORTEST_MESSAGE && size <= LoginSequence.LONGEST_MESSAGE;
    }

    private static String protocol(byte[] bytes, int offset, int count) {
        String text = new String(bytes, offset, Math.min(count, PROTOCOL_SAMPLE), StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/")) {
            return "HTTP";
        }
        if (text.startsWith("SSH-")) {
            return "SSH";
        }
        boolean tls = count > 1 && bytes[offset] == TLS_ALERT && bytes[offset + 1] == 3;
        return tls ? "TLS" : "";
    }
}
