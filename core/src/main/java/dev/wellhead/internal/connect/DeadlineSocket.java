package dev.wellhead.internal.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A socket that gives every step of an attempt what is left until its deadline, so that no thread has to watch it, and
 * is an ordinary socket afterwards. It goes to the attempt's address, whatever the driver asks for: names are resolved
 * within the deadline, not by the driver.
 */
public final class DeadlineSocket extends Socket {

    private final Attempt attempt;
    // plain: written by the connecting thread before it hands the connection on
    private boolean bounded;
    private int soTimeout;
    private @Nullable InputStream input;

    /** @param bounded whether the attempt's deadline holds; else it is for a cancel request, once the attempt is over */
    public DeadlineSocket(Attempt attempt, boolean bounded) {
        this.attempt = attempt;
        this.bounded = bounded;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        if (!bounded) {
            super.connect(attempt.endpoint(), timeout);
            return;
        }
        attempt.connecting();
        try {
            super.connect(attempt.endpoint(), remaining());
        } catch (SocketTimeoutException late) {
            throw attempt.exceeded();
        }
        attempt.connected(this);
    }

    private int remaining() throws DeadlineExceededException {
        int millis = attempt.deadline().remainingMillis();
        if (millis == 0) {
            throw attempt.exceeded();
        }
        return millis;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream stream = input;
        if (stream == null) {
            stream = new DeadlineStream(super.getInputStream());
            input = stream;
        }
        return stream;
    }

    @Override
    public synchronized void setSoTimeout(int timeout) throws SocketException {
        soTimeout = timeout;
        if (!bounded) {
            super.setSoTimeout(timeout);
        }
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return bounded ? soTimeout : super.getSoTimeout();
    }

    /** Ends the deadline: from here on the socket's own timeout counts. */
    public synchronized void release() throws SocketException {
        bounded = false;
        super.setSoTimeout(soTimeout);
    }

    private final class DeadlineStream extends InputStream {

        private final InputStream in;

        DeadlineStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!bounded) {
                return in.read(bytes, offset, length);
            }
            DeadlineSocket.super.setSoTimeout(remaining());
            int count;
            try {
                count = in.read(bytes, offset, length);
            } catch (SocketTimeoutException late) {
                throw attempt.exceeded();
            }
            attempt.received(bytes, offset, count);
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
