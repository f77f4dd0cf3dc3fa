package dev.wellhead.settings;

/** How TLS is negotiated, as libpq's {@code sslnegotiation}. */
public enum SslNegotiation implements Choice {
    /** The client asks the server first. Works with all versions. */
    POSTGRES,
    /** TLS starts with the first byte. Needs PostgreSQL 17 or later. */
    DIRECT;

    @Override
    public String toString() {
        return value();
    }
}
