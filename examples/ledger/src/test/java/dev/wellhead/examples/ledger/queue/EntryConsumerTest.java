package dev.wellhead.examples.ledger.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.LedgerDatabase;
import dev.wellhead.examples.ledger.OutageLog;
import dev.wellhead.examples.ledger.common.Cleanup;
import dev.wellhead.examples.ledger.outbox.Outbox;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class EntryConsumerTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The entries of 03-ledger-data.sql. */
    private static final int SEEDED = 12;

    /** The turnover that the postings have, in the columns of {@link #TURNOVER}. */
    private static final String EXPECTED =
            """
            select string_agg(row_text, '\n' order by row_text) from (
                select concat_ws(' ', p.account_id, e.booked_on, count(*), sum(greatest(p.amount, 0)), sum(greatest(-p.amount, 0)))
                  from ledger.postings p join ledger.journal_entries e on e.id = p.entry_id
                 group by p.account_id, e.booked_on) as r (row_text)""";

    private static final String TURNOVER =
            """
            select coalesce(string_agg(concat_ws(' ', account_id, booked_on, postings, debits, credits), '\n'
                   order by concat_ws(' ', account_id, booked_on, postings, debits, credits)), '') from ledger.turnover""";

    private final MemoryQueue queue = new MemoryQueue();
    private String name = "";
    private FaultProxy proxy;
    private Database database;
    private EntryConsumer consumer;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        name = LedgerDatabase.create(server);
        proxy = FaultProxy.to(server);
        database = LedgerDatabase.open(
                proxy.host(),
                proxy.port(),
                name,
                Map.of("DB_CONNECTION_TIMEOUT", "1s", "DB_VALIDATION_TIMEOUT", "500ms"));
        consumer = EntryConsumer.of(queue, database::getConnection);
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
    }

    @Test
    void message_receivedTwice_hasOneEffect() throws Exception {
        String message = new EntryMessage(UUID.randomUUID(), 2).body();
        queue.send(message, message);

        assertThat(consumer.receiveOnce()).isTrue();

        assertThat(List.of(consumer.handled(), consumer.duplicates(), consumer.failed()))
                .containsExactly(1L, 1L, 0L);
        assertThat(text(
                        "select string_agg(concat_ws(' ', a.code, booked_on, postings, debits, credits), ', ' order by code)"
                                + " from ledger.turnover t join ledger.accounts a on a.id = t.account_id"))
                .isEqualTo("1000 2026-01-05 1 0 180000, 5100 2026-01-05 1 180000 0");
        assertThat(queue.size()).isZero();
    }

    @Test
    void message_notDeletedAfterTheCommit_isDeletedWhenItIsReceivedAgain() throws Exception {
        queue.send(new EntryMessage(UUID.randomUUID(), 2).body());
        queue.loseDeletions(true);
        assertThat(consumer.receiveOnce()).isFalse();
        String turnover = text(TURNOVER);
        assertThat(turnover).isNotEmpty();
        queue.loseDeletions(false);
        queue.showAgain();

        assertThat(consumer.receiveOnce()).isTrue();

        assertThat(text(TURNOVER)).isEqualTo(turnover);
        assertThat(List.of(consumer.handled(), consumer.duplicates())).containsExactly(1L, 1L);
        assertThat(queue.size()).isZero();
    }

    @Test
    void messages_ofManyConsumersWithDuplicates_giveTheTurnoverOfThePostings() throws Exception {
        try (Outbox outbox = Outbox.start(database::getConnection, List.of(queue))) {
            Await.until(LIMIT, "the messages", () -> outbox.undelivered().equals(Map.of("queue", 0L)));
        }
        // a relay that was killed before its commit has sent every message once more
        execute("update ledger.outbox set delivered_at = null");
        try (Outbox outbox = Outbox.start(database::getConnection, List.of(queue))) {
            Await.until(LIMIT, "the messages", () -> outbox.undelivered().equals(Map.of("queue", 0L)));
        }
        assertThat(queue.size()).isEqualTo(2 * SEEDED);

        ExecutorService instances = Executors.newFixedThreadPool(4);
        long handled = 0;
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                counts.add(instances.submit(() -> {
                    EntryConsumer instance = EntryConsumer.of(queue, database::getConnection);
                    while (queue.size() > 0) {
                        boolean unused = instance.receiveOnce();
                    }
                    return instance.handled();
                }));
            }
            for (Future<Long> count : counts) {
                handled += count.get();
            }
        } finally {
            instances.shutdownNow();
        }

        assertThat(handled).isEqualTo(SEEDED);
        assertThat(text(TURNOVER)).isEqualTo(text(EXPECTED));
    }

    @Test
    void message_thatCannotBeHandled_becomesADeadLetterAndDelaysNoOther() throws Exception {
        List<String> unusable = List.of(
                "not JSON, secret-text",
                "{\"type\":\"entry-posted\",\"id\":\"secret-text\",\"entry\":1}",
                "{\"type\":\"entry-posted\",\"id\":\"" + UUID.randomUUID() + "\"}",
                "{\"type\":\"entry-posted\",\"id\":[],\"entry\":1.5}",
                "{\"type\":\"another\",\"id\":\"" + UUID.randomUUID() + "\",\"entry\":1}",
                new EntryMessage(UUID.randomUUID(), 999_999).body());
        unusable.forEach(queue::send);
        queue.send(new EntryMessage(UUID.randomUUID(), 2).body());
        try (LogCapture log = LogCapture.start()) {
            for (int i = 0; i < 4; i++) {
                assertThat(consumer.receiveOnce()).isTrue();
                assertThat(consumer.handled()).isEqualTo(1);
                queue.showAgain();
            }
            assertThat(log.messages(Level.WARN))
                    .hasSize(3 * unusable.size())
                    .contains(
                            "A message cannot be handled. The queue delivers it again: There is no journal entry 999999.",
                            "A message cannot be handled. The queue delivers it again: the member entry is missing")
                    .noneMatch(message -> message.contains("secret-text"));
        }
        assertThat(queue.deadLetters()).isEqualTo(unusable);
        assertThat(queue.size()).isZero();
        assertThat(text("select count(*) from ledger.handled_messages")).isEqualTo("1");
    }

    @Test
    void messages_whileTheDatabaseIsUnavailable_stayInTheQueue() throws Exception {
        queue.send(new EntryMessage(UUID.randomUUID(), 2).body());
        proxy.refuse();
        proxy.resetAll();
        try (LogCapture log = LogCapture.start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(consumer.receiveOnce()).isFalse();
            }
            assertThat(queue.receives()).isZero();

            proxy.pass();

            Await.until(LIMIT, "the database", consumer::receiveOnce);
            assertThat(OutageLog.messages(log))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("The database does not answer (")
                    .endsWith("). No messages are received.");
        }
        assertThat(consumer.handled()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set default_transaction_read_only = on | select 1 | the session is read-only",
                "set role ledger_app | revoke insert (message_id) on ledger.handled_messages from ledger_app"
                        + " | the user may not write to ledger.handled_messages and ledger.turnover",
                "set role ledger_app | revoke update (postings) on ledger.turnover from ledger_app"
                        + " | the user may not write to ledger.handled_messages and ledger.turnover",
                "set role ledger_app | alter table ledger.handled_messages rename to renamed"
                        + " | ERROR: relation \"ledger.handled_messages\" does not exist"
            })
    void messages_ifTheSessionCannotWrite_stayInTheQueue(String session, String change, String problem)
            throws Exception {
        queue.send(new EntryMessage(UUID.randomUUID(), 2).body());
        execute(change);
        EntryConsumer instance = EntryConsumer.of(queue, () -> connection(session));
        try (LogCapture log = LogCapture.start()) {
            assertThat(instance.receiveOnce()).isFalse();
            assertThat(OutageLog.messages(log))
                    .singleElement()
                    .asString()
                    .startsWith("The database does not answer (" + problem)
                    .endsWith("). No messages are received.");
        }
        assertThat(queue.receives()).isZero();
    }

    @Test
    void message_withTheRightsOfTheLedger_isHandled() throws Exception {
        queue.send(new EntryMessage(UUID.randomUUID(), 2).body(), new EntryMessage(UUID.randomUUID(), 2).body());
        EntryConsumer instance = EntryConsumer.of(queue, () -> connection("set role ledger_app"));

        assertThat(instance.receiveOnce()).isTrue();

        assertThat(instance.handled()).isEqualTo(2);
    }

    @Test
    void messages_inReverseOrderWithLateDuplicates_giveTheTurnoverOfThePostings() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int entry = SEEDED; entry > 0; entry--) {
            bodies.add(new EntryMessage(UUID.randomUUID(), entry).body());
        }
        bodies.forEach(queue::send);
        // after all the others, in another order again
        Collections.rotate(bodies, 5);
        bodies.forEach(queue::send);

        while (queue.size() > 0) {
            assertThat(consumer.receiveOnce()).isTrue();
        }

        assertThat(List.of(consumer.handled(), consumer.duplicates(), consumer.failed()))
                .containsExactly((long) SEEDED, (long) SEEDED, 0L);
        assertThat(text(TURNOVER)).isEqualTo(text(EXPECTED));
    }

    @Test
    void deleteBatch_oldIdentifiers_keepsThoseWhoseMessageCanArriveAgain() throws Exception {
        execute(
                """
                insert into ledger.outbox (destination, entry_id) values ('queue', 1);
                insert into ledger.handled_messages (message_id, handled_at)
                select id, now() - interval '31 days' from ledger.outbox
                union all select gen_random_uuid(), now() - interval '29 days'
                union all select gen_random_uuid(), now() - interval '31 days' from generate_series(1, 1003)""");

        assertThat(consumer.deleteBatch()).isEqualTo(Cleanup.BATCH);
        assertThat(consumer.deleteBatch()).isEqualTo(3);
        assertThat(consumer.deleteBatch()).isZero();
        assertThat(text("select count(*) from ledger.handled_messages")).isEqualTo("2");

        execute("delete from ledger.outbox");
        assertThat(consumer.deleteBatch()).isEqualTo(1);
    }

    @Test
    void start_withOldIdentifiers_deletesThemWithTheRightsOfTheLedger() throws Exception {
        execute("insert into ledger.handled_messages (message_id, handled_at)"
                + " select gen_random_uuid(), now() - interval '31 days' from generate_series(1, 1003)");
        try (EntryConsumer running = EntryConsumer.start(queue, () -> connection("set role ledger_app"))) {
            Await.until(LIMIT, "the deletion", () -> text("select count(*) from ledger.handled_messages")
                    .equals("0"));
            assertThat(running.failed()).isZero();
        }
    }

    /** {@return a session of its own, after this statement} */
    private Connection connection(String sql) throws SQLException {
        Connection connection = PostgresServer.shared().connect(name);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    @Test
    void close_whileItReceives_endsTheThread() throws Exception {
        queue.send(new EntryMessage(UUID.randomUUID(), 2).body());
        EntryConsumer running = EntryConsumer.start(queue, database::getConnection);
        Await.until(LIMIT, "the message", () -> running.handled() == 1);

        running.close();

        int receives = queue.receives();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("entry-consumer"));
        assertThat(queue.receives()).isEqualTo(receives);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
