package dev.wellhead.credentials;

import org.jspecify.annotations.Nullable;

/**
 * The server to log in to. Most providers ignore it; an authentication token is valid for one server only.
 *
 * @param host host name or address as configured
 * @param port 1 to 65535
 */
public record LoginTarget(String host, int port) {

    // Written out, because the JVM takes several milliseconds to link the generated methods, and each start uses them.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoginTarget that && port == that.port && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }
}
