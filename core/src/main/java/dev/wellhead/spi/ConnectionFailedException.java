package dev.wellhead.spi;

import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.internal.text.SafeText;
import java.io.Serial;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection could not be opened. The message names what is wrong, the settings that led to it and the
 * remedy, for each server that was tried; {@link #failures()} has the same as data. Nothing in it is sensitive.
 */
public final class ConnectionFailedException extends SQLException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final transient List<ServerFailure> failures;

    /**
     * Creates an exception that is not about one server.
     *
     * @param message what is wrong, the origin of the settings that led to it, what to do
     * @param sqlState the SQLSTATE
     * @param kind the class of the failure
     * @param cause the exception that led to it; null if there is none
     */
    public ConnectionFailedException(String message, String sqlState, FailureKind kind, @Nullable Throwable cause) {
        super(SafeText.lines(message), sqlState, SafeCauses.of(cause));
        this.kind = kind;
        this.failures = List.of();
    }

    /**
     * @param message what is wrong, the origin of the settings that led to it, what to do
     * @param leading the failure that decides the kind, the SQLSTATE and the cause
     * @param failures one for each server that was tried, in that order
     */
    public ConnectionFailedException(String message, ServerFailure leading, List<ServerFailure> failures) {
        super(SafeText.lines(message), leading.sqlState(), leading.cause());
        this.kind = leading.kind();
        this.failures = List.copyOf(failures);
    }

    /**
     * {@return the class of the failure} If several servers failed, this is the class of the failure that ended the
     * search; if none did, of the first transient failure; otherwise of the first failure.
     */
    public FailureKind kind() {
        return kind;
    }

    /**
     * {@return the failure of each server that was tried, in that order} Empty if no server was tried, and after
     * deserialization.
     */
    public List<ServerFailure> failures() {
        return failures == null ? List.of() : failures;
    }
}
