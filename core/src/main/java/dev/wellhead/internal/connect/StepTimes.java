package dev.wellhead.internal.connect;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.spi.ConnectSteps;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link ConnectSteps} of the steps of one attempt, each with its time. Only where somebody asked: a service has
 * none of it.
 */
public final class StepTimes {

    private final ConnectSteps steps;
    private long began = System.nanoTime();
    private @Nullable SSLSocket tls;
    /** JSSE tells the end of a handshake on a thread of its own, so it is told to the steps with the next one. */
    private volatile @Nullable Handshake handshake;

    public StepTimes(ConnectSteps steps) {
        this.steps = steps;
    }

    /**
     * @param session that was negotiated
     * @param nanoTime when
     */
    private record Handshake(SSLSession session, long nanoTime) {}

    public void connecting(InetSocketAddress address) {
        began = System.nanoTime();
        steps.connecting(address);
    }

    public void connected(InetSocketAddress address) {
        long now = System.nanoTime();
        steps.connected(address, Duration.ofNanos(now - began));
        began = now;
    }

    public void encrypting(SSLSocket socket) {
        tls = socket;
        handshake = null;
        socket.addHandshakeCompletedListener(this::completed);
    }

    private void completed(HandshakeCompletedEvent event) {
        handshake = new Handshake(event.getSession(), System.nanoTime());
    }

    public void authenticating(String method, Credentials credentials) {
        encrypted();
        steps.authenticating(method, credentials.user(), credentials.label());
    }

    /** The attempt is over, well or not. */
    public void end() {
        encrypted();
    }

    private void encrypted() {
        SSLSocket socket = tls;
        if (socket == null) {
            return;
        }
        Handshake done = handshake;
        // a session that was never negotiated has no suite worth the name
        SSLSession session = done == null ? socket.getSession() : done.session();
        if (!session.getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL")) {
            long end = done == null ? System.nanoTime() : done.nanoTime();
            steps.encrypted(session, Duration.ofNanos(end - began));
        }
        tls = null;
    }
}
