package dev.wellhead.aws;

import java.io.Serial;

/** Thrown instead of sending a request to the configured endpoint. Has no cause, because a cause can quote the endpoint. */
final class EndpointException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem a sentence about the endpoint
     * @param fix what to do, as a sentence
     */
    EndpointException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }
}
