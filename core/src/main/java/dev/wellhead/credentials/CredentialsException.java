package dev.wellhead.credentials;

import java.io.Serial;

/**
 * Thrown if no credentials can be supplied. The message names the source, the problem and the fix, never a sensitive
 * value.
 */
public final class CredentialsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, with which source, and what to do */
    public CredentialsException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, with which source, and what to do
     * @param cause the reason; its messages must not contain anything sensitive
     */
    public CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}
