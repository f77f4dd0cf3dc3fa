package dev.wellhead.internal.connect.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Splits the bytes of a server into messages and checks each of them before the driver reads it. The number of messages
 * and of bytes is limited, because the driver would keep every notice in memory.
 */
final class StartupMessages {

    /** The limit of the driver for the messages between the login and the session. */
    private static final int MOST_MESSAGES = 1_000;

    private static final int MOST_BYTES = 1 << 20;
    /** The type of a message and its length. */
    static final int HEADER = 1 + Integer.BYTES;

    private final LoginSequence sequence;
    private byte[] message = new byte[256];
    private int present;
    private int expected = HEADER;
    private int messages;
    private int total;

    StartupMessages(LoginSequence sequence) {
        this.sequence = sequence;
    }

    /** All bytes from now on arrive inside TLS. */
    void encrypted() {
        sequence.encrypted();
    }

    /** {@return whether the server has accepted the login} */
    boolean acceptedLogin() {
        return sequence.isAccepted();
    }

    /** Checks bytes in the order in which they arrive. */
    void received(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        int end = offset + count;
        while (from < end && !sequence.isRefused()) {
            int part = Math.min(end - from, expected - present);
            System.arraycopy(bytes, from, message, present, part);
            from += part;
            present += part;
            if (present == expected) {
                complete();
            }
        }
    }

    private void complete() throws IOException {
        char type = (char) (message[0] & 0xFF);
        if (present == HEADER) {
            int length = ByteBuffer.wrap(message, 1, Integer.BYTES).getInt();
            sequence.begins(type, length);
            count(length + 1);
            expected = length + 1;
            if (expected > HEADER) {
                message = expected > message.length ? Arrays.copyOf(message, expected) : message;
                return;
            }
        }
        sequence.received(
                type, ByteBuffer.wrap(message, HEADER, present - HEADER).slice());
        present = 0;
        expected = HEADER;
    }

    private void count(int bytes) throws IOException {
        messages++;
        total += bytes;
        if (messages > MOST_MESSAGES || total > MOST_BYTES) {
            throw LoginRuleException.violation("sent more than "
                    + (messages > MOST_MESSAGES ? MOST_MESSAGES + " messages" : MOST_BYTES + " bytes")
                    + " before the session was ready");
        }
    }
}
