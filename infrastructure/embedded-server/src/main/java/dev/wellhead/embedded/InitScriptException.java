package dev.wellhead.embedded;

import java.io.IOException;

/**
 * An init script cannot be found, read or run. The message names the file, and the line if a statement failed. The
 * database that the script should prepare does not exist afterwards.
 */
public final class InitScriptException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the reason and the remedy
     */
    public InitScriptException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the reason and the remedy
     * @param cause the failure that the file system or the server reported
     */
    public InitScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
