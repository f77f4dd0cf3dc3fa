package dev.wellhead.internal.connect.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * The classes that pgjdbc instantiates by name, which is why they and their constructors are public. They get
 * everything from the {@link ConnectAttempt} of the thread, so that no {@link java.util.Properties} ever contains a
 * password.
 */
public final class DriverPlugins {

    private DriverPlugins() {}

    /**
     * Creates the sockets of one connection and of its cancel requests: plain sockets, and TLS on top of them. pgjdbc
     * uses it as {@code socketFactory} and as {@code sslfactory}, and calls only the two methods that do not throw.
     */
    public static final class Sockets extends SSLSocketFactory {

        private final ConnectAttempt attempt = ConnectAttempt.current();

        /** Called by pgjdbc. */
        public Sockets() {}

        @Override
        public Socket createSocket() throws IOException {
            return attempt.createSocket();
        }

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

    /** Supplies the password of one login when the server requests it. */
    public static final class Passwords implements AuthenticationPlugin {

        private final ConnectAttempt attempt = ConnectAttempt.current();

        /** Called by pgjdbc. */
        public Passwords() {}

        /** Passes on the name that pg_hba.conf has for the method. */
        @Override
        public char @Nullable [] getPassword(AuthenticationRequestType type) {
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
