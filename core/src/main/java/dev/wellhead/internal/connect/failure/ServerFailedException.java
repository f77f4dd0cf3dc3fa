package dev.wellhead.internal.connect.failure;

import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.io.Serial;

/** One server gave no connection. The search for a connection catches it and tries the next server, or reports it. */
public final class ServerFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ServerFailure failure;
    private final boolean remembered;
    private final boolean loginAccepted;

    public ServerFailedException(ServerFailure failure) {
        this(failure, false, false);
    }

    private ServerFailedException(ServerFailure failure, boolean remembered, boolean loginAccepted) {
        super(failure.reason(), failure.cause(), false, false);
        this.failure = failure;
        this.remembered = remembered;
        this.loginAccepted = loginAccepted;
    }

    /** {@return an exception for the failure of an earlier attempt, which still stands; no new attempt was made} */
    public static ServerFailedException remembered(ServerFailure failure) {
        return new ServerFailedException(failure, true, false);
    }

    /**
     * {@return an exception for the failure of an attempt}
     *
     * @param loginAccepted whether the server accepted the login before the attempt failed
     */
    public static ServerFailedException of(ServerFailure failure, boolean loginAccepted) {
        return new ServerFailedException(failure, false, loginAccepted);
    }

    /** {@return whether the server accepted the login before the attempt failed, so that the password is proven} */
    public boolean isLoginAccepted() {
        return loginAccepted;
    }

    public ServerFailure failure() {
        return failure;
    }

    public boolean isRemembered() {
        return remembered;
    }

    /** {@return whether the other servers are not worth trying} */
    public boolean endsSearch() {
        return endsSearch(failure.kind());
    }

    /**
     * The failure depends on the login and the database, so another server would give the same answer. libpq does not
     * try the remaining hosts either ("Specifying Multiple Hosts": if authentication fails).
     */
    static boolean endsSearch(FailureKind kind) {
        return switch (kind) {
            case CREDENTIALS_REFUSED, CREDENTIALS_UNAVAILABLE, NOT_ADMITTED, NO_SUCH_DATABASE -> true;
            default -> false;
        };
    }

    /** {@return whether the server itself answered, so that its other addresses are not worth trying} */
    public boolean isAnswerOfServer() {
        return switch (failure.kind()) {
            case STARTING_UP, TOO_MANY_CONNECTIONS, WRONG_SERVER_ROLE -> true;
            default -> endsSearch();
        };
    }

    /** {@return whether the TLS handshake failed} */
    public boolean isTlsFailure() {
        return switch (failure.kind()) {
            case TLS_UNTRUSTED, TLS_WRONG_HOST_NAME, TLS_EXPIRED, TLS_INVALID, TLS_REVOKED, TLS_FAILED -> true;
            default -> false;
        };
    }
}
