package dev.wellhead.internal.connect.net;

import java.io.IOException;
import java.io.Serial;

/**
 * A deadline passed during a socket call. This is not a {@link java.net.SocketTimeoutException}, because pgjdbc ignores
 * those if no socketTimeout is set, and then reads again without end.
 */
public final class DeadlineExceededException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    DeadlineExceededException() {
        super("the deadline of the connection attempt has passed");
    }
}
