package dev.wellhead.spi;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection did not open. The message says what is wrong, which setting led there and what to do; the
 * SQLSTATE and the cause are kept. Nothing in it is sensitive.
 */
public final class ConnectionFailedException extends SQLException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * @param message what is wrong, where from, what to do
     * @param sqlState the server's or the driver's SQLSTATE
     * @param kind the class of failure
     * @param cause what led here
     */
    public ConnectionFailedException(String message, String sqlState, FailureKind kind, @Nullable Throwable cause) {
        super(message, sqlState, cause);
        this.kind = kind;
    }

    /** {@return the class of failure} */
    public FailureKind kind() {
        return kind;
    }
}
