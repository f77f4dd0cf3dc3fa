package dev.wellhead.junit.internal.clone;

/** A database for tests cannot be created. The message contains the reason and the remedy. */
public final class TestServerException extends Exception {

    private static final long serialVersionUID = 1L;

    TestServerException(String message) {
        super(message);
    }

    TestServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
