package dev.wellhead.internal.connect.driver;

import static dev.wellhead.internal.connect.driver.LoginRequests.requireContent;
import static dev.wellhead.internal.connect.driver.LoginRuleException.violation;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a server may send from the start of a session until it is ready, in their order. Source: PostgreSQL
 * documentation, "Message Flow", section "Start-up". The sizes are those of libpq, which applies them for the same
 * reason.
 */
final class LoginSequence {

    /** The types of the messages before and after the server accepts the login. */
    private static final String LOGIN = "REv";

    private static final String AFTER_LOGIN = "SNEKZ";
    static final int LONGEST_MESSAGE = 30_000;
    private static final int LONGEST_REQUEST = 2_000;
    private static final int NO_BODY = 4;
    private static final int PROTOCOL_3_0 = 3 << 16;

    private final LoginRequests requests;
    private boolean accepted;
    private boolean ready;
    private boolean refused;
    private boolean versionNegotiated;

    LoginSequence(LoginPolicy policy) {
        this.requests = new LoginRequests(policy);
    }

    /** All messages from now on arrive inside TLS. */
    void encrypted() {
        requests.encrypted();
    }

    /** {@return whether the server refused the session} The driver then reports the error and reads nothing else. */
    boolean isRefused() {
        return refused;
    }

    /** {@return whether the server has accepted the login} */
    boolean isAccepted() {
        return accepted;
    }

    /** Checks the type and the length of a message, which includes the four bytes of the length itself. */
    void begins(char type, int length) throws IOException {
        String permitted = accepted ? AFTER_LOGIN : LOGIN;
        if (!ready && permitted.indexOf(type) < 0) {
            throw violation("sent " + named(type) + " where the protocol does not allow it");
        }
        int longest = accepted || type == 'E' ? LONGEST_MESSAGE : LONGEST_REQUEST;
        if (length < NO_BODY || length > longest) {
            throw violation("sent " + named(type) + " of " + length + " bytes, and at most " + longest
                    + " are read before the session is ready");
        }
    }

    /** Checks a whole message. */
    void received(char type, ByteBuffer body) throws IOException {
        if (ready) {
            return;
        }
        switch (type) {
            case 'R' -> accepted = requests.isAccepted(body);
            case 'v' -> version(body);
            case 'S' -> parameter(body);
            case 'K' -> requireContent(named(type), body.remaining() == 2 * Integer.BYTES);
            case 'Z' -> {
                requireContent(named(type), body.remaining() == 1);
                ready = true;
            }
            case 'E' -> refused = true;
            default -> {}
        }
    }

    /**
     * The driver requests version 3.0 without options, so the server has nothing to negotiate. It may confirm this
     * once.
     */
    private void version(ByteBuffer body) throws IOException {
        requireContent(named('v'), !versionNegotiated && body.remaining() == 2 * Integer.BYTES);
        requireContent(named('v'), body.getInt() == PROTOCOL_3_0 && body.getInt() == 0);
        versionNegotiated = true;
    }

    /** The driver reads two texts up to their zero bytes, whatever the length of the message is. */
    private static void parameter(ByteBuffer body) throws IOException {
        int zeros = 0;
        byte last = 1;
        while (body.hasRemaining()) {
            last = body.get();
            zeros += last == 0 ? 1 : 0;
        }
        requireContent(named('S'), zeros == 2 && last == 0);
    }

    private static String named(char type) {
        @Nullable
        String name =
                switch (type) {
                    case 'R' -> "an authentication request";
                    case 'E' -> "an error";
                    case 'N' -> "a notice";
                    case 'S' -> "a parameter";
                    case 'K' -> "a cancel key";
                    case 'Z' -> "the message that the session is ready";
                    case 'v' -> "a protocol version";
                    default -> null;
                };
        return name == null ? "a message of type " + (int) type : name;
    }
}
