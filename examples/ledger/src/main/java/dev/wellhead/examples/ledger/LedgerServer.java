package dev.wellhead.examples.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wellhead.examples.ledger.common.Connections;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the ledger over HTTP. {@link #close} first completes the requests in progress, answers new requests with 503, and
 * then closes the socket.
 */
final class LedgerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerServer.class);
    static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    private static final int MAXIMUM_BODY_BYTES = 16 * 1024;

    private final HttpServer http;
    private final Routes routes;
    // more threads than connections: requests wait in the pool, which limits the wait to connectionTimeout
    private final ExecutorService exchanges = Executors.newFixedThreadPool(32);
    private final ExecutorService probes;
    private final Phaser inProgress = new Phaser(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    private LedgerServer(HttpServer http, Routes routes, ExecutorService probes) {
        this.http = http;
        this.routes = routes;
        this.probes = probes;
    }

    /** {@return a server on {@code port} of {@code address}, which uses only the database; port 0 uses a free one} */
    static LedgerServer start(Connections connections, InetAddress address, int port) throws IOException {
        return start(connections, LedgerServices.none(), address, port);
    }

    /** {@return a server on {@code port} of {@code address}; the caller closes the services after the server} */
    static LedgerServer start(Connections connections, LedgerServices services, InetAddress address, int port)
            throws IOException {
        HttpServer http = listen(new InetSocketAddress(address, port));
        ExecutorService probes = Executors.newSingleThreadExecutor();
        Readiness readiness = new Readiness(connections, probes, Duration.ofSeconds(2));
        Ledger ledger = new Ledger(connections, services.outbox());
        Routes routes =
                new Routes(ledger, services.cache().orElse(null), readiness, new ServiceRoutes(connections, services));
        LedgerServer server = new LedgerServer(http, routes, probes);
        http.setExecutor(server.exchanges);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    private static HttpServer listen(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new IOException(
                    "Cannot listen on port " + address.getPort() + " of "
                            + address.getAddress().getHostAddress() + ": " + e.getMessage()
                            + ". Choose another port with --port.",
                    e);
        }
    }

    int port() {
        return http.getAddress().getPort();
    }

    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (!enter()) {
            try (exchange) {
                send(exchange, Routes.unavailable("the service is stopping").with("Connection", "close"));
            }
            return;
        }
        try (exchange) {
            send(exchange, answer(exchange));
        } finally {
            // after the exchange is closed, which sends the response
            inProgress.arriveAndDeregister();
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BODY_BYTES + 1);
        if (body.length > MAXIMUM_BODY_BYTES) {
            return Response.problem(
                            413, "Content Too Large", "The body may have at most " + MAXIMUM_BODY_BYTES + " bytes.")
                    .with("Connection", "close");
        }
        try {
            return routes.answer(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new String(body, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            LOG.error(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            return Response.problem(500, "Internal Server Error", "The request failed. The log contains the reason.");
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        response.headers().forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized boolean enter() {
        if (closing) {
            return false;
        }
        inProgress.register();
        return true;
    }

    private synchronized boolean startClosing() {
        boolean first = !closing;
        closing = true;
        return first;
    }

    @Override
    public void close() {
        if (!startClosing()) {
            return;
        }
        try {
            // HttpServer.stop(seconds) always waits for the whole time, even if no request is in progress
            inProgress.awaitAdvanceInterruptibly(inProgress.arrive(), DRAIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Requests are still in progress after {}. They are aborted.", DRAIN_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.stop(0);
            exchanges.shutdownNow();
            probes.shutdownNow();
            closed.countDown();
        }
    }
}
