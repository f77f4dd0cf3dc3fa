package dev.wellhead.testkit;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports nobody listens on. */
public final class FreePort {

    private FreePort() {}

    /** {@return a port that was free a moment ago, on IPv4 and IPv6} */
    public static int find() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
