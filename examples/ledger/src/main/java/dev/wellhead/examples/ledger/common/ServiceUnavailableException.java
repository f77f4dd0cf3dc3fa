package dev.wellhead.examples.ledger.common;

/** Another service than the database did not answer, or refused a request. The message is for the log. */
public final class ServiceUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what the service answered */
    public ServiceUnavailableException(String message) {
        super(message);
    }

    /** @param cause the failure of the client library, whose message becomes the message of this exception */
    public ServiceUnavailableException(Exception cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
}
