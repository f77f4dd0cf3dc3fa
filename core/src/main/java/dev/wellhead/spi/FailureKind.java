package dev.wellhead.spi;

import java.util.Locale;

/** The kind of a failure to open a physical connection. */
public enum FailureKind {
    /** The host name does not resolve. */
    NAME_NOT_RESOLVED(true),
    /** Nothing listens on the port. */
    REFUSED(true),
    /** The server did not answer before the deadline. */
    TIMED_OUT(true),
    /** The connection was reset or closed, or there is no route to the server. */
    NETWORK(true),
    /** No trusted root certificate signed the server's certificate. */
    TLS_UNTRUSTED(false),
    /** The server's certificate is for another host name. */
    TLS_WRONG_HOST_NAME(false),
    /** The server's certificate has expired or is not valid yet. */
    TLS_EXPIRED(false),
    /**
     * The server's certificate, or a certificate of its chain, breaks a rule: about the usage, the names, the length of
     * the chain or the strength of an algorithm.
     */
    TLS_INVALID(false),
    /** The server's certificate is revoked, or the configured revocation lists do not cover it. */
    TLS_REVOKED(false),
    /** The SSL mode requires TLS and the server does not offer it. */
    TLS_NOT_SUPPORTED(false),
    /** TLS failed for another reason. */
    TLS_FAILED(false),
    /** The server refused the user or the password. */
    CREDENTIALS_REFUSED(false),
    /** The source of the credentials failed, so there are none to try. */
    CREDENTIALS_UNAVAILABLE(true),
    /** The server's {@code pg_hba.conf} or privileges do not admit this client, user, database and encryption. */
    NOT_ADMITTED(false),
    /** The server has no such database. */
    NO_SUCH_DATABASE(false),
    /** The connection limit of the server, the role or the database is reached. */
    TOO_MANY_CONNECTIONS(true),
    /** The server is starting, shutting down or recovering. */
    STARTING_UP(true),
    /** The server does not have the role that {@code targetServerType} requires. */
    WRONG_SERVER_ROLE(true),
    /** The answer is not PostgreSQL's protocol. */
    NOT_POSTGRESQL(false),
    /** Any other failure; the message and the cause have the details. */
    OTHER(false);

    private final boolean isTransient;

    FailureKind(boolean isTransient) {
        this.isTransient = isTransient;
    }

    /**
     * {@return whether the failure may go away on its own} If {@code startupTimeout} is set, opening a database waits
     * for these failures to end; it reports all others immediately.
     */
    public boolean isTransient() {
        return isTransient;
    }

    /** {@return the name in lower case, as in metrics and JSON, such as {@code name_not_resolved}} */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
