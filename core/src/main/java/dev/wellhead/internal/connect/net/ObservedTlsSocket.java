package dev.wellhead.internal.connect.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connected TLS socket that notifies an observer of the bytes that the server sends inside TLS, until
 * {@link #release}. It is an {@link SSLSocket} because the driver needs one for channel binding.
 */
public final class ObservedTlsSocket extends ForwardingTlsSocket {

    private final SocketActivity activity;
    // Not volatile: the connecting thread clears it before it publishes the connection.
    private DeadlineSocket.@Nullable Observer observer;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    /** @param activity of the socket below TLS */
    public ObservedTlsSocket(SSLSocket socket, DeadlineSocket.Observer observer, SocketActivity activity) {
        super(socket);
        this.observer = observer;
        this.activity = activity;
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

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream stream = output;
        if (stream == null) {
            stream = new ExplainedOutput(socket.getOutputStream());
            DeadlineSocket.Observer by = observer;
            stream = by == null ? stream : by.sending(stream);
            output = stream;
        }
        return stream;
    }

    /** Gives the driver the reason if the connection was ended. */
    private final class ExplainedOutput extends FilterOutputStream {

        ExplainedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException failed) {
                throw activity.failureForDriver(failed);
            }
        }
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
            int count;
            try {
                count = in.read(bytes, offset, length);
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException failed) {
                throw activity.failureForDriver(failed);
            }
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
