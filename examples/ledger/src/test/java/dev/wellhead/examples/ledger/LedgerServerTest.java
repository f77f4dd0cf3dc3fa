package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import dev.wellhead.Database;
import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerServerTest {

    /** Far above what a request needs, so that the tests also pass on a machine with every core busy. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String RENT = "{\"from\":\"2001\",\"to\":\"2002\",\"amount\":1250,\"description\":\"rent\"}";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private String name = "";
    private FaultProxy proxy;
    private Database database;
    private LedgerServer server;

    @BeforeEach
    void serve() throws Exception {
        PostgresServer postgres = PostgresServer.shared();
        name = LedgerDatabase.create(postgres);
        proxy = FaultProxy.to(postgres);
        start(Map.of("DB_MAXIMUM_POOL_SIZE", "4"));
    }

    private void start(Map<String, String> settings) throws Exception {
        database = LedgerDatabase.open(proxy.host(), proxy.port(), name, settings);
        server = LedgerServer.start(database::getConnection, InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        stop();
        proxy.close();
    }

    private void stop() {
        server.close();
        database.close();
    }

    @Test
    void health_always_isUp() throws Exception {
        proxy.refuse();

        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void ready_databaseAnswers_isReady() throws Exception {
        // on a busy machine the first probe may exceed its own limit of two seconds
        Await.until(LIMIT, "readiness", () -> get("/ready").statusCode() == 200);
        assertThat(get("/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void ready_databaseGoneAndBack_reportsTheReasonAndRecovers() throws Exception {
        stop();
        start(Map.of("DB_CONNECTION_TIMEOUT", "1s", "DB_VALIDATION_TIMEOUT", "500ms"));
        proxy.refuse();
        proxy.resetAll();
        Await.until(LIMIT, "the loss of the database", () -> get("/ready").statusCode() == 503);
        HttpResponse<String> down = get("/ready");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(StrictJson.object(down.body()).get("detail").getAsString()).startsWith("no connection: ");
        assertThat(post("k1", RENT).statusCode()).isEqualTo(503);

        proxy.pass();

        Await.until(LIMIT, "readiness", () -> get("/ready").statusCode() == 200);
        assertThat(postUntilAnswered("k1", RENT)).isEqualTo(201);
    }

    @Test
    void ready_databaseSilent_answersBeforeTheConnectionTimeout() throws Exception {
        stop();
        start(Map.of("DB_CONNECTION_TIMEOUT", "1h"));
        proxy.blackHole();

        HttpResponse<String> response = get("/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(StrictJson.object(response.body()).get("detail").getAsString())
                .isEqualTo("the database has not answered within 2000 ms");
        proxy.pass();
    }

    @Test
    void accounts_seeded_areListedWithTheirBalances() throws Exception {
        JsonObject body = StrictJson.object(get("/accounts").body());

        assertThat(body.getAsJsonArray("accounts"))
                .hasSize(19)
                .contains(
                        StrictJson.object(
                                """
                        {"account":"2003","name":"Customer wallet 3","type":"liability","currency":"EUR","balance":89900}"""));
    }

    @Test
    void transfer_enoughMoney_movesIt() throws Exception {
        HttpResponse<String> created = post("k1", RENT);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(StrictJson.object(created.body()).get("replayed").getAsBoolean())
                .isFalse();
        assertThat(balance("2001")).isEqualTo(97_450 - 1_250);
        assertThat(balance("2002")).isEqualTo(82_550 + 1_250);
    }

    @Test
    void transfer_sameKeyAgain_returnsTheFirstEntry() throws Exception {
        JsonObject first = StrictJson.object(post("k1", RENT).body());
        HttpResponse<String> again = post("k1", RENT);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(StrictJson.object(again.body()).get("entry")).isEqualTo(first.get("entry"));
        assertThat(balance("2001")).isEqualTo(97_450 - 1_250);
    }

    @Test
    void transfer_aboveTheBalance_isRefusedAsAProblem() throws Exception {
        HttpResponse<String> refused = post("k1", RENT.replace("1250", "97451"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(StrictJson.object(refused.body()))
                .isEqualTo(
                        StrictJson.object(
                                """
                        {"type":"about:blank","title":"Unprocessable Content","status":422,
                         "detail":"The balance of account 2001 is less than 97451."}"""));
    }

    @Test
    void transfers_fromManyClientsAtOnce_conserveTheMoney() throws Exception {
        Map<String, Long> expected = new HashMap<>();
        for (String account : List.of("2001", "2002", "2003")) {
            expected.put(account, balance(account));
        }
        List<Callable<Integer>> orders = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // the last ten orders repeat the first ten, with their keys
            int order = i % 50;
            String from = "200" + (1 + order % 3);
            String to = "200" + (1 + (order + 1) % 3);
            long amount = 1L + order % 7;
            String body = "{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"amount\":" + amount + "}";
            orders.add(() -> postUntilAnswered("k" + order, body));
            if (i < 50) {
                expected.merge(from, -amount, Long::sum);
                expected.merge(to, amount, Long::sum);
            }
        }
        ExecutorService clients = Executors.newFixedThreadPool(orders.size());
        try {
            for (Future<Integer> status : clients.invokeAll(orders)) {
                assertThat(status.get()).isIn(200, 201);
            }
        } finally {
            clients.shutdownNow();
        }

        for (Map.Entry<String, Long> account : expected.entrySet()) {
            assertThat(balance(account.getKey())).as(account.getKey()).isEqualTo(account.getValue());
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("GET", "/nowhere", "", 404),
                arguments("GET", "/accounts/9999/balance", "", 404),
                arguments("GET", "/accounts//balance", "", 404),
                arguments("GET", "/accounts/%27%20or%201=1/balance", "", 404),
                arguments("GET", "/accounts/%00/balance", "", 404),
                arguments("GET", "/accounts/2001", "", 404),
                arguments("DELETE", "/accounts", "", 405),
                arguments("GET", "/transfers", "", 405),
                arguments("POST", "/transfers", "", 400),
                arguments("POST", "/transfers", "{}", 422),
                arguments("POST", "/transfers", " ".repeat(20_000), 413));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void request_invalid_isRefusedAsAProblem(String method, String path, String body, int status) throws Exception {
        HttpResponse<String> response = client.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(StrictJson.object(response.body()).get("status").getAsInt()).isEqualTo(status);
    }

    @Test
    void close_withARequestInProgress_answersItFirst() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        try (LedgerServer slow = LedgerServer.start(
                () -> {
                    reached.countDown();
                    awaitQuietly(resume);
                    return database.getConnection();
                },
                InetAddress.getLoopbackAddress(),
                0)) {
            URI accounts = URI.create("http://127.0.0.1:" + slow.port() + "/accounts");
            CompletableFuture<HttpResponse<String>> inProgress =
                    client.sendAsync(HttpRequest.newBuilder(accounts).build(), BodyHandlers.ofString());
            reached.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(slow::close);
            HttpRequest late =
                    HttpRequest.newBuilder(accounts.resolve("/health")).build();
            Await.until(
                    LIMIT,
                    "the refusal of late requests",
                    () -> client.send(late, BodyHandlers.ofString()).statusCode() == 503);
            assertThat(closing).isNotDone();

            resume.countDown();

            assertThat(inProgress.get().statusCode()).isEqualTo(200);
            closing.get();
            slow.awaitClosed();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long balance(String account) throws Exception {
        return StrictJson.object(get("/accounts/" + account + "/balance").body())
                .get("balance")
                .getAsLong();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String key, String body) throws Exception {
        return client.send(transfer(key, body), BodyHandlers.ofString());
    }

    /**
     * {@return the status of the first answer that is not 503} A transfer may conflict with others more often than the
     * service retries it. The service then answers with 503 and Retry-After, and the client sends the same order again.
     */
    private int postUntilAnswered(String key, String body) throws Exception {
        AtomicInteger status = new AtomicInteger();
        Await.until(LIMIT, "an answer to order " + key, () -> {
            HttpResponse<String> response = post(key, body);
            status.set(response.statusCode());
            return response.statusCode() != 503
                    || response.headers().firstValue("Retry-After").isEmpty();
        });
        return status.get();
    }

    private HttpRequest transfer(String key, String body) {
        return request("/transfers")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(LIMIT);
    }
}
