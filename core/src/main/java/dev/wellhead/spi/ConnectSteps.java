package dev.wellhead.spi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSession;

/**
 * Is notified of the steps of one physical connect that succeed, in their order and on the connecting thread. The step
 * that fails is not reported here; the exception has it ({@link ServerFailure#stage}). Later steps are repeated if
 * several addresses or logins are tried, or if TLS is tried and then omitted. The methods do nothing unless overridden,
 * and must not throw.
 */
public interface ConnectSteps {

    /** The host name was resolved, or is an address. */
    default void resolved(List<InetAddress> addresses, Duration took) {}

    /** The TCP connect begins. */
    default void connecting(InetSocketAddress address) {}

    /** The TCP connection is open. */
    default void connected(InetSocketAddress address, Duration took) {}

    /**
     * The TLS handshake is complete, and the server was verified as the SSL mode requires.
     *
     * @param session has the TLS version and the server's certificates
     * @param took the time for the request for TLS and the handshake
     */
    default void encrypted(SSLSession session, Duration took) {}

    /**
     * The server requested a password and gets one.
     *
     * @param method as in {@code pg_hba.conf}: {@code scram-sha-256}, {@code md5} or {@code password}
     * @param user the role
     * @param label the label of the candidate, such as {@code AWSCURRENT}; not sensitive
     */
    default void authenticating(String method, String user, String label) {}
}
