package dev.wellhead.spi;

import dev.wellhead.settings.Problem;
import java.io.Serial;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection did not open. The message says what is wrong, which setting led there and what to do; the
 * SQLSTATE and the cause are kept. Nothing in it is sensitive.
 */
public final class ConnectionFailedException extends SQLException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final transient List<Problem> problems;

    /**
     * @param message what is wrong, where from, what to do
     * @param sqlState the server's or the driver's SQLSTATE
     * @param kind the class of failure
     * @param cause what led here
     */
    public ConnectionFailedException(String message, String sqlState, FailureKind kind, @Nullable Throwable cause) {
        this(message, sqlState, kind, List.of(), cause);
    }

    /**
     * @param message what is wrong, where from, what to do
     * @param sqlState the server's or the driver's SQLSTATE
     * @param kind the class of failure
     * @param problems the same as data, one for each server
     * @param cause what led here
     */
    public ConnectionFailedException(
            String message, String sqlState, FailureKind kind, List<Problem> problems, @Nullable Throwable cause) {
        super(message, sqlState, cause);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    /** {@return the class of failure} */
    public FailureKind kind() {
        return kind;
    }

    /**
     * {@return what each server that was tried had against it, in that order: the server as {@code host:port} in place of
     * a setting, what is wrong, the settings that led there, what to do} Empty where it is not about a server, and after
     * deserialization.
     */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
