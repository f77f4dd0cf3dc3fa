package dev.wellhead.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The six SSL modes of libpq, weakest first, with the meaning libpq gives them.
 *
 * <p>Source: PostgreSQL documentation, "SSL Support" in the libpq chapter, table "SSL Mode Descriptions".
 */
public enum SslMode {
    /** Never TLS. */
    DISABLE("disable"),
    /** First without TLS; with TLS only where the server refuses that. Protects against nothing. */
    ALLOW("allow"),
    /** First with TLS, without where the server has none. Protects against nothing. */
    PREFER("prefer"),
    /** Always TLS; the server is not verified, unless a root certificate is configured: then as {@link #VERIFY_CA}. */
    REQUIRE("require"),
    /** Always TLS, to a server whose certificate a trusted root signed. */
    VERIFY_CA("verify-ca"),
    /** As {@link #VERIFY_CA}, and the certificate must carry the host name that was asked for. */
    VERIFY_FULL("verify-full");

    private final String value;

    SslMode(String value) {
        this.value = value;
    }

    /** {@return the mode as libpq spells it, such as {@code verify-full}} */
    public String value() {
        return value;
    }

    /** {@return the mode libpq spells so, or empty; case matters, as it does to libpq} */
    public static Optional<SslMode> of(String value) {
        return Arrays.stream(values()).filter(mode -> mode.value.equals(value)).findFirst();
    }

    /** {@return every spelling, weakest first} */
    public static List<String> spellings() {
        return Arrays.stream(values()).map(SslMode::value).toList();
    }

    /** {@return whether this mode protects at least as much as {@code other}} */
    public boolean isAtLeast(SslMode other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
