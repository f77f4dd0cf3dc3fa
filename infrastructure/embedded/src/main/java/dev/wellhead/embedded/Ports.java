package dev.wellhead.embedded;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** Which ports of loopback are free. */
final class Ports {

    /** {@link ServerProcess#ADDRESS}. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final int ANSWER_MILLIS = 1_000;

    /** PostgreSQL documentation, "Message Formats", SSLRequest: answered with one byte, before any authentication. */
    private static final int SSL_REQUEST = 80_877_103;

    private Ports() {}

    /** {@return a port that is free now} */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(0));
            return socket.getLocalPort();
        }
    }

    /**
     * Does nothing where the port can be had.
     *
     * @throws PortTakenException when it is taken; the message says by what
     */
    static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(port));
        } catch (BindException e) {
            throw isTaken(port) ? new PortTakenException(port, isPostgres(port)) : notPermitted(port, e);
        } catch (SocketException e) {
            throw notPermitted(port, e);
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

    private static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), ANSWER_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static IOException notPermitted(int port, IOException cause) {
        return new IOException(
                "Port " + port + " on " + ServerProcess.ADDRESS + " cannot be had: " + cause.getMessage()
                        + ". Choose another port.",
                cause);
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
    }
}
