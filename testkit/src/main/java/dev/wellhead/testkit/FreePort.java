package dev.wellhead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Finds ports that no program listens on. */
public final class FreePort {

    private FreePort() {}

    /** {@return a port that is free at this moment, on IPv4 and IPv6} */
    public static int find() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
