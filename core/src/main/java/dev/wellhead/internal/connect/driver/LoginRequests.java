package dev.wellhead.internal.connect.driver;

import static dev.wellhead.internal.connect.driver.LoginRuleException.violation;

import dev.wellhead.internal.connect.driver.LoginRuleException.Rule;
import dev.wellhead.internal.types.NumberValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks the authentication requests of a server before the driver answers them. Source of the codes: PostgreSQL
 * documentation, "Message Formats", the messages whose names begin with Authentication.
 */
final class LoginRequests {

    /** About one second of processor time. PostgreSQL's default is 4,096, and OWASP recommends 600,000. */
    static final int MOST_ITERATIONS = 1_000_000;

    private static final int OK = 0;
    private static final int CLEAR_TEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;
    private static final int MD5_SALT = 4;
    private static final String ITERATIONS = ",i=";

    private final LoginPolicy policy;
    private boolean encrypted;
    /** The code of the last request; -1 before the first one. */
    private int last = -1;

    LoginRequests(LoginPolicy policy) {
        this.policy = policy;
    }

    void encrypted() {
        encrypted = true;
    }

    /** Checks one request. {@return whether the server has accepted the login} */
    boolean isAccepted(ByteBuffer body) throws IOException {
        expect(body.remaining() >= Integer.BYTES);
        int code = body.getInt();
        switch (code) {
            case OK -> accepted(body);
            case CLEAR_TEXT -> {
                // with PAM a server may request several passwords
                begin("password", "a password in clear text", last == CLEAR_TEXT);
                expect(!body.hasRemaining());
            }
            case MD5 -> {
                begin("md5", "a password as an MD5 hash", false);
                expect(body.remaining() == MD5_SALT);
            }
            case SASL -> {
                begin("scram-sha-256", "a SCRAM login", false);
                mechanisms(body);
            }
            case SASL_CONTINUE -> {
                expect(last == SASL);
                iterations(body);
            }
            case SASL_FINAL -> expect(last == SASL_CONTINUE);
            default ->
                throw LoginRuleException.of(
                        Rule.SUPPORTED_METHOD, "requested " + unsupported(code) + ", which is not supported");
        }
        last = code;
        return code == OK;
    }

    private void accepted(ByteBuffer body) throws IOException {
        expect(!body.hasRemaining());
        if (last < 0 && !policy.permits("none")) {
            throw LoginRuleException.notPermitted("accepted the login without requesting the password", "none");
        }
        if (last == SASL || last == SASL_CONTINUE) {
            throw LoginRuleException.of(
                    Rule.SERVER_PROOF, "accepted the SCRAM login without proving that it has the password");
        }
    }

    private void begin(String method, String what, boolean again) throws IOException {
        if (last >= 0 && !again) {
            throw violation("requested a second login method");
        }
        if (policy.usesTokens() && !(method.equals("password") && encrypted && policy.verifiesServer())) {
            throw LoginRuleException.of(Rule.TOKEN, "requested " + what);
        }
        if (!policy.permits(method)) {
            throw LoginRuleException.notPermitted("requested " + what, method);
        }
    }

    /**
     * Reads the list of SASL mechanisms. The driver reads it up to its empty last element, whatever the length of the
     * message is, and would also use SCRAM with weaker hashes, which PostgreSQL does not have.
     */
    private void mechanisms(ByteBuffer body) throws IOException {
        boolean scram = false;
        String name = text(body);
        expect(!name.isEmpty());
        while (!name.isEmpty()) {
            if (name.startsWith("SCRAM-")) {
                boolean bound = name.equals("SCRAM-SHA-256-PLUS");
                expect(bound || name.equals("SCRAM-SHA-256"));
                // libpq refuses this as well: channel binding needs TLS
                expect(!bound || encrypted);
                scram = true;
            }
            name = text(body);
        }
        expect(!body.hasRemaining());
        if (!scram) {
            throw LoginRuleException.of(
                    Rule.SUPPORTED_METHOD, "requested a SASL login without SCRAM-SHA-256, which is not supported");
        }
    }

    private static String text(ByteBuffer body) throws IOException {
        StringBuilder text = new StringBuilder();
        while (body.hasRemaining()) {
            byte next = body.get();
            if (next == 0) {
                return text.toString();
            }
            text.append((char) next);
        }
        throw violation("sent a list of SASL mechanisms without an end");
    }

    /**
     * Refuses a number of iterations with which a server could occupy the processor. The driver checks everything else.
     */
    private static void iterations(ByteBuffer body) throws IOException {
        String message = StandardCharsets.ISO_8859_1.decode(body).toString();
        int at = message.indexOf(ITERATIONS);
        if (at < 0) {
            return;
        }
        int begin = at + ITERATIONS.length();
        int comma = message.indexOf(',', begin);
        // the driver would also accept a sign, and the digits of other scripts
        long number = NumberValues.digits(message.substring(begin, comma < 0 ? message.length() : comma));
        expect(number >= 0);
        if (number > MOST_ITERATIONS) {
            throw LoginRuleException.of(
                    Rule.ITERATIONS,
                    "requested more than " + MOST_ITERATIONS + " iterations of the SCRAM hash function");
        }
    }

    // This is not in LoginRuleException, because that class is loaded only if a server breaks a rule.
    static void requireContent(String message, boolean valid) throws IOException {
        if (!valid) {
            throw violation("sent " + message + " with a content that the protocol does not allow");
        }
    }

    private static void expect(boolean valid) throws IOException {
        requireContent("an authentication request", valid);
    }

    private static String unsupported(int code) {
        @Nullable
        String name =
                switch (code) {
                    case 1, 2 -> "Kerberos";
                    case 4 -> "a crypt password";
                    case 6 -> "SCM credentials";
                    case 7, 8 -> "Kerberos (GSSAPI)";
                    case 9 -> "Windows authentication (SSPI)";
                    default -> null;
                };
        return name == null ? "login method " + code : name;
    }
}
