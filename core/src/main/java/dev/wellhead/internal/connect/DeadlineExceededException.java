package dev.wellhead.internal.connect;

import java.io.IOException;
import java.io.Serial;

/**
 * The attempt's deadline passed inside a socket call. Not a {@link java.net.SocketTimeoutException}: pgjdbc swallows
 * those while no socketTimeout is set, and would read for ever.
 */
public final class DeadlineExceededException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public DeadlineExceededException() {
        super("the deadline of the connect has passed");
    }
}
