package dev.wellhead.examples.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
 * The ledger over HTTP. Closing it drains: what is under way is answered, what comes later is told to go elsewhere, and
 * only then does the socket close.
 */
final class LedgerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerServer.class);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
    private static final int LARGEST_BODY = 16 * 1024;

    private final HttpServer http;
    private final Routes routes;
    // more than the pool has connections: borrowers queue in the pool, which bounds their wait
    private final ExecutorService exchanges = Executors.newFixedThreadPool(32);
    private final ExecutorService probes;
    private final Phaser underWay = new Phaser(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    private LedgerServer(HttpServer http, Routes routes, ExecutorService probes) {
        this.http = http;
        this.routes = routes;
        this.probes = probes;
    }

    /** {@return a server that answers on {@code port} of {@code address}; 0 takes a free port} */
    static LedgerServer start(Connections connections, InetAddress address, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(address, port), 0);
        ExecutorService probes = Executors.newSingleThreadExecutor();
        Readiness readiness = new Readiness(connections, probes, Duration.ofSeconds(2));
        LedgerServer server = new LedgerServer(http, new Routes(new Ledger(connections), readiness), probes);
        http.setExecutor(server.exchanges);
        http.createContext("/", server::handle);
        http.start();
        return server;
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
            // after the exchange was closed, which is what sends the answer
            underWay.arriveAndDeregister();
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return Response.problem(413, "Content Too Large", "The body may have at most " + LARGEST_BODY + " bytes.")
                    .with("Connection", "close");
        }
        try {
            return routes.answer(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new String(body, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            LOG.error(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            return Response.problem(500, "Internal Server Error", "The request failed; the log says why.");
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        byte[] body = Json.bytes(response.body());
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
        underWay.register();
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
            // HttpServer.stop(seconds) waits for all of them even when nothing is under way
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Requests are still under way after {}; they are cut off.", LONGEST_DRAIN);
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
