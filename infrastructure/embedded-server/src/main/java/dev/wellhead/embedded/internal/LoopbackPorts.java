package dev.wellhead.embedded.internal;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Checks which ports of the loopback address are free. */
final class LoopbackPorts {

    /** {@link ServerProcess#ADDRESS}. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final int ANSWER_MILLIS = 1_000;

    /**
     * A request that a PostgreSQL server answers with one byte before any authentication. Source: PostgreSQL
     * documentation, "Message Formats", SSLRequest.
     */
    private static final int SSL_REQUEST = 80_877_103;

    private LoopbackPorts() {}

    /** {@return a port that is free at this moment; another process may take it before the caller does} */
    static int findFree() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(0));
            return socket.getLocalPort();
        }
    }

    static boolean isPostgres(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(8);
            out.writeInt(SSL_REQUEST);
            out.flush();
            int answer = socket.getInputStream().read();
            return answer == 'S' || answer == 'N';
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
    }
}
