package dev.wellhead.internal.connect.driver;

import dev.wellhead.tls.SslMode;

/** How one attempt negotiates TLS with the server. The SSL modes of libpq are sequences of these steps. */
public enum TlsNegotiation {
    /** No TLS. */
    NONE("disable"),
    /** TLS if the server offers it. */
    OPTIONAL("prefer"),
    /** TLS, or the attempt fails. The server is verified by our trust manager and not by the driver. */
    REQUIRED("require"),
    /** TLS from the first byte, without asking the server (PostgreSQL 17 and later). */
    DIRECT("require");

    private final String driverMode;

    TlsNegotiation(String driverMode) {
        this.driverMode = driverMode;
    }

    /** {@return the first step of an SSL mode} */
    static TlsNegotiation first(SslMode mode, boolean direct) {
        return switch (mode) {
            case DISABLE, ALLOW -> NONE;
            case PREFER -> OPTIONAL;
            default -> direct ? DIRECT : REQUIRED;
        };
    }

    /** {@return the value of pgjdbc's {@code sslmode} that performs exactly this step} */
    String driverMode() {
        return driverMode;
    }

    FirstBytes firstBytes() {
        return switch (this) {
            case NONE -> FirstBytes.ofMessages();
            case OPTIONAL, REQUIRED -> FirstBytes.afterTlsRequest();
            case DIRECT -> FirstBytes.unchecked();
        };
    }
}
