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
 * A TCP proxy on the loopback address that simulates network faults. It forwards everything until a fault is set. A
 * fault applies immediately, and to existing connections as well. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final String address;
    private final int port;
    private volatile InetSocketAddress target;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Traffic traffic = Traffic.PASSING;
    private @Nullable ServerSocket listener;
    private Thread acceptor = new Thread();

    private FaultProxy(String address, int port, InetSocketAddress target) throws IOException {
        this.address = address;
        this.target = target;
        this.port = listen(port);
    }

    /** {@return a proxy in front of a server; the caller closes it} */
    public static FaultProxy to(String host, int port) {
        return PostgresServer.unchecked(() -> new FaultProxy("127.0.0.1", 0, new InetSocketAddress(host, port)));
    }

    /**
     * {@return a proxy that listens on another loopback address but on the port of this one, for a name that moves; the
     * caller closes it} Only Linux has loopback addresses other than 127.0.0.1.
     */
    public FaultProxy beside(String otherAddress, PostgresServer server) {
        return PostgresServer.unchecked(
                () -> new FaultProxy(otherAddress, port, new InetSocketAddress(server.host(), server.port())));
    }

    /** {@return a proxy in front of a PostgreSQL server; the caller closes it} */
    public static FaultProxy to(PostgresServer server) {
        return to(server.host(), server.port());
    }

    /** {@return the address} */
    public String host() {
        return address;
    }

    /** {@return the port, which does not change} */
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

    /** Forwards everything, first the bytes that were held back. */
    public void pass() {
        become(Traffic.PASSING);
    }

    /** Forwards everything with this delay, in both directions. */
    public void delay(Duration latency) {
        become(new Traffic(false, latency, false));
    }

    /**
     * Forwards bytes from the server one at a time with this pause before each. The other direction is not affected.
     */
    public void trickle(Duration pause) {
        become(new Traffic(false, pause, true));
    }

    /** Accepts connections but forwards nothing. All bytes are held back until {@link #pass}. */
    public void blackHole() {
        become(Traffic.HELD);
    }

    /** Closes the server side of existing connections, and keeps the client side open and silent. */
    public void halfOpen() {
        for (ProxiedConnection connection : connections) {
            connection.forgetServer();
        }
    }

    /** Forwards new connections to another server. Existing connections are not affected. */
    public void moveTo(PostgresServer server) {
        target = new InetSocketAddress(server.host(), server.port());
    }

    /** Resets existing connections. New connections are not affected. */
    public void resetAll() {
        for (ProxiedConnection connection : connections) {
            connection.reset();
        }
    }

    /** Refuses new connections until the next fault or {@link #pass} is set. Existing connections are not affected. */
    public synchronized void refuse() {
        stopListening();
    }

    /** Stops the proxy and resets every connection. */
    @Override
    public void close() {
        refuse();
        resetAll();
    }

    Traffic traffic() {
        return traffic;
    }

    /** Waits until bytes may be forwarded or the connection is closed. */
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
                // the port stays open until the thread in accept() has returned
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
     * How bytes are forwarded.
     *
     * @param held whether they are held back
     * @param pause the pause before each piece
     * @param singly whether bytes from the server are forwarded one at a time
     */
    record Traffic(boolean held, Duration pause, boolean singly) {
        static final Traffic PASSING = new Traffic(false, Duration.ZERO, false);
        static final Traffic HELD = new Traffic(true, Duration.ZERO, false);
    }
}
