package dev.wellhead.cli.doctor;

import java.util.Locale;

/** The stages in the order in which they run. */
public enum DoctorStage {
    /** The settings are valid. */
    SETTINGS,
    /** The source of the credentials supplies at least one login. */
    CREDENTIALS,
    /** This machine's clock is precise enough for AWS authentication tokens. */
    AWS_CLOCK,
    /** The host name of the server resolves. */
    DNS,
    /** The server accepts TCP connections and is a PostgreSQL server. */
    TCP,
    /** Encryption, and verification of the server's certificate. */
    TLS,
    /** The server accepts the login. */
    AUTHENTICATION,
    /** The database exists, and the privileges of the role in it. */
    DATABASE,
    /** The server is a primary or a standby, as targetServerType requires. */
    ROLE,
    /** The version of the server is supported. */
    VERSION,
    /** A connection pooler in front of the server, and the setting for it. */
    POOLER,
    /** The connection limits allow all pools. */
    HEADROOM,
    /** The server's clock agrees with this machine's. */
    CLOCK,
    /** The time for one statement. */
    ROUND_TRIP;

    /** {@return the name in output and JSON, such as {@code round_trip}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
