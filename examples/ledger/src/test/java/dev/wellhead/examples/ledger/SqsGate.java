package dev.wellhead.examples.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server between the ledger and ElasticMQ, which never answers the requests of one action. The ledger waits for the answer,
 * so a test can kill it at this point.
 */
final class SqsGate implements AutoCloseable {

    /** Headers that the client sets itself, or that belong to the connection. */
    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService exchanges = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String action;
    private final boolean forwards;
    private final HttpServer http;
    private final URI target;

    private SqsGate(String endpoint, String action, boolean forwards) throws IOException {
        this.target = URI.create(endpoint);
        this.action = action;
        this.forwards = forwards;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(exchanges);
        http.createContext("/", this::handle);
        http.start();
    }

    /** {@return a gate at which requests of the action end, before they reach the queue} */
    static SqsGate before(String endpoint, String action) throws IOException {
        return new SqsGate(endpoint, action, false);
    }

    /** {@return a gate that passes requests of the action to the queue, but not their answers back} */
    static SqsGate after(String endpoint, String action) throws IOException {
        return new SqsGate(endpoint, action, true);
    }

    String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Waits until a request of the action has arrived, and has reached the queue if the gate forwards it. */
    void awaitHeld() throws InterruptedException {
        if (!held.await(ServedLedger.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("There was no request of the action " + action + ".");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean holds = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .endsWith("." + action);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (holds && !forwards) {
                hold();
                return;
            }
            HttpResponse<byte[]> answer = client.send(forwarded(exchange, body), BodyHandlers.ofByteArray());
            if (holds) {
                hold();
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest forwarded(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private void hold() throws InterruptedException {
        held.countDown();
        closed.await();
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        exchanges.shutdownNow();
    }
}
