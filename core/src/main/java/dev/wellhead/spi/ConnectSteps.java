package dev.wellhead.spi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSession;

/**
 * Told how far one physical connect came, step by step, by the command line. Called on the connecting
 * thread in the order in which things happen; a failure is told by the exception alone, and is of the step that was not
 * told. Where more than one address or login is tried, or TLS is tried and then left, the later steps come again. Must
 * not throw. Every method does nothing unless overridden.
 */
public interface ConnectSteps {

    /** The host name resolved, or was an address. */
    default void resolved(List<InetAddress> addresses, Duration took) {}

    /** TCP begins. */
    default void connecting(InetSocketAddress address) {}

    /** TCP is connected. */
    default void connected(InetSocketAddress address, Duration took) {}

    /**
     * TLS is there, and the server verified as the SSL mode asks.
     *
     * @param session with the protocol and the server's certificates
     * @param took the request for TLS and the handshake
     */
    default void encrypted(SSLSession session, Duration took) {}

    /**
     * The server asks for a password, and gets one.
     *
     * @param method as pg_hba.conf spells it: {@code scram-sha-256}, {@code md5} or {@code password}
     * @param user the role
     * @param label which of the candidates it is, such as {@code AWSCURRENT}; not sensitive
     */
    default void authenticating(String method, String user, String label) {}
}
