package dev.wellhead.internal.connect;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.failure.NotPostgresqlException;
import dev.wellhead.internal.connect.login.Candidate;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectSteps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connect to one address with one login: what the classes that pgjdbc instantiates by name ({@link DriverPlugins})
 * need to know, and what they saw. Handed to them through the thread, since they get no argument of ours; lives on that
 * thread until {@link #finish}. Afterwards only the address is left in it, for cancel requests.
 */
public final class Attempt {

    private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

    private final HostAndPort server;
    private final InetAddress address;
    private final Deadline deadline;
    private final Encryption encryption;
    private final @Nullable TlsContext tls;
    private final KeepAlive keepAlive;
    private @Nullable Candidate credentials;
    private Greeting greeting;
    private @Nullable DeadlineSocket socket;
    private @Nullable SSLSocket tlsSocket;
    private boolean connected;
    private boolean timedOut;
    private boolean emptyPassword;
    private @Nullable StepTimes steps;

    public Attempt(
            HostAndPort server,
            InetAddress address,
            Deadline deadline,
            Encryption encryption,
            @Nullable TlsContext tls,
            KeepAlive keepAlive,
            Candidate credentials) {
        this.server = server;
        this.address = address;
        this.deadline = deadline;
        this.encryption = encryption;
        this.tls = tls;
        this.keepAlive = keepAlive;
        this.credentials = credentials;
        this.greeting = encryption.greeting();
    }

    /** The attempt of this thread; the plug-ins call it in their constructors. */
    public static Attempt current() {
        Attempt attempt = CURRENT.get();
        if (attempt == null) {
            throw new IllegalStateException("only a Connector may instantiate this class");
        }
        return attempt;
    }

    public void begin() {
        CURRENT.set(this);
    }

    /** Ends the deadline's hold on the socket and forgets the credentials. */
    public void finish() throws IOException {
        CURRENT.remove();
        credentials = null;
        DeadlineSocket last = socket;
        socket = null;
        if (last != null && !last.isClosed()) {
            last.release();
        }
        end();
    }

    /** Ends a failed attempt; the driver leaves the socket open where it did not expect the failure. */
    public void abandon() {
        CURRENT.remove();
        credentials = null;
        DeadlineSocket last = socket;
        socket = null;
        if (last != null) {
            try {
                last.close();
            } catch (IOException alreadyGone) {
                // there is nothing left to close
            }
        }
        end();
    }

    private void end() {
        if (steps != null) {
            steps.end();
            steps = null;
        }
    }

    public HostAndPort server() {
        return server;
    }

    public InetAddress address() {
        return address;
    }

    public Deadline deadline() {
        return deadline;
    }

    public Encryption encryption() {
        return encryption;
    }

    /** Tells how far it comes. */
    public void tell(ConnectSteps told) {
        steps = new StepTimes(told);
    }

    public void connecting() {
        if (steps != null) {
            steps.connecting(endpoint());
        }
    }

    public char[] password(String method) {
        Candidate candidate = credentials;
        if (candidate == null) {
            throw new IllegalStateException("the attempt is over");
        }
        Credentials login = candidate.atTheDoor();
        if (steps != null) {
            steps.authenticating(method, login);
        }
        char[] password = login.password().toCharArray();
        emptyPassword = password.length == 0;
        return password;
    }

    /** A socket that knows where to go; after the attempt one for a cancel request. */
    public Socket createSocket() {
        if (credentials == null) {
            return new DeadlineSocket(this, false);
        }
        if (socket != null) {
            // the driver connects again only to do without TLS, where that is allowed and the first try was refused
            greeting = Encryption.NONE.greeting();
        }
        DeadlineSocket created = new DeadlineSocket(this, true);
        socket = created;
        tlsSocket = null;
        connected = false;
        return created;
    }

    public SSLSocket encrypt(Socket plain) throws IOException {
        if (tls == null) {
            throw new IOException("TLS was not prepared for this attempt");
        }
        tlsSocket = tls.wrap(plain, server);
        if (steps != null) {
            steps.encrypting(tlsSocket);
        }
        return tlsSocket;
    }

    public InetSocketAddress endpoint() {
        return new InetSocketAddress(address, server.port());
    }

    public void connected(Socket open) throws IOException {
        connected = true;
        keepAlive.applyTo(open);
        if (steps != null) {
            steps.connected(endpoint());
        }
    }

    public void received(byte[] bytes, int offset, int count) throws NotPostgresqlException {
        greeting.received(bytes, offset, count);
    }

    public DeadlineExceededException exceeded() {
        timedOut = true;
        return new DeadlineExceededException();
    }

    public boolean isConnected() {
        return connected;
    }

    public boolean hasTimedOut() {
        return timedOut;
    }

    public boolean wasHeard() {
        return greeting.heard();
    }

    public boolean wasTlsDeclined() {
        return greeting.tlsDeclined();
    }

    public boolean isTlsStarted() {
        return tlsSocket != null;
    }

    /** Whether the server asked for a password and it was empty. */
    public boolean wasPasswordEmpty() {
        return emptyPassword;
    }

    /** When the server's certificate expires; null without TLS. */
    @Nullable
    public Instant certificateExpiry() {
        SSLSocket encrypted = tlsSocket;
        if (encrypted == null) {
            return null;
        }
        try {
            Certificate own = encrypted.getSession().getPeerCertificates()[0];
            return own instanceof X509Certificate x509 ? x509.getNotAfter().toInstant() : null;
        } catch (SSLPeerUnverifiedException anonymous) {
            return null;
        }
    }

    /** {@code "TLSv1.3"} and the like, or {@code "none"}. */
    public String protocol() {
        return tlsSocket == null ? "none" : tlsSocket.getSession().getProtocol();
    }
}
