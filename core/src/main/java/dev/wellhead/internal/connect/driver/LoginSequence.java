package dev.wellhead.internal.connect.driver;

import static dev.wellhead.internal.connect.driver.LoginRuleException.requireContent;
import static dev.wellhead.internal.connect.driver.LoginRuleException.violation;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a server may send from the start of a session until it is ready, in their order. Source: PostgreSQL
 * documentation, "Message Flow", section "Start-up". The sizes are those of libpq, which applies them for the same reason.
 */
final class LoginSequence {

    private static final int LONGEST = 30_000;
    private static final int LONGEST_REQUEST = 2_000;
    private static final int NO_BODY = 4;
    private static final int PROTOCOL_3_0 = 3 << 16;

    private enum Phase {
        LOGIN,
        SESSION,
        READY,
        /** The server refused the session. The driver reports its message and closes the connection. */
        REFUSED
    }

    private final LoginRequests requests;
    private Phase phase = Phase.LOGIN;
    private boolean versionNegotiated;

    LoginSequence(LoginPolicy policy) {
        this.requests = new LoginRequests(policy);
    }

    /** All messages from now on arrive inside TLS. */
    void encrypted() {
        requests.encrypted();
    }

    /** {@return whether the server may send anything from now on, because the driver does not read it} */
    boolean isOver() {
        return phase == Phase.REFUSED;
    }

    /** Checks the type and the length of a message, which includes the four bytes of the length itself. */
    void begins(char type, int length) throws LoginRuleException {
        int longest =
                switch (phase) {
                    case LOGIN -> type == 'E' ? LONGEST : type == 'R' || type == 'v' ? LONGEST_REQUEST : 0;
                    case SESSION ->
                        type == 'S' || type == 'N' || type == 'E' || type == 'K' || type == 'Z' ? LONGEST : 0;
                    default -> LONGEST;
                };
        if (longest == 0) {
            throw violation("it sent " + named(type) + " where the protocol does not allow it");
        }
        if (length < NO_BODY || length > longest) {
            throw violation("it sent " + named(type) + " of " + length + " bytes, and at most " + longest
                    + " are read before the session is ready");
        }
    }

    /** Checks a whole message. */
    void received(char type, ByteBuffer body) throws LoginRuleException {
        if (phase == Phase.READY) {
            return;
        }
        switch (type) {
            case 'R' -> {
                if (requests.isAccepted(body)) {
                    phase = Phase.SESSION;
                }
            }
            case 'v' -> version(body);
            case 'S' -> parameter(body);
            case 'K' -> requireContent(named(type), body.remaining() == 2 * Integer.BYTES);
            case 'Z' -> {
                requireContent(named(type), body.remaining() == 1);
                phase = Phase.READY;
            }
            case 'E' -> phase = Phase.REFUSED;
            default -> {}
        }
    }

    /** The driver requests version 3.0 without options, so the server has nothing to negotiate. It may confirm this once. */
    private void version(ByteBuffer body) throws LoginRuleException {
        requireContent(named('v'), !versionNegotiated && body.remaining() == 2 * Integer.BYTES);
        requireContent(named('v'), body.getInt() == PROTOCOL_3_0 && body.getInt() == 0);
        versionNegotiated = true;
    }

    /** The driver reads two texts up to their zero bytes, whatever the length of the message is. */
    private static void parameter(ByteBuffer body) throws LoginRuleException {
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
