package dev.wellhead.settings;

import java.io.Serial;

/** A text that is not a value of its type. The message says what the type wants and never echoes the text. */
final class InvalidValueException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidValueException(String message) {
        super(message);
    }
}
