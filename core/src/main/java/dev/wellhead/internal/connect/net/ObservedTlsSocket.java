package dev.wellhead.internal.connect.net;

import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connected TLS socket that notifies an observer of the bytes that the server sends inside TLS, until {@link #release}. It
 * is an {@link SSLSocket} because the driver needs one for channel binding.
 */
public final class ObservedTlsSocket extends ForwardingTlsSocket {

    // Not volatile: the connecting thread clears it before it publishes the connection.
    private DeadlineSocket.@Nullable Observer observer;
    private @Nullable InputStream input;

    public ObservedTlsSocket(SSLSocket socket, DeadlineSocket.Observer observer) {
        super(socket);
        this.observer = observer;
    }

    /** {@return this socket} The result type does not make the verification of other classes load this class. */
    public SSLSocket asSocket() {
        return this;
    }

    /** Ends the observation. From now on the socket only forwards. */
    public void release() {
        observer = null;
    }

    @Override
    public void startHandshake() throws IOException {
        socket.startHandshake();
        DeadlineSocket.Observer by = observer;
        if (by != null) {
            by.handshakeCompleted(socket);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream stream = input;
        if (stream == null) {
            stream = new ObservedStream(socket.getInputStream());
            input = stream;
        }
        return stream;
    }

    private final class ObservedStream extends InputStream {

        private final InputStream in;

        ObservedStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            DeadlineSocket.Observer by = observer;
            if (by != null) {
                by.decrypted(bytes, offset, count);
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
