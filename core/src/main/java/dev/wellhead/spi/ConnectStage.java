package dev.wellhead.spi;

import java.util.Locale;

/** The steps of opening a physical connection, in their order. */
public enum ConnectStage {
    /** The credentials provider supplies a user and a password. */
    CREDENTIALS,
    /** The host name is resolved. */
    NAME_RESOLUTION,
    /** The TCP connection opens, and the server sends its first bytes. */
    TCP,
    /** The TLS handshake, which verifies the server. */
    TLS,
    /** The server authenticates the user. */
    AUTHENTICATION,
    /** The server starts a session in the database, and its role is checked. */
    SESSION;

    /** {@return the name in lower case, such as {@code name_resolution}} */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
