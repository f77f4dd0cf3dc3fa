package dev.wellhead.internal.connect.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may send first, in one piece and byte by byte. */
class FirstBytesTest {

    private static final LoginPolicy ANY = new LoginPolicy(null, false, false);

    @ParameterizedTest
    @ValueSource(chars = {'R', 'E', 'v'})
    void received_firstMessageOfTheProtocol_isAccepted(char type) throws Exception {
        feed(FirstBytes.ofMessages(ANY), message(type, type == 'E' ? 30_000 : 2_000), false);
    }

    @ParameterizedTest
    @CsvSource({"R, 7", "R, 30001", "R, -1", "E, 2147483647", "T, 8", "N, 8"})
    void received_anotherTypeOrLength_isRefused(char type, int length) {
        refused(FirstBytes.ofMessages(ANY), message(type, length));
    }

    @Test
    void received_serverAcceptsTls_leavesTheRestToTls() throws Exception {
        FirstBytes bytes = FirstBytes.afterTlsRequest(ANY);

        feed(bytes, new byte[] {'S'}, false);
        feed(bytes, new byte[] {0x16, 3, 3}, false);

        assertThat(bytes.declinedTls()).isFalse();
        assertThat(bytes.wereReceived()).isTrue();
    }

    @Test
    void received_serverDeclinesTls_checksItsFirstMessage() throws Exception {
        FirstBytes bytes = FirstBytes.afterTlsRequest(ANY);
        feed(bytes, new byte[] {'N'}, false);

        assertThat(bytes.declinedTls()).isTrue();
        refused(bytes, message('T', 8));
    }

    @Test
    void received_errorInsteadOfAnAnswerAboutTls_declinesTls() throws Exception {
        FirstBytes bytes = FirstBytes.afterTlsRequest(ANY);

        feed(bytes, message('E', 100), true);

        assertThat(bytes.declinedTls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SR", "NR", "S\u0000"})
    void received_bytesBehindTheAnswerAboutTls_areRefused(String answer) {
        refused(FirstBytes.afterTlsRequest(ANY), answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 400 Bad Request, HTTP", "SSH-2.0-OpenSSH_9.2, SSH", "220 mail.example.com, ''"})
    void received_anotherProtocol_isNamed(String text, String protocol) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(refused(FirstBytes.ofMessages(ANY), bytes).protocol()).isEqualTo(protocol);
        assertThat(refused(FirstBytes.afterTlsRequest(ANY), bytes).protocol()).isEqualTo(protocol);
    }

    @Test
    void received_tlsAlert_isNamed() {
        assertThat(refused(FirstBytes.ofMessages(ANY), new byte[] {0x15, 3, 1, 0, 2, 2, 70})
                        .protocol())
                .isEqualTo("TLS");
    }

    @Test
    void received_endOfStream_isNothing() throws Exception {
        FirstBytes bytes = FirstBytes.ofMessages(ANY);

        bytes.received(new byte[8], 0, -1);

        assertThat(bytes.wereReceived()).isFalse();
    }

    private static byte[] message(char type, int length) {
        return ByteBuffer.allocate(5).put((byte) type).putInt(length).array();
    }

    private static void feed(FirstBytes first, byte[] bytes, boolean one) throws IOException {
        int step = one ? 1 : bytes.length;
        for (int i = 0; i < bytes.length; i += step) {
            first.received(bytes, i, step);
        }
    }

    private static NotPostgresqlException refused(FirstBytes first, byte[] bytes) {
        return catchThrowableOfType(NotPostgresqlException.class, () -> first.received(bytes, 0, bytes.length));
    }
}
