package dev.wellhead.internal.connect.driver;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.DeadlineSocket;
import dev.wellhead.internal.connect.net.ObservedTlsSocket;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.connect.tls.PresentedCertificate;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.ConnectSteps;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to one address with one login, and what was observed during it. pgjdbc instantiates the
 * classes in {@link DriverPlugins} without arguments, so they find the attempt by their thread, from {@link #begin} to
 * {@link #finish} or {@link #abandon}. Afterwards the attempt holds no credentials and only serves cancel requests.
 */
public final class ConnectAttempt implements DeadlineSocket.Observer {

    private static final Map<Thread, ConnectAttempt> RUNNING = new ConcurrentHashMap<>();

    private final SocketSetup sockets;
    private final ServerAddress target;
    private final Duration longestSilence;
    private final Deadline deadline;
    private final TlsNegotiation negotiation;
    private final @Nullable StepTimer timer;
    private @Nullable LoginSource login;
    private FirstBytes firstBytes;
    private volatile @Nullable DeadlineSocket socket;
    private @Nullable SSLSocket tlsSocket;
    private @Nullable ObservedTlsSocket observed;
    private boolean connected;
    private volatile boolean aborted;
    private boolean timedOut;
    private boolean passwordRequested;
    private boolean passwordEmpty;
    private @Nullable String passwordMethod;

    /**
     * @param longestSilence the longest wait for the server until it requests a password
     * @param steps is notified of the progress; null if nothing needs it
     */
    public ConnectAttempt(
            SocketSetup sockets,
            ServerAddress target,
            Duration longestSilence,
            Deadline deadline,
            TlsNegotiation negotiation,
            LoginSource login,
            @Nullable ConnectSteps steps) {
        this.sockets = sockets;
        this.target = target;
        this.longestSilence = longestSilence;
        this.deadline = deadline;
        this.negotiation = negotiation;
        this.login = login;
        this.timer = steps == null ? null : new StepTimer(steps);
        this.firstBytes = negotiation.firstBytes(sockets.policy());
    }

    /** {@return the attempt of this thread} */
    static ConnectAttempt current() {
        ConnectAttempt attempt = RUNNING.get(Thread.currentThread());
        if (attempt == null) {
            throw new IllegalStateException("Only Wellhead may instantiate this class.");
        }
        return attempt;
    }

    void begin() {
        RUNNING.put(Thread.currentThread(), this);
    }

    /**
     * Ends a successful attempt: the deadline no longer applies to the socket, and received bytes are no longer
     * checked.
     */
    public void finish() throws IOException {
        TlsContext context = tlsSocket == null ? null : sockets.tls();
        if (context != null) {
            context.loginCompleted();
        }
        ObservedTlsSocket encrypted = observed;
        if (encrypted != null) {
            encrypted.release();
        }
        DeadlineSocket last = end();
        if (last != null && !last.isClosed()) {
            last.release();
        }
    }

    /** Ends a failed attempt. Closes the socket, which the driver leaves open if it did not expect the failure. */
    public void abandon() {
        closeQuietly(end());
    }

    /**
     * Makes the attempt that {@code thread} is making fail soon, by closing its socket. Has no effect if there is none.
     */
    public static void abort(Thread thread) {
        ConnectAttempt attempt = RUNNING.get(thread);
        if (attempt != null) {
            attempt.aborted = true;
            closeQuietly(attempt.socket);
        }
    }

    private static void closeQuietly(@Nullable DeadlineSocket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException alreadyClosed) {
                // the socket is of no use either way
            }
        }
    }

    private @Nullable DeadlineSocket end() {
        RUNNING.remove(Thread.currentThread());
        login = null;
        if (timer != null) {
            timer.reportHandshake();
        }
        DeadlineSocket last = socket;
        socket = null;
        observed = null;
        return last;
    }

    /** Called by the driver when the server requests a password. Returns null if there is none, and nothing is sent. */
    char @Nullable [] password(String method) {
        passwordRequested = true;
        LoginSource present = login;
        if (present == null) {
            throw new IllegalStateException("The attempt is over.");
        }
        passwordMethod = method;
        Credentials credentials = present.loginWhenAsked();
        if (timer != null) {
            timer.authenticating(method, credentials);
        }
        passwordEmpty = !credentials.hasPassword();
        return passwordEmpty ? null : credentials.password().toCharArray();
    }

    /** Called by the driver to connect. After the attempt has ended, the driver calls it to send a cancel request. */
    Socket createSocket() throws IOException {
        if (login == null) {
            return CancelConnection.open(sockets, target, isTlsStarted() ? negotiation : TlsNegotiation.NONE);
        }
        if (socket != null) {
            // The driver connects a second time only if TLS is optional and the server refused the login over TLS.
            firstBytes = FirstBytes.ofMessages(sockets.policy());
        }
        DeadlineSocket created = new DeadlineSocket(target.endpoint(), longestSilence, deadline, this);
        socket = created;
        tlsSocket = null;
        observed = null;
        connected = false;
        if (aborted) {
            throw new SocketException("The attempt was aborted.");
        }
        return created;
    }

    /** Called by the driver when the server has agreed to TLS. */
    SSLSocket encrypt(Socket plain) throws IOException {
        TlsContext context = sockets.tls();
        if (context == null) {
            throw new IOException("The SSL mode of this attempt does not use TLS.");
        }
        SSLSocket created = context.wrap(plain, server(), deadline.remaining());
        tlsSocket = created;
        if (timer != null) {
            timer.encrypting(created);
        }
        DeadlineSocket below = socket();
        below.carryTls();
        ObservedTlsSocket wrapper = new ObservedTlsSocket(created, this, below.activity());
        observed = wrapper;
        return wrapper.asSocket();
    }

    @Override
    public void handshakeCompleted(SSLSocket encrypted) throws IOException {
        negotiation.checkApplicationProtocol(encrypted);
    }

    @Override
    public void decrypted(byte[] bytes, int offset, int count) throws IOException {
        firstBytes.decrypted(bytes, offset, count);
    }

    @Override
    public void connecting() {
        if (timer != null) {
            timer.connecting(target.endpoint());
        }
    }

    @Override
    public void connected(Socket open) throws IOException {
        connected = true;
        sockets.keepAlive().applyTo(open);
        if (timer != null) {
            timer.connected(target.endpoint());
        }
    }

    @Override
    public void received(byte[] bytes, int offset, int count) throws IOException {
        firstBytes.received(bytes, offset, count);
    }

    @Override
    public OutputStream sending(OutputStream out) {
        String zone = sockets.timeZone();
        return zone == null ? out : new StartupTimeZone(out, zone);
    }

    @Override
    public void deadlineExceeded() {
        timedOut = true;
    }

    /** {@return the socket that the driver connected last} Only until the attempt ends. */
    DeadlineSocket socket() {
        DeadlineSocket present = socket;
        if (present == null) {
            throw new IllegalStateException("The attempt has no socket.");
        }
        return present;
    }

    ServerAddress target() {
        return target;
    }

    public HostAndPort server() {
        return target.server();
    }

    /** {@return the time limit that ended the attempt} */
    public Duration exceededLimit() {
        boolean wasSilent = !deadline.hasPassed() && longestSilence.compareTo(deadline.allowed()) < 0;
        return wasSilent ? longestSilence : deadline.allowed();
    }

    /** The server may need time to verify a password, but not to request it. */
    @Override
    public boolean mayBeSilent() {
        return passwordRequested;
    }

    public TlsNegotiation negotiation() {
        return negotiation;
    }

    /**
     * {@return the step that the attempt has reached} It counts as {@code TCP} until the server has sent something,
     * because a load balancer or firewall may accept a connection although there is no server behind it.
     */
    public ConnectStage stage() {
        if (!connected || !hasServerAnswered()) {
            return ConnectStage.TCP;
        }
        SSLSocket encrypted = tlsSocket;
        return encrypted != null && !TlsContext.isHandshakeComplete(encrypted)
                ? ConnectStage.TLS
                : ConnectStage.AUTHENTICATION;
    }

    public boolean isConnected() {
        return connected;
    }

    public boolean hasTimedOut() {
        return timedOut;
    }

    public boolean hasServerAnswered() {
        return firstBytes.wereReceived();
    }

    public boolean wasTlsDeclined() {
        return firstBytes.declinedTls();
    }

    public boolean isTlsStarted() {
        return tlsSocket != null;
    }

    /** {@return whether the server has accepted the login} It may refuse the session afterwards. */
    public boolean isLoginAccepted() {
        return firstBytes.acceptedLogin();
    }

    /** {@return whether the server requested a password} */
    public boolean wasPasswordRequested() {
        return passwordRequested;
    }

    /** Returns the client certificate that was sent to the server; null if the server requested none. */
    public @Nullable PresentedCertificate presentedCertificate() {
        SSLSocket encrypted = tlsSocket;
        TlsContext context = encrypted == null ? null : sockets.tls();
        return encrypted == null || context == null ? null : context.presentedOn(encrypted);
    }

    /** {@return whether another login has been completed with the same client certificate} */
    public boolean isCertificateAccepted() {
        TlsContext context = sockets.tls();
        return context != null && context.isCertificateAccepted();
    }

    /** {@return whether the server requested a password and ours was empty} */
    public boolean wasPasswordEmpty() {
        return passwordEmpty;
    }

    /** {@return how the server requested the password, as pg_hba.conf names it; null if it did not} */
    public @Nullable String passwordMethod() {
        return passwordMethod;
    }

    /** Returns when the server's certificate expires; null without TLS. */
    @Nullable
    Instant certificateExpiry() {
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

    /** Returns the TLS version, such as {@code TLSv1.3}, or {@code none}. */
    String tlsProtocol() {
        return tlsSocket == null ? "none" : tlsSocket.getSession().getProtocol();
    }
}
