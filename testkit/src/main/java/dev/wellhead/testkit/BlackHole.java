package dev.wellhead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on the loopback address that does not answer connection attempts, like a host behind a firewall that drops
 * packets. Its queue of pending connections is full, and Linux drops further attempts.
 */
public final class BlackHole implements AutoCloseable {

    private static final int FILL = 64;
    private static final int UNANSWERED_MILLIS = 200;

    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    private BlackHole(ServerSocket listener) {
        this.listener = listener;
    }

    /** {@return a black hole; the caller closes it} */
    public static BlackHole open() {
        return open(0);
    }

    /** {@return a black hole on this port, which must be free; the caller closes it} */
    public static BlackHole open(int port) {
        try {
            BlackHole hole = new BlackHole(new ServerSocket());
            hole.listener.bind(new InetSocketAddress(hole.host(), port), 1);
            hole.fill();
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the address} */
    public String host() {
        return "127.0.0.1";
    }

    /** {@return the port} */
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            for (Socket socket : queued) {
                socket.close();
            }
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        for (int i = 0; i < FILL; i++) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(new InetSocketAddress(host(), port()), UNANSWERED_MILLIS);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        close();
        throw new IOException("this system accepts connections although the queue is full");
    }
}
