package dev.wellhead.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The six SSL modes of libpq, weakest first, with the same meaning as in libpq.
 *
 * <p>Source: PostgreSQL documentation, "SSL Support" in the libpq chapter, table "SSL Mode Descriptions".
 */
public enum SslMode {
    /** Never TLS. */
    DISABLE("disable"),
    /** Without TLS first, and with TLS only if the server rejects that. No protection. */
    ALLOW("allow"),
    /** With TLS first, and without TLS if the server does not support it. No protection. */
    PREFER("prefer"),
    /** Always TLS. The server is not verified, unless a root certificate is configured: then as {@link #VERIFY_CA}. */
    REQUIRE("require"),
    /** Always TLS, and a trusted root must have signed the server's certificate. */
    VERIFY_CA("verify-ca"),
    /** As {@link #VERIFY_CA}, and the certificate must be valid for the host name. */
    VERIFY_FULL("verify-full");

    private final String value;

    SslMode(String value) {
        this.value = value;
    }

    /** {@return libpq's spelling, such as {@code verify-full}} */
    public String value() {
        return value;
    }

    /** {@return the mode with this spelling; empty if there is none} Letter case matters, as in libpq. */
    public static Optional<SslMode> of(String value) {
        return Arrays.stream(values()).filter(mode -> mode.value.equals(value)).findFirst();
    }

    /** {@return every spelling, weakest first} */
    public static List<String> spellings() {
        return Arrays.stream(values()).map(SslMode::value).toList();
    }

    /** {@return whether this mode is at least as strong as {@code other}} */
    public boolean isAtLeast(SslMode other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
