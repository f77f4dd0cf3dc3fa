package dev.wellhead.spi;

import java.util.Locale;

/** Why a physical connection did not open. */
public enum FailureKind {
    /** The host name does not resolve. */
    NAME_NOT_RESOLVED(true),
    /** Nothing listens there. */
    REFUSED(true),
    /** No answer within the deadline. */
    TIMED_OUT(true),
    /** The network broke the attempt off: reset, unreachable, closed. */
    NETWORK(true),
    /** The server's certificate is signed by no trusted root. */
    TLS_UNTRUSTED(false),
    /** The server's certificate is for another host name. */
    TLS_WRONG_HOST_NAME(false),
    /** The server's certificate has expired or is not valid yet. */
    TLS_EXPIRED(false),
    /** TLS is asked for and the server has none. */
    TLS_NOT_SUPPORTED(false),
    /** TLS failed in another way. */
    TLS_FAILED(false),
    /** The server refused user or password. */
    CREDENTIALS_REFUSED(false),
    /** There are no credentials to try: the source failed. */
    CREDENTIALS_UNAVAILABLE(true),
    /** No rule of the server's pg_hba.conf admits this client, user, database and encryption. */
    NOT_ADMITTED(false),
    /** The server has no such database. */
    NO_SUCH_DATABASE(false),
    /** The server has no connection slot left, or the role or the database has none. */
    TOO_MANY_CONNECTIONS(true),
    /** The server is starting up, shutting down or recovering. */
    STARTING_UP(true),
    /** No listed server has the role that targetServerType asks for. */
    WRONG_SERVER_ROLE(true),
    /** What answers does not speak PostgreSQL's protocol. */
    NOT_POSTGRESQL(false),
    /** Anything else; the message and the cause say more. */
    OTHER(false);

    private final boolean mayPass;

    FailureKind(boolean mayPass) {
        this.mayPass = mayPass;
    }

    /** {@return whether waiting may help; start-up waits for these and for no others} */
    public boolean mayPass() {
        return mayPass;
    }

    /** {@return the kind as metrics and machines spell it, such as {@code name_not_resolved}} */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
