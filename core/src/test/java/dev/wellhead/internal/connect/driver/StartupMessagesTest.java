package dev.wellhead.internal.connect.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.internal.connect.driver.LoginRuleException.Rule;
import dev.wellhead.internal.types.LoginMethods;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that arrive in pieces of every size, and the permitted methods. */
class StartupMessagesTest {

    private static final LoginPolicy ANY = new LoginPolicy(null, false, false);
    private static final String LOGIN = message('R', "\0\0\0\12SCRAM-SHA-256\0\0")
            + message('R', "\0\0\0\13r=a,s=YQ==,i=4096")
            + message('R', "\0\0\0\14v=YQ==")
            + message('R', "\0\0\0\0")
            + message('S', "server_version\00016.4\0")
            + message('N', "SNOTICE\0Mhello\0\0")
            + message('K', "12345678")
            + message('Z', "I");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 4096})
    void received_wholeLoginInPieces_isAccepted(int piece) {
        assertThat(broken(ANY, false, LOGIN + message('T', "row"), piece)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 4096})
    void received_violationAfterALogin_isFoundInPiecesOfEverySize(int piece) {
        assertThat(broken(ANY, false, LOGIN + "T\177\377\377\377", piece)).isEqualTo(Rule.PROTOCOL);
    }

    @Test
    void received_bytesAfterAnError_areNotRead() {
        assertThat(broken(ANY, false, message('E', "Mno\0\0") + "T\177\377\377\377", 4096))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, true, false", "false, true, true", "true, false, true", "false, false, true"})
    void received_requestForAToken_isAcceptedOnlyInsideVerifiedTls(
            boolean encrypted, boolean verified, boolean refused) {
        LoginPolicy tokens = new LoginPolicy(null, true, verified);

        assertThat(broken(tokens, encrypted, message('R', "\0\0\0\3"), 4096)).isEqualTo(refused ? Rule.TOKEN : null);
    }

    @ParameterizedTest
    @CsvSource({
        "scram-sha-256, 3, true",
        "scram-sha-256, 0, true",
        "'scram-sha-256,password', 3, false",
        "none, 0, false",
        "none, 3, true",
        "!none, 0, true",
        "'!none,!md5', 3, false"
    })
    void received_request_isComparedWithThePermittedMethods(String methods, char code, boolean refused)
            throws Exception {
        LoginPolicy policy = new LoginPolicy(LoginMethods.parse(methods), false, false);

        assertThat(broken(policy, false, message('R', "\0\0\0" + (char) (code - '0')), 4096))
                .isEqualTo(refused ? Rule.PERMITTED_METHOD : null);
    }

    private static String message(char type, String content) {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).putInt(Integer.BYTES + content.length());
        return type + new String(length.array(), StandardCharsets.ISO_8859_1) + content;
    }

    /** Returns the rule that is broken, or null. */
    private static @Nullable Rule broken(LoginPolicy policy, boolean encrypted, String text, int piece) {
        StartupMessages messages = new StartupMessages(new LoginSequence(policy));
        if (encrypted) {
            messages.encrypted();
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        LoginRuleException refused = catchThrowableOfType(LoginRuleException.class, () -> {
            for (int i = 0; i < bytes.length; i += piece) {
                messages.received(bytes, i, Math.min(piece, bytes.length - i));
            }
        });
        return refused == null ? null : refused.rule();
    }
}
