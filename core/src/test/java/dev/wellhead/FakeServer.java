package dev.wellhead;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/**
 * Sends scripted bytes to each client and then closes the connection, because a real server cannot be made to send
 * them.
 */
final class FakeServer implements AutoCloseable {

    private final ServerSocket listener;
    private final List<byte[]> answers;

    private FakeServer(List<byte[]> answers) throws IOException {
        this.answers = answers;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * {@return a server that sends one answer after each message of the client} An empty answer resets the connection.
     */
    static FakeServer saying(String... answers) {
        try {
            return new FakeServer(Arrays.stream(answers)
                    .map(answer -> answer.getBytes(ISO_8859_1))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a server that refuses every start-up with an ErrorResponse} */
    static FakeServer refusingWith(String sqlState, String message) {
        try {
            ByteArrayOutputStream fields = new ByteArrayOutputStream();
            for (String field : new String[] {"SFATAL", "VFATAL", "C" + sqlState, "M" + message}) {
                fields.write(field.getBytes(ISO_8859_1));
                fields.write(0);
            }
            fields.write(0);
            ByteArrayOutputStream response = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(response);
            out.writeByte('E');
            out.writeInt(fields.size() + Integer.BYTES);
            fields.writeTo(out);
            return new FakeServer(List.of(response.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                for (byte[] answer : answers) {
                    client.getInputStream().read(new byte[8192]);
                    client.setSoLinger(answer.length == 0, 0);
                    client.getOutputStream().write(answer);
                }
            } catch (IOException e) {
                // the client closed the connection, or the test closed the server
            }
        }
    }
}
