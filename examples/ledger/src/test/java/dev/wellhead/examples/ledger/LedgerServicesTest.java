package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the ledger in a process of its own, with the servers that {@code make infrastructure-up} starts without Docker: Redis,
 * ElasticMQ, S3Mock and OpenSearch. They are about 125 MB on Maven Central, so this test needs {@code -Dservices}.
 */
@EnabledIfSystemProperty(named = "services", matches = ".*", disabledReason = "-Dservices downloads and starts servers")
class LedgerServicesTest {

    /** Differences between the turnover and the postings. */
    static final String WRONG_TURNOVER =
            """
            select count(*) from ledger.turnover t full join (
                select p.account_id, e.booked_on, count(*) as postings, sum(greatest(p.amount, 0)) as debits,
                       sum(greatest(-p.amount, 0)) as credits
                  from ledger.postings p join ledger.journal_entries e on e.id = p.entry_id group by 1, 2) as expected
             using (account_id, booked_on, postings, debits, credits)
             where t.account_id is null or expected.account_id is null""";

    @TempDir
    static Path servers;

    private static ServicesOfMake services;
    private static LedgerQueues queues;

    @TempDir
    private Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment = new HashMap<>();
    private String name = "";

    @BeforeAll
    static void startTheServers() throws Exception {
        services = ServicesOfMake.start(servers, "cache queue storage search");
        queues = LedgerQueues.at(services.variables().getOrDefault("AWS_ENDPOINT_URL_SQS", ""));
    }

    @AfterAll
    static void stopTheServers() throws Exception {
        // null if the servers could not be started
        if (queues != null) {
            queues.close();
            services.stop();
        }
    }

    /**
     * A database and a queue for each test, so that no message of another test arrives. A message that is in progress each time
     * the ledger is killed does not become a dead letter.
     */
    @BeforeEach
    void prepare() {
        PostgresServer server = PostgresServer.shared();
        name = LedgerDatabase.create(server);
        environment.putAll(LedgerDatabase.environment(server.host(), server.port(), name));
        environment.putAll(services.variables());
        environment.put("ENTRIES_QUEUE_URL", queues.create(name, 100).url());
    }

    @AfterEach
    void deleteTheIndex() throws Exception {
        URI index = URI.create(services.variables().get("OPENSEARCH_URL") + "/ledger-entries");
        client.send(HttpRequest.newBuilder(index).DELETE().build(), BodyHandlers.discarding());
    }

    @Test
    void ledger_withEveryService_usesEach() throws Exception {
        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            assertThat(ledger.process().output()).contains("With cache, queue, storage, search");
            for (int i = 0; i < 5; i++) {
                assertThat(ledger.transfer("k" + i)).isEqualTo(201);
            }

            Await.until(ServedLedger.LIMIT, "the deliveries", () -> {
                return ledger.number("queue", "handled") == 17
                        && ledger.number("queue", "undelivered") == 0
                        && ledger.number("search", "undelivered") == 0;
            });
            assertThat(query(WRONG_TURNOVER)).isZero();

            Await.until(ServedLedger.LIMIT, "the index", () -> ledger.send("GET", "/entries?q=rental")
                    .contains("\"entry\":"));
            assertThat(ledger.send("GET", "/entries?q=wallet"))
                    .contains("\"description\":\"Wallet 1 to wallet 2\"")
                    .doesNotContain("Rent for January");

            Await.until(ServedLedger.LIMIT, "a hit in the cache", () -> {
                assertThat(ledger.send("GET", "/accounts/2001/balance")).contains("\"balance\":97445}");
                return ledger.number("cache", "hits") > 0;
            });

            assertThat(ledger.send("PUT", "/accounts/2001/statements/2026-01"))
                    .isEqualTo("{\"object\":\"2026-01/2001.csv\",\"lines\":2}");
            assertThat(ledger.send("GET", "/accounts/2001/statements/2026-01"))
                    .isEqualTo(
                            """
                            entry,booked_on,description,change,balance\r
                            ,2026-01-01,Opening balance,,0\r
                            3,2026-01-07,"Customer deposits by bank transfer",100000,100000\r
                            6,2026-01-12,"Wallet 1 to wallet 2",-2550,97450\r
                            """);
            assertThat(ledger.send("GET", "/accounts/2002/statements/1999-01")).contains("has not been written");

            ledger.process().terminate();
            assertThat(ledger.process().end()).isEqualTo(128 + 15);
            assertThat(ledger.process().output())
                    .endsWith("Stopped." + System.lineSeparator())
                    .doesNotContain("ERROR");
        }
    }

    @Test
    void ledger_killedWhileItPosts_deliversTheRestAfterItsRestart() throws Exception {
        int posted = 0;
        for (int round = 0; round < 3; round++) {
            try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
                for (int i = 0; i < 20; i++) {
                    assertThat(ledger.transfer("round" + round + "-" + i)).isEqualTo(201);
                    posted++;
                }
                // close kills the process
            }
        }
        long expected = 12L + posted;
        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            Await.until(
                    ServedLedger.LIMIT,
                    "the deliveries",
                    () -> query("select count(*) from ledger.handled_messages") == expected
                            && ledger.number("search", "undelivered") == 0);
            assertThat(query(WRONG_TURNOVER)).isZero();
            Await.until(ServedLedger.LIMIT, "the index", () -> documents() == expected);
        }
    }

    private long documents() throws Exception {
        URI count = URI.create(services.variables().get("OPENSEARCH_URL") + "/ledger-entries/_count");
        String body = client.send(HttpRequest.newBuilder(count).build(), BodyHandlers.ofString())
                .body();
        return StrictJson.object(body).get("count").getAsLong();
    }

    private long query(String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
