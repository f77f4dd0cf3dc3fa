package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.cache.BalanceCache;
import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.examples.ledger.outbox.OutboxEntry;
import dev.wellhead.examples.ledger.search.EntrySearch;
import dev.wellhead.examples.ledger.statements.StatementStore;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests of the HTTP service that use other services. Redis is real; search and storage are maps in memory. */
class ServiceRoutesTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MemorySearch search = new MemorySearch();
    private final MemoryStore store = new MemoryStore();
    private Database database;
    private LedgerServices services = LedgerServices.none();
    // started by each test
    @SuppressWarnings("NullAway.Init")
    private LedgerServer server;

    @BeforeEach
    void open() throws Exception {
        PostgresServer postgres = PostgresServer.shared();
        database = LedgerDatabase.open(postgres.host(), postgres.port(), LedgerDatabase.create(postgres), Map.of());
    }

    private void serve(ServiceClients clients) throws Exception {
        services = LedgerServices.start(clients, database::getConnection);
        server = LedgerServer.start(database::getConnection, services, InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        server.close();
        services.close();
        database.close();
    }

    private static final class MemorySearch implements EntrySearch {
        final Map<Long, Found> documents = new ConcurrentHashMap<>();
        volatile boolean fails;

        @Override
        public String name() {
            return "search";
        }

        @Override
        public Set<UUID> deliver(List<OutboxEntry> entries) {
            entries.forEach(entry -> documents.put(
                    entry.entry(), new Found(entry.entry(), entry.bookedOn(), entry.description(), entry.accounts())));
            return entries.stream().map(OutboxEntry::id).collect(Collectors.toSet());
        }

        @Override
        public List<Found> find(String text, int most) throws ServiceUnavailableException {
            if (fails) {
                throw new ServiceUnavailableException("secret detail");
            }
            return documents.values().stream()
                    .filter(found -> found.description().contains(text))
                    .limit(most)
                    .toList();
        }
    }

    private static final class MemoryStore implements StatementStore {
        final Map<String, String> objects = new ConcurrentHashMap<>();
        volatile boolean fails;

        @Override
        public void put(String key, String csv) throws ServiceUnavailableException {
            check();
            objects.put(key, csv);
        }

        @Override
        public Optional<String> get(String key) throws ServiceUnavailableException {
            check();
            return Optional.ofNullable(objects.get(key));
        }

        private void check() throws ServiceUnavailableException {
            if (fails) {
                throw new ServiceUnavailableException("secret detail");
            }
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /entries?q=rent, Search is switched off: OPENSEARCH_URL is not set.",
        "GET, /accounts/2001/statements/2026-01, Storage is switched off: STATEMENTS_BUCKET is not set.",
        "PUT, /accounts/2001/statements/2026-01, Storage is switched off: STATEMENTS_BUCKET is not set."
    })
    void service_switchedOff_isNotFoundAndNamesTheVariable(String method, String path, String detail) throws Exception {
        serve(ServiceClients.none());

        HttpResponse<String> response = send(method, path);

        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"" + detail
                        + "\"}");
        assertThat(send("GET", "/services").body()).isEqualTo("{}");
    }

    @Test
    void balance_withACache_isReadFromItAndRenewedByATransfer() throws Exception {
        RedisServer redis = RedisServer.start();
        Map<String, String> environment =
                Map.of("ENVIRONMENT", "test", "REDIS_HOST", redis.host(), "REDIS_PORT", Integer.toString(redis.port()));
        try (ServiceClients clients = ServiceClients.fromEnvironment(environment)) {
            BalanceCache cache = clients.cache().orElseThrow();
            serve(clients);
            Await.until(LIMIT, "an answer from the cache", () -> {
                assertThat(balance("2001")).isEqualTo(97_450);
                return cache.statistics().hits() > 0;
            });
            assertThat(send("GET", "/accounts/2001/balance").headers().firstValue("Content-Type"))
                    .contains("application/json");
            assertThat(send("GET", "/accounts/9999/balance").statusCode()).isEqualTo(404);

            assertThat(transfer("k1", 450)).isEqualTo(201);

            // on a busy machine the cache may not answer in time, and then has the old balance for some seconds
            Await.until(LIMIT, "the new balance", () -> balance("2001") == 97_000);
            Await.until(LIMIT, "the new balance", () -> balance("2002") == 83_000);

            redis.close();
            assertThat(transfer("k2", 1_000)).isEqualTo(201);
            assertThat(balance("2001")).isEqualTo(96_000);
            assertThat(balance("2001")).isEqualTo(96_000);
            assertThat(send("GET", "/services").body()).contains("\"answers\":false");
        } finally {
            redis.close();
        }
    }

    @Test
    void entries_posted_areFoundByTheirWords() throws Exception {
        serve(ServiceClients.of(null, null, null, search));
        assertThat(transfer("k1", 450)).isEqualTo(201);
        Await.until(LIMIT, "the delivery", () -> send("GET", "/services")
                .body()
                .equals("{\"search\":{\"undelivered\":0}}"));

        assertThat(send("GET", "/entries?x=1&q=Rent+for%20J").body())
                .isEqualTo(
                        "{\"entries\":[{\"entry\":2,\"bookedOn\":\"2026-01-05\",\"description\":\"Rent for January\","
                                + "\"accounts\":[\"1000\",\"5100\"]}]}");
        assertThat(send("GET", "/entries?q=over").body()).contains("\"accounts\":[\"2001\",\"2002\"]");
        assertThat(send("GET", "/entries?q=").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/entries").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/entries?q=" + "x".repeat(201)).statusCode()).isEqualTo(400);
        assertThat(send("POST", "/entries?q=x").statusCode()).isEqualTo(405);

        search.fails = true;
        assertUnavailable(send("GET", "/entries?q=rent"), "search");
    }

    @Test
    void statement_written_isStoredByAccountAndMonth() throws Exception {
        serve(ServiceClients.of(null, null, store, null));
        assertThat(send("GET", "/accounts/5100/statements/2026-01").statusCode())
                .isEqualTo(404);

        HttpResponse<String> written = send("PUT", "/accounts/5100/statements/2026-01");

        assertThat(written.body()).isEqualTo("{\"object\":\"2026-01/5100.csv\",\"lines\":1}");
        HttpResponse<String> read = send("GET", "/accounts/5100/statements/2026-01");
        assertThat(read.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(read.body())
                .isEqualTo(
                        """
                        entry,booked_on,description,change,balance\r
                        ,2026-01-01,Opening balance,,0\r
                        2,2026-01-05,"Rent for January",180000,180000\r
                        """)
                .isEqualTo(store.objects.get("2026-01/5100.csv"));
        assertThat(send("GET", "/services").body()).isEqualTo("{\"storage\":{}}");

        assertThat(send("PUT", "/accounts/9999/statements/2026-01").statusCode())
                .isEqualTo(404);
        assertThat(send("PUT", "/accounts/%2e%2e/statements/2026-01").statusCode())
                .isEqualTo(404);
        for (String month : List.of("2026-13", "+999999999-12", "-2026-01", "2026-1")) {
            HttpResponse<String> refused = send("PUT", "/accounts/5100/statements/" + month);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        }
        assertThat(send("DELETE", "/accounts/5100/statements/2026-01").statusCode())
                .isEqualTo(405);
        assertThat(store.objects).hasSize(1);

        store.fails = true;
        assertUnavailable(send("PUT", "/accounts/5100/statements/2026-01"), "storage");
        assertUnavailable(send("GET", "/accounts/5100/statements/2026-01"), "storage");
    }

    private static void assertUnavailable(HttpResponse<String> response, String service) {
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"the service '" + service + "' does not answer\"}");
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    private long balance(String account) throws Exception {
        String body = send("GET", "/accounts/" + account + "/balance").body();
        return StrictJson.object(body).get("balance").getAsLong();
    }

    private int transfer(String key, long amount) throws Exception {
        String body = "{\"from\":\"2001\",\"to\":\"2002\",\"amount\":" + amount + ",\"description\":\"handed over\"}";
        return client.send(
                        request("/transfers")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(LIMIT);
    }
}
