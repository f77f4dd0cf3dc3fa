package dev.wellhead.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** One connection through a {@link FaultProxy}: two sockets and one thread for each direction. */
final class ProxiedConnection {

    private static final int PIECE = 16 * 1024;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private volatile boolean serverForgotten;

    ProxiedConnection(FaultProxy proxy, Socket client, InetSocketAddress target) {
        this.proxy = proxy;
        this.client = client;
        this.target = target;
    }

    void start() {
        run(this::connectThenPump);
    }

    boolean isOpen() {
        return !client.isClosed();
    }

    /** Closes the server side. The client side stays open and silent. */
    void forgetServer() {
        serverForgotten = true;
        closeQuietly(server);
    }

    /** Sends an RST to both sides. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
        end();
    }

    private void connectThenPump() {
        try {
            proxy.awaitMoving(this);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target);
            run(() -> pump(server, client, true));
            pump(client, server, false);
        } catch (IOException e) {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private void pump(Socket from, Socket to, boolean fromServer) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (fromServer && serverForgotten) {
                    // for example TLS's notification that the server closes
                    return;
                }
                forward(Arrays.copyOf(piece, count), out, fromServer);
            }
            if (fromServer && serverForgotten) {
                // the end is that of the socket which was closed here
                return;
            }
            to.shutdownOutput();
        } catch (IOException e) {
            if (!serverForgotten) {
                end();
            }
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (fromServer && !serverForgotten) {
            end();
        }
    }

    private void forward(byte[] piece, OutputStream out, boolean fromServer) throws IOException, InterruptedException {
        int sent = 0;
        while (sent < piece.length) {
            FaultProxy.Traffic traffic = proxy.awaitMoving(this);
            Thread.sleep(traffic.pause().toMillis());
            if (proxy.traffic().held()) {
                continue;
            }
            int next = traffic.singly() && fromServer ? 1 : piece.length - sent;
            out.write(piece, sent, next);
            sent += next;
        }
    }

    private void end() {
        closeQuietly(client);
        closeQuietly(server);
        proxy.closed(this);
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy-connection");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // there is nothing left to close
        }
    }
}
