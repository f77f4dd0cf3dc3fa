package dev.wellhead.internal.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers the first message of every client with bytes that the test sets, and records what the clients send. */
final class AnsweringServer implements AutoCloseable {

    private final ServerSocket listener;
    private byte[] answer = {};
    private final StringBuilder received = new StringBuilder();

    AnsweringServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "answering-server");
        thread.setDaemon(true);
        thread.start();
    }

    String host() {
        return "127.0.0.1";
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Sets the answer, and forgets what was received. */
    synchronized void answer(byte[] bytes) {
        answer = bytes.clone();
        received.setLength(0);
    }

    /** {@return everything that clients sent since the answer was set, one character for each byte} */
    synchronized String received() {
        return received.toString();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                // a connection that is closed with a reset does not stay in TIME_WAIT, where it would occupy a port
                client.setSoLinger(true, 0);
                converse(client);
            } catch (IOException ended) {
                // the client closed the connection, or the test is over
            }
        }
    }

    private void converse(Socket client) throws IOException {
        byte[] buffer = new byte[8192];
        InputStream in = client.getInputStream();
        int count = in.read(buffer);
        if (count > 0) {
            keep(buffer, count);
            client.getOutputStream().write(present());
            client.shutdownOutput();
        }
        while (count > 0) {
            count = in.read(buffer);
            keep(buffer, count);
        }
    }

    private synchronized byte[] present() {
        return answer;
    }

    private synchronized void keep(byte[] bytes, int count) {
        if (count > 0) {
            received.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
