package dev.wellhead.cli.doctor;

import java.util.Locale;

/** What is looked at, in order. */
public enum Stage {
    /** What the environment decides. */
    SETTINGS,
    /** Whether there is a login to try, and which. */
    CREDENTIALS,
    /** Whether this machine's clock suits authentication tokens. */
    AWS_CLOCK,
    /** The addresses of a server's name. */
    DNS,
    /** Whether something answers there that is PostgreSQL. */
    TCP,
    /** Encryption, certificate and who vouches for it. */
    TLS,
    /** Whether the server takes the login, and how. */
    AUTHENTICATION,
    /** The database and what the role may do in it. */
    DATABASE,
    /** Primary or standby, against what is wanted. */
    ROLE,
    /** The server's version and its end of life. */
    VERSION,
    /** What sits between here and the server. */
    POOLER,
    /** Connections that are left, against those that are wanted. */
    HEADROOM,
    /** The server's clock against this machine's. */
    CLOCK,
    /** How long a question and its answer take. */
    ROUND_TRIP;

    /** {@return the code, such as {@code round_trip}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
