package dev.wellhead.internal.connect;

import dev.wellhead.tls.SslMode;

/** What one connect does about TLS: the steps that libpq's SSL modes are made of. */
public enum Encryption {
    /** No TLS. */
    NONE("disable"),
    /** TLS where the server has it. */
    IF_OFFERED("prefer"),
    /** TLS or nothing; what verifies the server is decided by the trust manager, not by the driver. */
    ALWAYS("require"),
    /** TLS from the first byte. */
    DIRECT("require");

    private final String driverMode;

    Encryption(String driverMode) {
        this.driverMode = driverMode;
    }

    /** The first step of a mode. */
    public static Encryption first(SslMode mode, boolean direct) {
        return switch (mode) {
            case DISABLE, ALLOW -> NONE;
            case PREFER -> IF_OFFERED;
            default -> direct ? DIRECT : ALWAYS;
        };
    }

    /** pgjdbc's sslmode that does this step and nothing else. */
    public String driverMode() {
        return driverMode;
    }

    public Greeting greeting() {
        return new Greeting(this == IF_OFFERED || this == ALWAYS, this == DIRECT);
    }
}
