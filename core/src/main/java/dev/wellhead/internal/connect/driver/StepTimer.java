package dev.wellhead.internal.connect.driver;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.spi.ConnectSteps;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Measures the steps of one attempt for {@link ConnectSteps}. Services do not use it, only {@code doctor} does. */
final class StepTimer implements HandshakeCompletedListener {

    private final ConnectSteps steps;
    private long began = System.nanoTime();
    private @Nullable SSLSocket unreported;
    /** Volatile: JSSE calls the listener on a thread of its own. 0 until then. */
    private volatile long handshakeEnd;

    StepTimer(ConnectSteps steps) {
        this.steps = steps;
    }

    void connecting(InetSocketAddress address) {
        began = System.nanoTime();
        steps.connecting(address);
    }

    void connected(InetSocketAddress address) {
        long now = System.nanoTime();
        steps.connected(address, Duration.ofNanos(now - began));
        began = now;
    }

    void encrypting(SSLSocket socket) {
        unreported = socket;
        handshakeEnd = 0;
        socket.addHandshakeCompletedListener(this);
    }

    @Override
    public void handshakeCompleted(HandshakeCompletedEvent event) {
        handshakeEnd = System.nanoTime();
    }

    void authenticating(String method, Credentials credentials) {
        reportHandshake();
        steps.authenticating(method, credentials.user(), credentials.label());
    }

    /** Reports a completed handshake. Called with the step after it, because of the listener's own thread. */
    void reportHandshake() {
        SSLSocket socket = unreported;
        if (socket == null) {
            return;
        }
        unreported = null;
        if (TlsContext.isHandshakeComplete(socket)) {
            long end = handshakeEnd == 0 ? System.nanoTime() : handshakeEnd;
            steps.encrypted(socket.getSession(), Duration.ofNanos(end - began));
        }
    }
}
