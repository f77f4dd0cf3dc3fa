package dev.wellhead.connect;

import java.io.Serial;

/** Carries a {@link Failure} up to where all of them make one message; never leaves the package. */
final class ServerFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    ServerFailedException(Failure failure) {
        super(failure.what(), failure.cause(), false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
