package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Runs the ledger in a process of its own, with the servers that {@code make infrastructure-up} starts without Docker: Redis,
 * ElasticMQ, S3Mock and OpenSearch. They are about 125 MB on Maven Central, so this test needs {@code -Dservices}.
 */
@EnabledIfSystemProperty(named = "services", matches = ".*", disabledReason = "-Dservices downloads and starts servers")
class LedgerServicesTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern SERVING = Pattern.compile("Serving on (http://127\\.0\\.0\\.1:\\d+)");

    /** Differences between the turnover and the postings. */
    private static final String WRONG_TURNOVER =
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
    private static SqsClient sqs;

    @TempDir
    private Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment = new HashMap<>();
    private String name = "";
    private String queue = "";

    @BeforeAll
    static void startTheServers() throws Exception {
        services = ServicesOfMake.start(servers, "cache queue storage search");
        sqs = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(services.variables().get("AWS_ENDPOINT_URL_SQS")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    @AfterAll
    static void stopTheServers() throws Exception {
        // null if the servers could not be started
        if (sqs != null) {
            sqs.close();
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
        useQueue(name, 100);
    }

    /** {@return the queue of dead letters} Creates a queue, which the ledger uses when it starts. */
    private String useQueue(String queueName, int mostReceives) {
        String deadLetters = sqs.createQueue(request -> request.queueName(queueName + "-dead-letters"))
                .queueUrl();
        Map<QueueAttributeName, String> attributes = Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "1",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:" + queueName
                        + "-dead-letters\",\"maxReceiveCount\":\"" + mostReceives + "\"}");
        queue = sqs.createQueue(request -> request.queueName(queueName).attributes(attributes))
                .queueUrl();
        environment.put("ENTRIES_QUEUE_URL", queue);
        return deadLetters;
    }

    @AfterEach
    void deleteTheIndex() throws Exception {
        URI index = URI.create(services.variables().get("OPENSEARCH_URL") + "/ledger-entries");
        client.send(HttpRequest.newBuilder(index).DELETE().build(), BodyHandlers.discarding());
    }

    @Test
    void ledger_withEveryService_usesEach() throws Exception {
        try (ChildJvm ledger = serve()) {
            assertThat(ledger.output()).contains("With cache, queue, storage, search");
            for (int i = 0; i < 5; i++) {
                assertThat(transfer(ledger, "k" + i)).isEqualTo(201);
            }

            Await.until(LIMIT, "the deliveries", () -> {
                JsonObject status = status(ledger);
                return number(status, "queue", "handled") == 17
                        && number(status, "queue", "undelivered") == 0
                        && number(status, "search", "undelivered") == 0;
            });
            assertThat(query(WRONG_TURNOVER)).isZero();

            Await.until(
                    LIMIT, "the index", () -> get(ledger, "/entries?q=rental").contains("\"entry\":"));
            assertThat(get(ledger, "/entries?q=wallet"))
                    .contains("\"description\":\"Wallet 1 to wallet 2\"")
                    .doesNotContain("Rent for January");

            Await.until(LIMIT, "a hit in the cache", () -> {
                assertThat(get(ledger, "/accounts/2001/balance")).contains("\"balance\":97445}");
                return number(status(ledger), "cache", "hits") > 0;
            });

            assertThat(send(ledger, "PUT", "/accounts/2001/statements/2026-01"))
                    .isEqualTo("{\"object\":\"2026-01/2001.csv\",\"lines\":2}");
            assertThat(get(ledger, "/accounts/2001/statements/2026-01"))
                    .isEqualTo(
                            """
                            entry,booked_on,description,change,balance\r
                            ,2026-01-01,Opening balance,,0\r
                            3,2026-01-07,"Customer deposits by bank transfer",100000,100000\r
                            6,2026-01-12,"Wallet 1 to wallet 2",-2550,97450\r
                            """);
            assertThat(send(ledger, "GET", "/accounts/2002/statements/1999-01")).contains("has not been written");

            ledger.terminate();
            assertThat(ledger.end()).isEqualTo(128 + 15);
            assertThat(ledger.output())
                    .endsWith("Stopped." + System.lineSeparator())
                    .doesNotContain("ERROR");
        }
    }

    @Test
    void message_sentAgainAndUnusable_hasOneEffectAndBecomesADeadLetter() throws Exception {
        String message = "{\"type\":\"entry-posted\",\"id\":\"00000000-0000-0000-0000-000000000001\",\"entry\":2}";
        environment.remove("OPENSEARCH_URL");
        String deadLetters = useQueue(name + "-two", 2);
        try (ChildJvm ledger = serve()) {
            Await.until(LIMIT, "the messages", () -> number(status(ledger), "queue", "handled") == 12);
            long turnover = query("select sum(postings) from ledger.turnover");

            for (String body : List.of(message, message, "not a message", message)) {
                sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
            }

            Await.until(
                    LIMIT,
                    "the dead letter",
                    () ->
                            sqs
                                    .receiveMessage(request ->
                                            request.queueUrl(deadLetters).waitTimeSeconds(1))
                                    .messages()
                                    .stream()
                                    .anyMatch(letter -> letter.body().equals("not a message")));
            Await.until(LIMIT, "the duplicates", () -> number(status(ledger), "queue", "duplicates") == 2);
            // the message has an identifier of its own, so it adds its two postings once
            assertThat(query("select sum(postings) from ledger.turnover")).isEqualTo(turnover + 2);
            assertThat(number(status(ledger), "queue", "failed")).isEqualTo(2);
        }
    }

    @Test
    void ledger_killedWhileItPosts_deliversTheRestAfterItsRestart() throws Exception {
        int posted = 0;
        for (int round = 0; round < 3; round++) {
            try (ChildJvm ledger = serve()) {
                for (int i = 0; i < 20; i++) {
                    assertThat(transfer(ledger, "round" + round + "-" + i)).isEqualTo(201);
                    posted++;
                }
                // closing kills the process
            }
        }
        long expected = 12L + posted;
        try (ChildJvm ledger = serve()) {
            Await.until(
                    LIMIT,
                    "the deliveries",
                    () -> query("select count(*) from ledger.handled_messages") == expected
                            && number(status(ledger), "search", "undelivered") == 0);
            assertThat(query(WRONG_TURNOVER)).isZero();
            Await.until(LIMIT, "the index", () -> documents() == expected);
        }
    }

    private ChildJvm serve() throws IOException {
        ChildJvm ledger =
                ChildJvm.start(directory, environment, LedgerService.class.getName(), "--serve", "--port", "0");
        Await.until(LIMIT, "serving", () -> SERVING.matcher(ledger.output()).find());
        return ledger;
    }

    private int transfer(ChildJvm ledger, String key) throws Exception {
        String body = "{\"from\":\"2001\",\"to\":\"2002\",\"amount\":1,\"description\":\"rental of a room\"}";
        HttpRequest request = HttpRequest.newBuilder(address(ledger, "/transfers"))
                .timeout(LIMIT)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private JsonObject status(ChildJvm ledger) throws Exception {
        return StrictJson.object(get(ledger, "/services"));
    }

    private static long number(JsonObject status, String service, String name) {
        return status.getAsJsonObject(service).get(name).getAsLong();
    }

    private String get(ChildJvm ledger, String path) throws Exception {
        return send(ledger, "GET", path);
    }

    private String send(ChildJvm ledger, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(ledger, path))
                .timeout(LIMIT)
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private static URI address(ChildJvm ledger, String path) throws IOException {
        Matcher serving = SERVING.matcher(ledger.output());
        assertThat(serving.find()).isTrue();
        return URI.create(serving.group(1) + path);
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
