package dev.wellhead.internal.connect.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The trust manager of a TLS client with sockets. One check decides about every server; certificates of clients and
 * connections without a socket or an engine are rejected. JSSE adds no check of its own to an {@link X509ExtendedTrustManager}, and
 * the host name verifier of the JVM is not used.
 */
public final class ServerTrustManager extends X509ExtendedTrustManager {

    private static final String ONLY_SOCKETS = "Only TLS sockets are supported.";
    private static final String ONLY_SERVERS = "Only the certificates of servers are verified.";

    private final ServerCheck check;

    public ServerTrustManager(ServerCheck check) {
        this.check = check;
    }

    /** Decides whether a server is trusted. */
    @FunctionalInterface
    public interface ServerCheck {

        /**
         * Returns if the server is trusted.
         *
         * @param sent the certificates that the server sent, its own first
         * @param keyExchange the name that JSSE passes to trust managers
         * @param socket the socket during its handshake
         * @throws CertificateException if the server is not trusted
         */
        void verify(X509Certificate[] sent, String keyExchange, SSLSocket socket) throws CertificateException;

        /** The same for a client without sockets, which is rejected unless the check supports it. */
        default void verify(X509Certificate[] sent, String keyExchange, SSLEngine engine) throws CertificateException {
            throw new CertificateException(ONLY_SOCKETS);
        }
    }

    /** {@return the trust manager of the JVM, which has the root certificates of the JVM} */
    public static X509ExtendedTrustManager ofJvm() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((@Nullable KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("The JVM has no trust manager for X.509 certificates.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket encrypted)) {
            throw new CertificateException(ONLY_SOCKETS);
        }
        check.verify(chain, authType, encrypted);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check.verify(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException(ONLY_SOCKETS);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException(ONLY_SERVERS);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException(ONLY_SERVERS);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException(ONLY_SERVERS);
    }

    /** {@return nothing, because only a TLS server sends the names of its accepted issuers} */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
