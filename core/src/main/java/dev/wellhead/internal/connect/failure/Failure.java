package dev.wellhead.internal.connect.failure;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one server gave no connection.
 *
 * @param kind the class of failure
 * @param server as configured
 * @param sqlState the server's or the driver's
 * @param what is wrong, a clause that follows the server's name
 * @param origins where the settings that led to the failure came from; may be empty
 * @param fixes what to do, one sentence each
 * @param cause what led here; holds nothing sensitive
 */
public record Failure(
        FailureKind kind,
        HostAndPort server,
        String sqlState,
        String what,
        List<Origin> origins,
        List<String> fixes,
        @Nullable Throwable cause) {

    /** The driver's state for a connection that could not be made. */
    public static final String UNABLE_TO_CONNECT = "08001";

    public Failure {
        origins = List.copyOf(origins);
        fixes = List.copyOf(fixes);
    }

    /**
     * Whether another server would say the same: it is about who we are and what we ask for. libpq stops there too
     * ("Specifying Multiple Hosts": when authentication fails, the remaining hosts are not tried).
     */
    public boolean isFinal() {
        return kind == FailureKind.CREDENTIALS_REFUSED
                || kind == FailureKind.CREDENTIALS_UNAVAILABLE
                || kind == FailureKind.NOT_ADMITTED
                || kind == FailureKind.NO_SUCH_DATABASE;
    }

    /** Whether the server itself answered, so that its other addresses have nothing to add. */
    public boolean wasAnswered() {
        return isFinal()
                || kind == FailureKind.STARTING_UP
                || kind == FailureKind.TOO_MANY_CONNECTIONS
                || kind == FailureKind.WRONG_SERVER_ROLE;
    }

    public boolean isAboutTls() {
        return kind == FailureKind.TLS_UNTRUSTED
                || kind == FailureKind.TLS_WRONG_HOST_NAME
                || kind == FailureKind.TLS_EXPIRED
                || kind == FailureKind.TLS_FAILED;
    }

    public Failure with(List<String> otherFixes) {
        return new Failure(kind, server, sqlState, what, origins, otherFixes, cause);
    }
}
