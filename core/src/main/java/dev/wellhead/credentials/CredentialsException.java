package dev.wellhead.credentials;

import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.internal.text.SafeText;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if no credentials can be supplied. The message names the source, the problem and the fix, never a sensitive
 * value.
 */
public final class CredentialsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    /** @param message what is wrong, and with which source */
    public CredentialsException(String message) {
        this(message, "", null);
    }

    /**
     * @param message what is wrong, and with which source
     * @param cause the reason; its messages must not contain anything sensitive
     */
    public CredentialsException(String message, Throwable cause) {
        this(message, "", cause);
    }

    /**
     * The message consists of the problem and the fix. Control characters and other characters that mislead are
     * replaced in both. A cause with such a message is replaced by an exception with the same stack trace.
     *
     * @param problem what is wrong, and with which source: one or more sentences
     * @param fix what to do: one or more sentences, or empty
     * @param cause the reason, or null; its messages must not contain anything sensitive
     */
    public CredentialsException(String problem, String fix, @Nullable Throwable cause) {
        super(SafeText.sentence(fix.isEmpty() ? problem : problem + " " + fix), SafeCauses.of(cause));
        this.problem = SafeText.sentence(problem);
        this.fix = SafeText.sentence(fix);
    }

    /** {@return what is wrong, and with which source} */
    public String problem() {
        return problem;
    }

    /** {@return what to do, or empty if there is no advice} */
    public String fix() {
        return fix;
    }
}
