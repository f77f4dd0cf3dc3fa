package dev.wellhead.internal.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * What pgjdbc instantiates by class name. That is why the nested classes and their constructors are public; nobody
 * outside this package can name them. They take everything from the {@link Attempt} of the thread, so that no
 * {@link Properties} ever holds a password.
 */
public final class DriverPlugins {

    private DriverPlugins() {}

    /** Gives out the sockets of one connection, of its cancel requests too. */
    public static final class Sockets extends SocketFactory {

        private final Attempt attempt = Attempt.current();

        /** Called by pgjdbc. */
        public Sockets() {}

        @Override
        public Socket createSocket() {
            return attempt.createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    /** Puts TLS on the socket of one connection. */
    public static final class TlsSockets extends SSLSocketFactory {

        private final Attempt attempt = Attempt.current();

        /** Called by pgjdbc. */
        public TlsSockets() {}

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            return attempt.encrypt(plain);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    /** Gives the password of one login to the authentication that asks for it. */
    public static final class Passwords implements AuthenticationPlugin {

        private final Attempt attempt = Attempt.current();

        /** Called by pgjdbc. */
        public Passwords() {}

        @Override
        public char[] getPassword(AuthenticationRequestType type) {
            return attempt.password(
                    switch (type) {
                        case SASL -> "scram-sha-256";
                        case MD5_PASSWORD -> "md5";
                        case CLEARTEXT_PASSWORD -> "password";
                        default -> "gss";
                    });
        }
    }
}
