package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import javax.net.ssl.SSLSocket;

/** How one attempt negotiates TLS with the server. Each SSL mode of libpq is one of these, or two of them in turn. */
public enum TlsNegotiation {
    /** No TLS. */
    NONE("disable"),
    /** TLS if the server offers it. */
    OPTIONAL("prefer"),
    /** TLS, or the attempt fails. The server is verified by our trust manager and not by the driver. */
    REQUIRED("require"),
    /** TLS from the first byte, without a request for it (PostgreSQL 17 and later). */
    DIRECT("require");

    private final String driverMode;

    TlsNegotiation(String driverMode) {
        this.driverMode = driverMode;
    }

    /** {@return how the first attempt negotiates} */
    public static TlsNegotiation first(DatabaseSettings settings) {
        SslMode mode = settings.sslMode();
        if (!mode.isAtLeast(SslMode.PREFER)) {
            return NONE;
        }
        if (mode == SslMode.PREFER) {
            return OPTIONAL;
        }
        return settings.get(Settings.SSLNEGOTIATION) == SslNegotiation.DIRECT ? DIRECT : REQUIRED;
    }

    /** {@return the value of pgjdbc's {@code sslmode} that does exactly this} */
    String driverMode() {
        return driverMode;
    }

    /**
     * Checks that the server confirmed PostgreSQL's protocol (ALPN) if TLS began without a request for it, as libpq
     * does. Otherwise an attacker could forward the session to a server of another protocol that has the same
     * certificate.
     */
    void checkApplicationProtocol(SSLSocket encrypted) throws IOException {
        if (this == DIRECT && !TlsContext.APPLICATION_PROTOCOL.equals(encrypted.getApplicationProtocol())) {
            throw LoginRuleException.of(
                    LoginRuleException.Rule.APPLICATION_PROTOCOL,
                    "did not confirm the protocol '" + TlsContext.APPLICATION_PROTOCOL + "' in the TLS handshake");
        }
    }

    FirstBytes firstBytes(LoginPolicy policy) {
        if (this == NONE) {
            return FirstBytes.ofMessages(policy);
        }
        return this == DIRECT ? FirstBytes.insideTls(policy) : FirstBytes.afterTlsRequest(policy);
    }
}
