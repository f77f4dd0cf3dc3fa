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

    private final boolean connecting;

    /** @param connecting whether the TCP connect was not answered; otherwise the connection was open */
    DeadlineExceededException(boolean connecting) {
        super("the deadline of the connection attempt has passed");
        this.connecting = connecting;
    }

    /** {@return whether the TCP connect was not answered} */
    public boolean isConnecting() {
        return connecting;
    }
}
