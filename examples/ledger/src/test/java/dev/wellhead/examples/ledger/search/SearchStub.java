package dev.wellhead.examples.ledger.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Records requests and returns prepared answers. It is not OpenSearch: LedgerServicesTest uses a real one. */
final class SearchStub implements AutoCloseable {

    private final HttpServer http;
    private final List<String> requests = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();

    private record Answer(int status, String body, int missing) {}

    SearchStub() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    String url(String login) {
        return "http://" + login + "127.0.0.1:" + http.getAddress().getPort();
    }

    synchronized void answer(int status, String body) {
        answers.add(new Answer(status, body, 0));
    }

    /** Adds an answer that stops within its body, while the connection remains open. */
    synchronized void answerIncompletely(int status, String body) {
        answers.add(new Answer(status, body, 1));
    }

    /** {@return method, path, content type, authorization and body of each request} */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + "\n"
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Answer answer = answers.isEmpty() ? new Answer(500, "no answer is left", 0) : answers.remove();
        byte[] body = answer.body.getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length + answer.missing);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (answer.missing == 0) {
            exchange.close();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
