package dev.wellhead.internal.connect.failure;

import java.io.Serial;

/** Carries a {@link Failure} up to where all of them make one message; never leaves the package. */
public final class ServerFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean remembered;

    public ServerFailedException(Failure failure) {
        this(failure, false);
    }

    private ServerFailedException(Failure failure, boolean remembered) {
        super(failure.what(), failure.cause(), false, false);
        this.failure = failure;
        this.remembered = remembered;
    }

    /** {@return one that says again what an attempt before it met; none was made now} */
    public static ServerFailedException remembered(Failure failure) {
        return new ServerFailedException(failure, true);
    }

    public Failure failure() {
        return failure;
    }

    public boolean isRemembered() {
        return remembered;
    }
}
