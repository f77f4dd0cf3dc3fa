package dev.wellhead.internal.pem;

import java.io.Serial;
import java.security.GeneralSecurityException;

/**
 * A content cannot be used. The message completes a sentence about the file or the setting, such as {@code is empty}.
 * It never contains a part of the content, and there is no cause, because a cause could contain one.
 */
public sealed class PemException extends GeneralSecurityException permits KeyPasswordException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String fix;

    public PemException(String message) {
        this(message, "");
    }

    /** @param fix what to do, as a sentence; empty if there is nothing to add */
    public PemException(String message, String fix) {
        super(message);
        this.fix = fix;
    }

    /** {@return what to do, as a sentence; empty if there is nothing to add} */
    public String fix() {
        return fix;
    }
}
