package dev.wellhead.aws;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Starts an answer and then sends a byte now and then, so that no single read ever times out. */
final class TricklingServer implements AutoCloseable {

    private static final long BETWEEN_BYTES_NANOS = 100_000_000;

    private final ServerSocket listener;

    private TricklingServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** @param start the bytes that are sent immediately */
    static TricklingServer start(String start) throws IOException {
        TricklingServer server = new TricklingServer(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(() -> server.serve(start.getBytes(StandardCharsets.ISO_8859_1)), "trickling-store");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    private void serve(byte[] start) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(start);
                while (!listener.isClosed()) {
                    out.write('x');
                    LockSupport.parkNanos(BETWEEN_BYTES_NANOS);
                }
            } catch (IOException e) {
                // the client has closed the connection, as expected
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
