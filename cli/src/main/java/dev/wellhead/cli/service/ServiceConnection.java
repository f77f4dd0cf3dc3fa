package dev.wellhead.cli.service;

import dev.wellhead.internal.connect.tls.ServerTrustManager;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Setting;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.SslMode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a service, over TCP or TLS. To connect, and the answer to {@link #ask}, take at most the limit. The TLS
 * handshake and a reply of Redis fail if the server sends nothing for that long; a server that sends its bytes slowly can
 * take longer. Not thread-safe.
 */
final class ServiceConnection implements AutoCloseable {

    private static final long MILLI_NANOS = 1_000_000;

    private final NamedService service;
    private final ServiceAddress address;
    private final long limitNanos;
    private Socket socket;
    private @Nullable X509Certificate certificate;
    private boolean silent;
    /** Of the replies of Redis; null before the first. */
    private @Nullable InputStream in;

    private ServiceConnection(NamedService service, ServiceAddress address, Socket socket, Duration limit) {
        this.service = service;
        this.address = address;
        this.socket = socket;
        this.limitNanos = limit.toNanos();
    }

    /** {@return the trust manager of a cache's settings, or else of the JVM, which its clients of the services use too} */
    private X509ExtendedTrustManager trust() throws ServiceFailure {
        DatabaseSettings settings = service.settings();
        try {
            return settings == null || settings.sslMode() == SslMode.DISABLE
                    ? ServerTrustManager.ofJvm()
                    : (X509ExtendedTrustManager) new TlsContext(settings, settings.sslMode()).trustManager();
        } catch (TlsMaterialException e) {
            Setting<?> about = e.settings().get(0);
            String fix = e.fix().isEmpty() ? "Correct " + service.reference(about) + "." : e.fix();
            throw ServiceFailure.of(FailureKind.TLS_FAILED, SafeText.of(e.getMessage()), fix)
                    .about(about);
        } catch (GeneralSecurityException e) {
            throw ServiceFailure.of(
                    FailureKind.TLS_FAILED,
                    "the trust store of the JVM cannot be read: " + SafeText.of(e.getMessage()),
                    "Correct the system property javax.net.ssl.trustStore and its password, or the file cacerts.");
        }
    }

    /**
     * {@return a connection to the first address that accepts one}
     *
     * @param limit the longest time for all addresses; later the longest time without an answer
     */
    static ServiceConnection open(
            NamedService service, ServiceAddress address, List<InetAddress> addresses, Duration limit)
            throws ServiceFailure {
        long end = System.nanoTime() + limit.toNanos();
        IOException last = null;
        for (int i = 0; i < addresses.size(); i++) {
            Socket socket = new Socket();
            try {
                int share = millis(end - System.nanoTime()) / (addresses.size() - i);
                socket.connect(new InetSocketAddress(addresses.get(i), address.port()), Math.max(1, share));
                socket.setTcpNoDelay(true);
                return new ServiceConnection(service, address, socket, limit);
            } catch (IOException e) {
                last = e;
                closeQuietly(socket);
            }
        }
        boolean isLocal = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        String start = isLocal ? "Start it" : "Check that it runs";
        throw notConnected(Objects.requireNonNull(last), limit, start, service.key());
    }

    private static ServiceFailure notConnected(IOException e, Duration limit, String start, String key) {
        if (e instanceof SocketTimeoutException) {
            return ServiceFailure.of(
                    FailureKind.TIMED_OUT,
                    "it does not answer within " + limit.toSeconds() + "s",
                    "Check " + key + ". A firewall or security group that drops packets has the same effect.");
        }
        return e instanceof ConnectException
                ? ServiceFailure.of(
                        FailureKind.REFUSED, "nothing listens on this port", start + ", or correct " + key + ".")
                : ServiceFailure.of(
                        FailureKind.NETWORK,
                        "it cannot be reached: " + SafeText.of(e.getMessage()),
                        "Check " + key + ".");
    }

    /** {@return the time in milliseconds, at least 1} */
    private static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / MILLI_NANOS));
    }

    /**
     * Encrypts the connection, and verifies the certificate and the host name.
     *
     * @param trust decides whether a certificate is trusted; null for that of the service's settings or of the JVM
     * @return the session; null if the server does not speak TLS, or gives no reason
     * @throws ServiceFailure if the certificate is refused
     */
    @Nullable
    SSLSession encrypt(@Nullable X509ExtendedTrustManager trust) throws ServiceFailure {
        ServerIdentity identity = new ServerIdentity(trust == null ? trust() : trust, service, address.host());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {identity}, null);
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (service.protocol() == ServiceProtocol.GRPC) {
                parameters.setApplicationProtocols(new String[] {"h2"});
            }
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(millis(limitNanos));
            tls.startHandshake();
            socket = tls;
            return tls.getSession();
        } catch (IOException e) {
            ServiceFailure refusal = identity.refusal();
            if (refusal != null) {
                throw refusal;
            }
            silent = e instanceof SocketTimeoutException;
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be used in this JVM.", e);
        } finally {
            certificate = identity.certificate();
        }
    }

    /** {@return whether the server answers TLS} Its certificate may be refused. */
    boolean speaksTls(@Nullable X509ExtendedTrustManager trust) throws ServiceFailure {
        try {
            return encrypt(trust) != null;
        } catch (ServiceFailure e) {
            if (certificate == null) {
                throw e;
            }
            return true;
        }
    }

    /** {@return whether the server sent nothing during the handshake} */
    boolean isSilent() {
        return silent;
    }

    /** {@return what to do if the port may be that of another server, as a sentence} */
    String checkPort() {
        return "Check the port in " + service.key() + ", and the server.";
    }

    /** {@return the recognised answer to the smallest request of the protocol; null if the server closes the connection} */
    @Nullable
    ServiceAnswer ask() throws ServiceFailure {
        ServiceProtocol protocol = service.protocol();
        byte[] bytes = new byte[ServiceAnswer.LONGEST];
        int length = 0;
        long end = System.nanoTime() + limitNanos;
        try {
            socket.getOutputStream().write(protocol.request(address));
            socket.getOutputStream().flush();
            InputStream answer = socket.getInputStream();
            while (length < bytes.length) {
                if (end - System.nanoTime() <= 0) {
                    throw new SocketTimeoutException();
                }
                socket.setSoTimeout(millis(end - System.nanoTime()));
                int count = answer.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
                ServiceAnswer recognised = ServiceAnswer.recognise(protocol, bytes, length);
                if (recognised != null) {
                    return recognised;
                }
            }
        } catch (SocketTimeoutException e) {
            if (length == 0) {
                throw ServiceFailure.of(
                        FailureKind.TIMED_OUT,
                        "it accepts connections, but does not answer " + protocol + " within "
                                + Duration.ofNanos(limitNanos).toSeconds() + "s",
                        checkPort());
            }
        } catch (IOException e) {
            // a server that does not understand the request may reset the connection
        }
        if (length == 0) {
            return null;
        }
        throw ServiceFailure.wrongProtocol(
                "its answer is not " + protocol, "Correct the port in " + service.key() + ".");
    }

    /** {@return the reply to a command of Redis} */
    RedisReply redis(String... words) throws ServiceFailure {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try {
            socket.setSoTimeout(millis(limitNanos));
            socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return RedisReply.read(buffered());
        } catch (SocketTimeoutException e) {
            throw ServiceFailure.of(
                    FailureKind.TIMED_OUT,
                    "it does not answer " + words[0] + " within "
                            + Duration.ofNanos(limitNanos).toSeconds() + "s",
                    "Check the server and its load.");
        } catch (IOException e) {
            throw ServiceFailure.of(
                    FailureKind.NETWORK,
                    "the connection failed at " + words[0] + ": " + SafeText.of(e.getMessage()),
                    "Check the server, its logs and every proxy before it.");
        }
    }

    private InputStream buffered() throws IOException {
        InputStream known = in;
        if (known == null) {
            known = new BufferedInputStream(socket.getInputStream());
            in = known;
        }
        return known;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing depends on it
        }
    }
}
