package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import dev.wellhead.Database;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerServerTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String RENT = "{\"from\":\"2001\",\"to\":\"2002\",\"amount\":1250,\"description\":\"rent\"}";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();
    private FaultProxy proxy;
    private Database database;
    private LedgerServer server;

    @BeforeEach
    void serve() throws Exception {
        PostgresServer postgres = PostgresServer.shared();
        String name = LedgerDatabase.create(postgres);
        proxy = FaultProxy.to(postgres);
        database = LedgerDatabase.open(
                proxy.host(),
                proxy.port(),
                name,
                Map.of("DB_MAXIMUM_POOL_SIZE", "4", "DB_CONNECTION_TIMEOUT", "1s", "DB_VALIDATION_TIMEOUT", "500ms"));
        server = LedgerServer.start(database::getConnection, InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
        proxy.close();
    }

    @Test
    void health_always_isUp() throws Exception {
        proxy.refuse();

        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void ready_databaseAnswers_isReady() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(200);
        assertThat(get("/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void ready_databaseGoneAndBack_saysWhyAndRecovers() throws Exception {
        proxy.refuse();
        proxy.resetAll();
        Await.until(LONGEST, "not ready", () -> get("/ready").statusCode() == 503);
        HttpResponse<String> down = get("/ready");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Json.object(down.body()).get("detail").getAsString()).startsWith("no connection: ");
        assertThat(post("k1", RENT).statusCode()).isEqualTo(503);

        proxy.pass();

        Await.until(LONGEST, "ready again", () -> get("/ready").statusCode() == 200);
        assertThat(post("k1", RENT).statusCode()).isEqualTo(201);
    }

    @Test
    void ready_databaseSilent_answersWithinItsOwnBound() throws Exception {
        proxy.blackHole();
        long start = System.nanoTime();

        assertThat(get("/ready").statusCode()).isEqualTo(503);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void accounts_seeded_areListedWithTheirBalances() throws Exception {
        JsonObject body = Json.object(get("/accounts").body());

        assertThat(body.getAsJsonArray("accounts"))
                .hasSize(19)
                .contains(
                        Json.object(
                                """
                        {"account":"2003","name":"Customer wallet 3","type":"liability","currency":"EUR","balance":89900}"""));
    }

    @Test
    void transfer_enoughMoney_movesIt() throws Exception {
        HttpResponse<String> created = post("k1", RENT);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Json.object(created.body()).get("replayed").getAsBoolean()).isFalse();
        assertThat(balance("2001")).isEqualTo(97_450 - 1_250);
        assertThat(balance("2002")).isEqualTo(82_550 + 1_250);
    }

    @Test
    void transfer_sameKeyAgain_isAnsweredWithTheFirstEntry() throws Exception {
        JsonObject first = Json.object(post("k1", RENT).body());
        HttpResponse<String> again = post("k1", RENT);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Json.object(again.body()).get("entry")).isEqualTo(first.get("entry"));
        assertThat(balance("2001")).isEqualTo(97_450 - 1_250);
    }

    @Test
    void transfer_moreThanThereIs_isRefusedAsAProblem() throws Exception {
        HttpResponse<String> refused = post("k1", RENT.replace("1250", "97451"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Json.object(refused.body()))
                .isEqualTo(
                        Json.object(
                                """
                        {"type":"about:blank","title":"Unprocessable Content","status":422,
                         "detail":"Account 2001 does not hold 97451."}"""));
    }

    @Test
    void transfers_fromManyClientsAtOnce_conserveTheMoney() throws Exception {
        long before = balance("2001") + balance("2002") + balance("2003");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String body = RENT.replace("2001", "200" + (1 + i % 3)).replace("2002", "200" + (1 + (i + 1) % 3));
            responses.add(client.sendAsync(
                    transfer("k" + i % 50, body.replace("1250", Integer.toString(1 + i % 50 % 7))),
                    BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.get().statusCode()).isIn(200, 201, 422);
        }

        assertThat(balance("2001") + balance("2002") + balance("2003")).isEqualTo(before);
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
    void request_thatCannotBeServed_isAProblem(String method, String path, String body, int status) throws Exception {
        HttpResponse<String> response = client.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Json.object(response.body()).get("status").getAsInt()).isEqualTo(status);
    }

    @Test
    void close_requestUnderWay_isAnsweredFirst() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (LedgerServer slow = LedgerServer.start(
                () -> {
                    reached.countDown();
                    awaitQuietly(goOn);
                    return database.getConnection();
                },
                InetAddress.getLoopbackAddress(),
                0)) {
            URI accounts = URI.create("http://127.0.0.1:" + slow.port() + "/accounts");
            CompletableFuture<HttpResponse<String>> underWay =
                    client.sendAsync(HttpRequest.newBuilder(accounts).build(), BodyHandlers.ofString());
            reached.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(slow::close);
            HttpRequest late =
                    HttpRequest.newBuilder(accounts.resolve("/health")).build();
            Await.until(
                    LONGEST,
                    "late requests are told to go",
                    () -> client.send(late, BodyHandlers.ofString()).statusCode() == 503);
            assertThat(closing).isNotDone();

            goOn.countDown();

            assertThat(underWay.get().statusCode()).isEqualTo(200);
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
        return Json.object(get("/accounts/" + account + "/balance").body())
                .get("balance")
                .getAsLong();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String key, String body) throws Exception {
        return client.send(transfer(key, body), BodyHandlers.ofString());
    }

    private HttpRequest transfer(String key, String body) {
        return request("/transfers")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(LONGEST);
    }
}
