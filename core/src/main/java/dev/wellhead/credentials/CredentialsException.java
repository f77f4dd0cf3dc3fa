package dev.wellhead.credentials;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The source of the credentials did not supply any. The message names the source, the reason and what to do. Nothing in
 * it is sensitive.
 */
public final class CredentialsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    /** @param message what is wrong */
    public CredentialsException(String message) {
        this(message, "", null);
    }

    /**
     * @param message what is wrong; if it is the message of {@code cause}, the fix of {@code cause} is kept
     * @param cause must hold nothing sensitive
     */
    public CredentialsException(String message, Throwable cause) {
        super(message, cause);
        boolean repeats = cause instanceof CredentialsException && message.equals(cause.getMessage());
        this.problem = repeats ? ((CredentialsException) cause).problem : message;
        this.fix = repeats ? ((CredentialsException) cause).fix : "";
    }

    /**
     * The message consists of both sentences.
     *
     * @param problem what is wrong, one or more sentences
     * @param fix what to do, one sentence; may be empty
     * @param cause must hold nothing sensitive
     */
    public CredentialsException(String problem, String fix, @Nullable Throwable cause) {
        super(fix.isEmpty() ? problem : problem + " " + fix, cause);
        this.problem = problem;
        this.fix = fix;
    }

    /** {@return what is wrong} */
    public String problem() {
        return problem;
    }

    /** {@return what to do; empty if the source has no advice} */
    public String fix() {
        return fix;
    }
}
