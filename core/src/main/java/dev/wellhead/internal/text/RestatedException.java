package dev.wellhead.internal.text;

import java.io.Serial;

/**
 * Stands for an exception whose message was not safe to print. Its message begins with the name of the original type.
 */
final class RestatedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    RestatedException(String message) {
        super(message);
    }
}
