package dev.wellhead.internal.connect.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupTimeZoneTest {

    private static final byte[] TLS_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xD2, 0x16, 0x2F};

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static byte[] startup(String parameters) throws IOException {
        byte[] text = parameters.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream message = new DataOutputStream(bytes);
        message.writeInt(8 + text.length);
        message.writeInt(3 << 16);
        message.write(text);
        return bytes.toByteArray();
    }

    private void write(String zone, int part, byte[]... messages) throws IOException {
        StartupTimeZone out = new StartupTimeZone(sent, zone);
        for (byte[] message : messages) {
            for (int at = 0; at < message.length; at += part) {
                out.write(message, at, Math.min(part, message.length - at));
            }
        }
        out.flush();
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,           user|app|TimeZone|Europe/Berlin|options|-c a=b||, user|app|TimeZone|UTC|options|-c a=b||",
        "America/Lima,  user|app|TimeZone|GMT||,                          user|app|TimeZone|America/Lima||",
        "default,       user|app|TimeZone|GMT|options|x||,                user|app|options|x||",
        "UTC,           user|TimeZone|database|d||,                       user|TimeZone|database|d||",
        "UTC,           user|app|database|TimeZone|TimeZone|GMT||,        user|app|database|TimeZone|TimeZone|UTC||"
    })
    void startupMessage_timeZone_isReplaced(String zone, String before, String after) throws IOException {
        for (int part : new int[] {1, 7, 1000}) {
            sent.reset();
            write(zone, part, startup(before));

            assertThat(sent.toByteArray()).isEqualTo(startup(after));
        }
    }

    @Test
    void requestBefore_andBytesAfter_arePassedOn() throws IOException {
        byte[] after = {'p', 0, 0, 0, 8, 3, 3, 3, 3};

        write("UTC", 1000, TLS_REQUEST, startup("user|app|TimeZone|GMT||"), after);

        byte[] startup = startup("user|app|TimeZone|UTC||");
        assertThat(sent.toByteArray())
                .isEqualTo(ByteBuffer.allocate(TLS_REQUEST.length + startup.length + after.length)
                        .put(TLS_REQUEST)
                        .put(startup)
                        .put(after)
                        .array());
    }

    /** TLS begins with the same stream below it. */
    @Test
    void tls_afterTheRequest_isPassedOn() throws IOException {
        byte[] hello = {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3};

        write("UTC", 1000, TLS_REQUEST, hello);

        assertThat(sent.toByteArray()).endsWith(hello).hasSize(TLS_REQUEST.length + hello.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000008000300", "7fffffff00030000616263", "0000000c04d2162e0000000000"})
    void anythingElse_isPassedOnOrHeldUntilItIsComplete(String hex) throws IOException {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }

        write("UTC", 1000, bytes);

        assertThat(sent.toByteArray()).isEqualTo(bytes.length < 8 ? new byte[0] : bytes);
    }
}
