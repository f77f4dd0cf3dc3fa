package dev.wellhead.internal.connect.driver;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the time zone in the startup message of the driver, which is always that of the JVM. The driver has no
 * property for it, and a later SET would need a query and would not work behind a pooler. Every other byte is passed on
 * as it is, including requests for TLS and TLS itself. Used only if a time zone is configured. Source: PostgreSQL
 * documentation, "Message Formats", StartupMessage and SSLRequest.
 */
final class StartupTimeZone extends FilterOutputStream {

    /** The setting's value for the time zone that the server has for the role and the database. */
    private static final String OF_SERVER = "default";

    private static final byte[] NAME = "TimeZone\0".getBytes(StandardCharsets.UTF_8);
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int LONGEST = 1 << 20;
    private static final int PROTOCOL_3 = 3;
    private static final int REQUEST = 1234;

    private final byte @Nullable [] zone;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean done;

    StartupTimeZone(OutputStream out, String zone) {
        super(out);
        this.zone = zone.equals(OF_SERVER) ? null : (zone + "\0").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (done) {
            out.write(bytes, offset, length);
            return;
        }
        held.write(bytes, offset, length);
        if (held.size() >= HEADER) {
            passOn(held.toByteArray());
        }
    }

    /** Passes on what is held, unless the startup message is not complete yet. */
    private void passOn(byte[] message) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(message);
        int length = header.getInt();
        int major = header.getShort();
        boolean isRequest = length == HEADER && major == REQUEST && message.length == HEADER;
        boolean isStartup = major == PROTOCOL_3 && length >= HEADER && length <= LONGEST;
        if (isStartup && message.length < length) {
            return;
        }
        done = !isRequest;
        held = new ByteArrayOutputStream();
        out.write(isStartup ? replaced(message) : message);
    }

    private byte[] replaced(byte[] message) {
        int name = indexOfName(message);
        if (name < 0) {
            return message;
        }
        int end = name + NAME.length;
        while (end < message.length && message[end] != 0) {
            end++;
        }
        ByteArrayOutputStream replaced = new ByteArrayOutputStream();
        replaced.write(message, 0, name);
        if (zone != null) {
            replaced.writeBytes(NAME);
            replaced.writeBytes(zone);
        }
        replaced.write(message, end + 1, message.length - end - 1);
        byte[] bytes = replaced.toByteArray();
        ByteBuffer.wrap(bytes).putInt(bytes.length);
        return bytes;
    }

    /** Returns where the parameter begins; -1 if there is none. Names and values alternate, each ended by NUL. */
    private static int indexOfName(byte[] message) {
        boolean isName = true;
        int start = HEADER;
        for (int i = HEADER; i < message.length; i++) {
            if (message[i] == 0) {
                if (isName && startsWithName(message, start)) {
                    return start;
                }
                isName = !isName;
                start = i + 1;
            }
        }
        return -1;
    }

    private static boolean startsWithName(byte[] message, int start) {
        if (message.length - start < NAME.length) {
            return false;
        }
        for (int i = 0; i < NAME.length; i++) {
            if (message[start + i] != NAME[i]) {
                return false;
            }
        }
        return true;
    }
}
