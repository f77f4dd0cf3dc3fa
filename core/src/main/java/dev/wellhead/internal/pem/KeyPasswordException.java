package dev.wellhead.internal.pem;

import java.io.Serial;

/** A private key or a key store is encrypted, and the password is missing or wrong. */
public final class KeyPasswordException extends PemException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    private KeyPasswordException(String message, boolean missing) {
        super(message);
        this.missing = missing;
    }

    static KeyPasswordException missing() {
        return new KeyPasswordException("is encrypted, and no password is set", true);
    }

    static KeyPasswordException wrong() {
        return new KeyPasswordException("cannot be decrypted with the password that is set", false);
    }

    /** {@return whether there is no password; {@code false} if there is a wrong one} */
    public boolean isMissing() {
        return missing;
    }
}
