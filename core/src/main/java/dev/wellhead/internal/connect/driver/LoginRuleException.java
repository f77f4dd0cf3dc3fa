package dev.wellhead.internal.connect.driver;

import java.io.IOException;
import java.io.Serial;

/**
 * A server broke a rule for the time before the session is ready. The message in question does not reach the driver.
 */
public final class LoginRuleException extends IOException {

    /** What a server must comply with before the session is ready. */
    public enum Rule {
        /** Messages have the type, the form and the size that PostgreSQL's protocol gives them. */
        PROTOCOL,
        /** The server confirms PostgreSQL's protocol in the TLS handshake if TLS begins without a request for it. */
        APPLICATION_PROTOCOL,
        /** The driver supports the login method. */
        SUPPORTED_METHOD,
        /** The setting {@code requireAuth} permits the login method. */
        PERMITTED_METHOD,
        /** An authentication token is requested in clear text, inside TLS, by a server that is verified. */
        TOKEN,
        /** The server proves that it has the password before it accepts the login. */
        SERVER_PROOF,
        /** The number of SCRAM iterations does not occupy the processor for long. */
        ITERATIONS
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final String predicate;
    private final String method;

    private LoginRuleException(Rule rule, String predicate, String method) {
        super("The server " + predicate);
        this.rule = rule;
        this.predicate = predicate;
        this.method = method;
    }

    /**
     * {@return the exception} The result types of these methods are those of the JDK, so that verifying the classes
     * that throw it does not load this class.
     *
     * @param predicate what the server did, without a subject
     */
    static IOException of(Rule rule, String predicate) {
        return new LoginRuleException(rule, predicate, "");
    }

    /** {@return the exception for a login method that {@code requireAuth} does not permit} */
    static IOException notPermitted(String predicate, String method) {
        return new LoginRuleException(Rule.PERMITTED_METHOD, predicate, method);
    }

    /** {@return the violation of a rule of the protocol} */
    static IOException violation(String predicate) {
        return of(Rule.PROTOCOL, predicate);
    }

    public Rule rule() {
        return rule;
    }

    /** {@return the login method in question, as requireAuth names it; empty for most rules} */
    public String method() {
        return method;
    }

    /** {@return what the server did, without a subject} */
    public String predicate() {
        return predicate;
    }
}
