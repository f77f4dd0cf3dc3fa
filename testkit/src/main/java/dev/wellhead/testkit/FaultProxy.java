package dev.wellhead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback that misbehaves as told. What is told counts at once, for connections that exist as well.
 * Passes everything on until told otherwise. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final InetSocketAddress target;
    private final int port;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Traffic traffic = Traffic.PASSING;
    private @Nullable ServerSocket listener;
    private Thread acceptor = new Thread();

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.port = listen(0);
    }

    /** {@return a proxy in front of a server; the caller closes it} */
    public static FaultProxy to(String host, int port) {
        return PostgresServer.unchecked(() -> new FaultProxy(new InetSocketAddress(host, port)));
    }

    /** {@return a proxy in front of a PostgreSQL; the caller closes it} */
    public static FaultProxy to(PostgresServer server) {
        return to(server.host(), server.port());
    }

    /** {@return its address} */
    public String host() {
        return "127.0.0.1";
    }

    /** {@return its port, the same for its whole life} */
    public int port() {
        return port;
    }

    /** {@return how many connections it has accepted so far} */
    public int connectionCount() {
        return accepted.get();
    }

    /** {@return how many connections are open now} */
    public int openConnections() {
        return connections.size();
    }

    /** Passes everything on; what was held back goes first. */
    public void pass() {
        become(Traffic.PASSING);
    }

    /** Passes everything on, each piece this much later, in both directions. */
    public void delay(Duration latency) {
        become(new Traffic(false, latency, false));
    }

    /** Passes what the server says one byte at a time, with this pause before each; the client is heard as usual. */
    public void trickle(Duration pause) {
        become(new Traffic(false, pause, true));
    }

    /** Accepts and stays silent; what anybody says is held back until it passes again. */
    public void blackHole() {
        become(Traffic.HELD);
    }

    /** Cuts existing connections off from the server without telling the client; new ones pass. */
    public void halfOpen() {
        for (ProxiedConnection connection : connections) {
            connection.forgetServer();
        }
    }

    /** Resets existing connections; new ones are treated as told before. */
    public void resetAll() {
        for (ProxiedConnection connection : connections) {
            connection.reset();
        }
    }

    /** Stops listening: new connections are refused, existing ones are left alone. Ends with the next instruction. */
    public synchronized void refuse() {
        stopListening();
    }

    /** Ends the proxy and resets every connection. */
    @Override
    public void close() {
        refuse();
        resetAll();
    }

    Traffic traffic() {
        return traffic;
    }

    /** Waits until traffic may move or the connection is gone. */
    synchronized Traffic awaitMoving(ProxiedConnection connection) throws InterruptedException {
        while (traffic.held() && connection.isOpen()) {
            wait();
        }
        return traffic;
    }

    synchronized void closed(ProxiedConnection connection) {
        connections.remove(connection);
        notifyAll();
    }

    private synchronized void become(Traffic next) {
        traffic = next;
        notifyAll();
        if (listener == null) {
            PostgresServer.unchecked(() -> listen(port));
        }
    }

    private synchronized int listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(host(), wanted), BACKLOG);
        listener = socket;
        acceptor = new Thread(() -> accept(socket), "fault-proxy-" + socket.getLocalPort());
        acceptor.setDaemon(true);
        acceptor.start();
        return socket.getLocalPort();
    }

    private synchronized void stopListening() {
        if (listener != null) {
            try {
                listener.close();
                // the port listens until the thread inside accept() has noticed
                acceptor.join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            listener = null;
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                ProxiedConnection connection = new ProxiedConnection(this, client, target);
                accepted.incrementAndGet();
                connections.add(connection);
                connection.start();
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * How bytes move.
     *
     * @param held not at all
     * @param pause before each piece
     * @param singly one byte at a time from the server
     */
    record Traffic(boolean held, Duration pause, boolean singly) {
        static final Traffic PASSING = new Traffic(false, Duration.ZERO, false);
        static final Traffic HELD = new Traffic(true, Duration.ZERO, false);
    }
}
