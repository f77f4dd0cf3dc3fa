package dev.wellhead.credentials;

import java.io.Serial;

/** Credentials could not be had. The message names the source, what went wrong and the fix, never a sensitive value. */
public final class CredentialsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, what to do */
    public CredentialsException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, where, what to do
     * @param cause what led here; must hold nothing sensitive
     */
    public CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}
