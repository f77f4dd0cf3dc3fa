package dev.wellhead.cli.service;

import dev.wellhead.internal.text.SafeText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes that a server sent, as far as they reveal its protocol.
 *
 * @param protocol the protocol of the server
 * @param line the first line of a protocol of lines, safe to show; empty for the others
 */
record ServiceAnswer(ServiceProtocol protocol, String line) {

    /** No recognised answer needs more bytes. A longer first line is cut. */
    static final int LONGEST = 512;

    /** Source: AMQP 0-9-1, section 4.2.3: a method frame on channel 0, Connection.Start is 10, 10. */
    private static final int AMQP_START_LENGTH = 11;

    /** Source: RFC 9113, section 4.1. */
    private static final int HTTP2_FRAME_LENGTH = 9;

    /** Source: RFC 8446, section 5.1: type, version, length, and the two bytes of an alert. */
    private static final int TLS_ALERT_LENGTH = 7;

    /**
     * {@return what the server speaks; null if the bytes do not reveal it, or not yet}
     *
     * @param request what was asked: the answers of PostgreSQL consist of one byte, which means nothing elsewhere
     */
    static @Nullable ServiceAnswer recognise(ServiceProtocol request, byte[] bytes, int length) {
        if (length == 0) {
            return null;
        }
        if (request == ServiceProtocol.POSTGRESQL && (bytes[0] == 'S' || bytes[0] == 'N') && length == 1) {
            return new ServiceAnswer(ServiceProtocol.POSTGRESQL, "");
        }
        if (isTlsAlert(bytes, length)) {
            return new ServiceAnswer(ServiceProtocol.TLS, "");
        }
        if (isAmqp(bytes, length)) {
            return new ServiceAnswer(ServiceProtocol.AMQP, "");
        }
        if (length >= HTTP2_FRAME_LENGTH && bytes[0] == 0 && bytes[3] == 4 && bytes[5] == 0 && bytes[8] == 0) {
            return new ServiceAnswer(ServiceProtocol.GRPC, "");
        }
        return line(bytes, length);
    }

    private static boolean isTlsAlert(byte[] bytes, int length) {
        return length >= TLS_ALERT_LENGTH && bytes[0] == 0x15 && bytes[1] == 3 && bytes[3] == 0 && bytes[4] == 2;
    }

    /** A server answers a header of another version with its own. */
    private static boolean isAmqp(byte[] bytes, int length) {
        boolean isHeader = length >= 8 && bytes[0] == 'A' && bytes[1] == 'M' && bytes[2] == 'Q' && bytes[3] == 'P';
        boolean isStart = length >= AMQP_START_LENGTH
                && bytes[0] == 1
                && bytes[1] == 0
                && bytes[2] == 0
                && bytes[8] == 10
                && bytes[10] == 10;
        return isHeader || isStart;
    }

    private static @Nullable ServiceAnswer line(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        if (end < 0 && length < LONGEST) {
            return null;
        }
        String line = SafeText.of(end < 0 ? text : text.substring(0, end).strip());
        if (line.startsWith("HTTP/")) {
            return new ServiceAnswer(ServiceProtocol.HTTP, line);
        }
        boolean isRedis = line.startsWith("+") || line.startsWith("-");
        return isRedis ? new ServiceAnswer(ServiceProtocol.REDIS, line) : null;
    }

    /** {@return the status of an HTTP answer; 0 if there is none} */
    int status() {
        String[] words = line.split(" ", 3);
        return words.length > 1 && words[1].matches("[1-5][0-9]{2}") ? Integer.parseInt(words[1]) : 0;
    }

    /** {@return the text of an HTTP status or of an error of Redis, such as {@code NOAUTH Authentication required.}} */
    String text() {
        return line.startsWith("-") || line.startsWith("+") ? line.substring(1) : line;
    }
}
