package dev.wellhead.embedded.internal;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Checks which ports of the loopback address are free. */
final class LoopbackPorts {

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
            socket.bind(new InetSocketAddress(ServerProcess.ADDRESS, 0));
            return socket.getLocalPort();
        }
    }

    static boolean isPostgres(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ServerProcess.ADDRESS, port), ANSWER_MILLIS);
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
}
