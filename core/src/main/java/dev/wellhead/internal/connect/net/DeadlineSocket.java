package dev.wellhead.internal.connect.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose blocking calls all end at a deadline, so that no thread has to supervise a connection attempt. After
 * {@link #release} it is an ordinary socket. It connects to its own endpoint and ignores the address that the driver
 * passes, because the driver must not resolve names: that could take longer than the deadline.
 */
public final class DeadlineSocket extends Socket {

    /** Is notified, on the connecting thread, of what happens on a socket before it is released. */
    public interface Observer {

        /** The TCP connect begins. */
        default void connecting() {}

        /** The TCP connect succeeded. */
        default void connected(Socket socket) throws IOException {}

        /** The server sent {@code count} bytes, or closed the connection if it is negative. */
        default void received(byte[] bytes, int offset, int count) throws IOException {}

        /** The TLS handshake succeeded, and the server is verified as far as the SSL mode requires. */
        default void handshakeCompleted(SSLSocket socket) throws IOException {}

        /** The server sent {@code count} bytes inside TLS, or closed the connection if it is negative. */
        default void decrypted(byte[] bytes, int offset, int count) throws IOException {}

        /** {@return the stream that the driver or TLS writes to, on top of {@code out}} */
        default OutputStream sending(OutputStream out) {
            return out;
        }

        /** {@return whether the server has answered far enough that it may be silent until the deadline} */
        default boolean mayBeSilent() {
            return true;
        }

        /** The deadline passed; the call that waited throws {@link DeadlineExceededException}. */
        default void deadlineExceeded() {}
    }

    /** @param silenceMillis the longest wait for the server until it may be silent */
    private record Supervision(int silenceMillis, Deadline deadline, Observer observer) {}

    private final InetSocketAddress endpoint;
    // Not volatile: the connecting thread clears it before it publishes the connection.
    private @Nullable Supervision supervision;
    private final SocketActivity activity = new SocketActivity();
    private boolean carriesTls;
    private int soTimeout;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    public DeadlineSocket(InetSocketAddress endpoint, Deadline deadline, Observer observer) {
        this(endpoint, deadline.allowed(), deadline, observer);
    }

    /** @param longestSilence the longest wait for the server until {@link Observer#mayBeSilent} */
    public DeadlineSocket(InetSocketAddress endpoint, Duration longestSilence, Deadline deadline, Observer observer) {
        this.endpoint = endpoint;
        int silenceMillis = (int) Math.max(1, Math.min(longestSilence.toMillis(), Integer.MAX_VALUE));
        this.supervision = new Supervision(silenceMillis, deadline, observer);
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        Supervision by = supervision;
        if (by == null) {
            super.connect(endpoint, timeout);
            return;
        }
        by.observer().connecting();
        try {
            super.connect(endpoint, remainingMillis(by));
        } catch (SocketTimeoutException late) {
            throw exceeded(by, true);
        }
        by.observer().connected(this);
    }

    private static int remainingMillis(Supervision by) throws DeadlineExceededException {
        int millis = by.deadline().remainingMillis();
        if (millis == 0) {
            throw exceeded(by, false);
        }
        return by.observer().mayBeSilent() ? millis : Math.min(millis, by.silenceMillis());
    }

    private static DeadlineExceededException exceeded(Supervision by, boolean connecting) {
        by.observer().deadlineExceeded();
        return new DeadlineExceededException(connecting);
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
    public OutputStream getOutputStream() throws IOException {
        OutputStream stream = output;
        if (stream == null) {
            stream = new RecordedOutput(super.getOutputStream());
            Supervision by = supervision;
            stream = by == null ? stream : by.observer().sending(stream);
            output = stream;
        }
        return stream;
    }

    /** From now on, TLS and not the driver reads from this socket and writes to it. */
    public void carryTls() {
        carriesTls = true;
    }

    /** TLS permits only an {@link IOException}. {@link ObservedTlsSocket} gives the driver the reason. */
    private IOException failure(IOException failed) {
        return carriesTls ? failed : activity.failureForDriver(failed);
    }

    /** {@return the record of the reads and writes on this socket} */
    public SocketActivity activity() {
        return activity;
    }

    /**
     * Closes the socket. A read or write that blocks at this moment, and each later one, fails with the reason.
     *
     * @param reason a message for the user
     */
    public void end(String reason) {
        activity.end(reason);
        try {
            close();
        } catch (IOException failed) {
            // the system releases the socket either way
            return;
        }
    }

    @Override
    public synchronized void setSoTimeout(int timeout) throws SocketException {
        soTimeout = timeout;
        if (supervision == null) {
            super.setSoTimeout(timeout);
        }
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return supervision == null ? super.getSoTimeout() : soTimeout;
    }

    /** Ends the deadline. From now on the timeout of {@link #setSoTimeout} applies, also one that was set before. */
    public synchronized void release() throws SocketException {
        supervision = null;
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
            Supervision by = supervision;
            if (by == null) {
                return recordedRead(bytes, offset, length);
            }
            DeadlineSocket.super.setSoTimeout(remainingMillis(by));
            int count;
            try {
                count = in.read(bytes, offset, length);
            } catch (SocketTimeoutException late) {
                throw exceeded(by, false);
            }
            activity.received();
            by.observer().received(bytes, offset, count);
            return count;
        }

        private int recordedRead(byte[] bytes, int offset, int length) throws IOException {
            activity.callBegins();
            try {
                int count = in.read(bytes, offset, length);
                activity.received();
                return count;
            } catch (SocketTimeoutException late) {
                activity.timedOut();
                throw late;
            } catch (IOException failed) {
                throw failure(failed);
            } finally {
                activity.callEnds();
            }
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

    /** Records how long a write blocks: the server may not read what is sent. */
    private final class RecordedOutput extends FilterOutputStream {

        RecordedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            activity.callBegins();
            try {
                out.write(bytes, offset, length);
            } catch (IOException failed) {
                throw failure(failed);
            } finally {
                activity.callEnds();
            }
        }
    }
}
