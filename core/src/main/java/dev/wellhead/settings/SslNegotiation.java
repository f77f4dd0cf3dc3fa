package dev.wellhead.settings;

/** How TLS starts, as libpq's sslnegotiation. */
public enum SslNegotiation implements Choice {
    /** Ask the server first, all versions. */
    POSTGRES("postgres"),
    /** TLS from the first byte, PostgreSQL 17 and later. */
    DIRECT("direct");

    private final String value;

    SslNegotiation(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
