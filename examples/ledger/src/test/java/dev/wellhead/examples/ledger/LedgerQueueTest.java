package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every entry has its effect once, with ElasticMQ and a ledger in a process of its own that is killed at the worst moments.
 * ElasticMQ is 37 MB on Maven Central, so this test needs {@code -Dservices}.
 */
@EnabledIfSystemProperty(named = "services", matches = ".*", disabledReason = "-Dservices downloads and starts servers")
class LedgerQueueTest {

    /** The entries of 03-ledger-data.sql. */
    private static final int SEEDED = 12;

    /** The largest batch of SQS. */
    private static final int BATCH = 10;

    @TempDir
    static Path servers;

    private static ServicesOfMake services;
    private static LedgerQueues queues;

    @TempDir
    private Path directory;

    private final PostgresServer server = PostgresServer.shared();
    private final Map<String, String> environment = new HashMap<>();
    private String name = "";
    private LedgerQueues.Pair queue;

    @BeforeAll
    static void startElasticMq() throws Exception {
        services = ServicesOfMake.start(servers, "queue");
        queues = LedgerQueues.at(endpoint());
    }

    @AfterAll
    static void stopElasticMq() throws Exception {
        // null if the server could not be started
        if (queues != null) {
            queues.close();
            services.stop();
        }
    }

    /** A database and a queue for each test, so that no message of another test arrives. */
    @BeforeEach
    void prepare() {
        name = LedgerDatabase.create(server);
        environment.putAll(LedgerDatabase.environment(server.host(), server.port(), name));
        environment.putAll(services.variables());
        queue = queues.create("queue-" + name, 100);
        environment.put("ENTRIES_QUEUE_URL", queue.url());
    }

    private static String endpoint() {
        return services.variables().getOrDefault("AWS_ENDPOINT_URL_SQS", "");
    }

    @Test
    void consumer_killedBetweenItsCommitAndTheDeletion_handlesTheMessageOnce() throws Exception {
        try (SqsGate gate = SqsGate.before(endpoint(), "DeleteMessage");
                ServedLedger killed = start(gate)) {
            gate.awaitHeld();
            assertThat(killed.number("queue", "handled")).isPositive();
            assertThat(count("select count(*) from ledger.handled_messages")).isPositive();
            assertThat(queues.size(queue.url())).isPositive();
        }

        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            awaitEffectOfEveryEntry(SEEDED);
            assertThat(ledger.number("queue", "duplicates")).isPositive();
        }
    }

    @Test
    void publisher_killedBetweenTheCommitAndTheMessage_sendsItAfterItsRestart() throws Exception {
        try (SqsGate gate = SqsGate.before(endpoint(), "SendMessageBatch");
                ServedLedger killed = start(gate)) {
            gate.awaitHeld();
            assertThat(killed.transfer("committed")).isEqualTo(201);
            assertThat(queues.size(queue.url())).isZero();
        }

        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            awaitEffectOfEveryEntry(SEEDED + 1);
            assertThat(List.of(ledger.number("queue", "handled"), ledger.number("queue", "duplicates")))
                    .containsExactly(SEEDED + 1L, 0L);
        }
    }

    @Test
    void publisher_killedBetweenTheMessageAndItsMark_sendsItAgainWithoutASecondEffect() throws Exception {
        try (SqsGate gate = SqsGate.after(endpoint(), "SendMessageBatch");
                ServedLedger killed = start(gate)) {
            gate.awaitHeld();
            assertThat(killed.number("queue", "undelivered")).isEqualTo(SEEDED);
        }

        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            awaitEffectOfEveryEntry(SEEDED);
            assertThat(ledger.number("queue", "duplicates")).isGreaterThanOrEqualTo(BATCH);
        }
    }

    @Test
    void messages_inReverseOrderAndTwice_haveTheirEffectOnce() throws Exception {
        server.executeIn(
                name,
                "insert into ledger.outbox (destination, entry_id, delivered_at)"
                        + " select 'queue', id, now() from ledger.journal_entries");
        List<String> messages =
                rows("select json_build_object('type', 'entry-posted', 'id', id, 'entry', entry_id)::text"
                        + " from ledger.outbox order by entry_id desc");
        messages.forEach(message -> queues.send(queue.url(), message));
        Collections.rotate(messages, 5);
        messages.forEach(message -> queues.send(queue.url(), message));

        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            awaitEffectOfEveryEntry(SEEDED);
            assertThat(ledger.number("queue", "handled")).isEqualTo(SEEDED);
            assertThat(ledger.number("queue", "duplicates")).isGreaterThanOrEqualTo(SEEDED);
        }
    }

    @Test
    void message_thatCannotBeHandled_becomesADeadLetterAndDelaysNoOther() throws Exception {
        queue = queues.create("few-" + name, 2);
        environment.put("ENTRIES_QUEUE_URL", queue.url());
        queues.send(queue.url(), "not a message");

        try (ServedLedger ledger = ServedLedger.start(directory, environment)) {
            awaitEffectOfEveryEntry(SEEDED);
            Await.until(ServedLedger.LIMIT, "the dead letter", () -> queues.size(queue.deadLetters()) == 1);
            assertThat(ledger.number("queue", "failed")).isEqualTo(2);
        }
    }

    /** {@return a ledger whose requests to the queue pass the gate} */
    private ServedLedger start(SqsGate gate) throws Exception {
        Map<String, String> through = new HashMap<>(environment);
        through.put("AWS_ENDPOINT_URL_SQS", gate.endpoint());
        return ServedLedger.start(directory, through);
    }

    private void awaitEffectOfEveryEntry(int entries) throws SQLException {
        Await.until(
                ServedLedger.LIMIT,
                "the messages",
                () -> count("select count(*) from ledger.handled_messages") == entries
                        && count("select count(*) from ledger.outbox where delivered_at is null") == 0
                        && queues.size(queue.url()) == 0);
        assertThat(count(LedgerServicesTest.WRONG_TURNOVER)).isZero();
    }

    private long count(String sql) throws SQLException {
        return Long.parseLong(rows(sql).get(0));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }
}
