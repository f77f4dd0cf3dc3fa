package dev.wellhead.examples.ledger.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.LedgerDatabase;
import dev.wellhead.examples.ledger.OutageLog;
import dev.wellhead.examples.ledger.common.Cleanup;
import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class OutboxTest {

    /** Far above what a delivery needs, so that the tests also pass on a machine with every core busy. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The entries of 03-ledger-data.sql. */
    private static final int SEEDED = 12;

    private String name = "";
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        name = LedgerDatabase.create(server);
        database = LedgerDatabase.open(server.host(), server.port(), name, Map.of());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A destination in memory, which records every delivery. */
    private static class Recorder implements Destination {

        final List<OutboxEntry> deliveries = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
            deliveries.addAll(entries);
            return entries.stream().map(OutboxEntry::id).collect(Collectors.toSet());
        }
    }

    @Test
    void start_withEarlierEntries_deliversEachOnceWithItsContent() throws Exception {
        Recorder recorder = new Recorder();
        try (Outbox outbox = Outbox.start(database::getConnection, List.of(recorder))) {
            Await.until(LIMIT, "the delivery", () -> outbox.undelivered().equals(Map.of("recorder", 0L)));
        }
        assertThat(recorder.deliveries)
                .extracting(OutboxEntry::entry)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, SEEDED).boxed().toList());
        assertThat(recorder.deliveries.get(1))
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(new OutboxEntry(
                        new UUID(0, 0), 2, LocalDate.of(2026, 1, 5), "Rent for January", List.of("1000", "5100")));

        try (Outbox again = Outbox.start(database::getConnection, List.of(recorder))) {
            assertThat(again.undelivered()).isEqualTo(Map.of("recorder", 0L));
        }
        assertThat(recorder.deliveries).hasSize(SEEDED);
    }

    @Test
    void entry_postedByAnInstanceWithoutTheDestination_isDeliveredOnce() throws Exception {
        Recorder recorder = new Recorder();
        try (Outbox outbox = Outbox.start(database::getConnection, List.of(recorder), Duration.ofMillis(1));
                Connection connection = database.getConnection()) {
            Await.until(LIMIT, "the earlier entries", () -> outbox.undelivered().equals(Map.of("recorder", 0L)));
            post(connection, "from another instance");
            Await.until(LIMIT, "the delivery", () -> recorder.deliveries.size() > SEEDED);
            connection.setAutoCommit(false);
            outbox.add(connection, post(connection, "from this instance"));
            connection.commit();
            Await.until(LIMIT, "the delivery", () -> recorder.deliveries.size() > SEEDED + 1);
        }
        assertThat(recorder.deliveries.subList(SEEDED, recorder.deliveries.size()))
                .extracting(OutboxEntry::description)
                .containsExactly("from another instance", "from this instance");
    }

    @Test
    void add_rolledBack_isNotDelivered() throws Exception {
        Recorder recorder = new Recorder();
        try (Outbox outbox = Outbox.start(database::getConnection, List.of(recorder));
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            outbox.add(connection, post(connection, "rolled back"));
            connection.rollback();
            outbox.add(connection, post(connection, "committed"));
            connection.commit();
            outbox.committed();
            Await.until(LIMIT, "the delivery", () -> recorder.deliveries.size() > SEEDED);
        }
        assertThat(recorder.deliveries.subList(SEEDED, recorder.deliveries.size()))
                .extracting(OutboxEntry::description)
                .containsExactly("committed");
    }

    @Test
    void deliverBatch_endsBeforeTheCommit_isRepeatedWithTheSameIdentifiers() throws Exception {
        addEarlierEntries();
        Recorder recorder = new Recorder();
        // the process ends after the destination has accepted the entries, so its session ends without a commit
        Relay killed = Relay.of(database::getConnection, new Recorder() {
            @Override
            public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
                Set<UUID> accepted = recorder.deliver(entries);
                PostgresServer.shared()
                        .execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name
                                + "' and state = 'idle in transaction'");
                return accepted;
            }
        });

        assertThatExceptionOfType(SQLException.class).isThrownBy(killed::deliverBatch);
        List<OutboxEntry> first = List.copyOf(recorder.deliveries);
        assertThat(first).hasSize(Relay.BATCH);

        Relay next = Relay.of(database::getConnection, recorder);
        assertThat(next.deliverBatch()).isEqualTo(Relay.BATCH);
        assertThat(next.deliverBatch()).isEqualTo(SEEDED - Relay.BATCH);
        assertThat(next.deliverBatch()).isZero();
        assertThat(recorder.deliveries.subList(Relay.BATCH, 2 * Relay.BATCH)).isEqualTo(first);
        assertThat(recorder.deliveries).hasSize(Relay.BATCH + SEEDED);
    }

    @Test
    void deliverBatch_someEntriesAccepted_repeatsOnlyTheOthers() throws Exception {
        addEarlierEntries();
        Recorder recorder = new Recorder();
        Relay relay = Relay.of(database::getConnection, new Recorder() {
            private boolean refuses = true;

            @Override
            public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
                List<OutboxEntry> accepted = refuses ? entries.subList(0, 3) : entries;
                refuses = false;
                return recorder.deliver(accepted);
            }
        });

        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(relay::deliverBatch)
                .withMessage("it accepted only 3 of 10 entries");
        assertThat(relay.deliverBatch()).isEqualTo(SEEDED - 3);
        assertThat(recorder.deliveries)
                .extracting(OutboxEntry::entry)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, SEEDED).boxed().toList());
    }

    @Test
    void deliverBatch_twoInstances_shareTheEntries() throws Exception {
        addEarlierEntries();
        Recorder recorder = new Recorder();
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        Relay slow = Relay.of(database::getConnection, new Recorder() {
            @Override
            public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
                delivering.countDown();
                awaitQuietly(resume);
                return recorder.deliver(entries);
            }
        });
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> unchecked(slow));
        delivering.await();

        assertThat(Relay.of(database::getConnection, recorder).deliverBatch()).isEqualTo(SEEDED - Relay.BATCH);

        resume.countDown();
        assertThat(first.get()).isEqualTo(Relay.BATCH);
        assertThat(recorder.deliveries)
                .extracting(OutboxEntry::entry)
                .doesNotHaveDuplicates()
                .hasSize(SEEDED);
    }

    @Test
    void destination_unavailableAndBack_isLoggedOnceAndReceivesEverything() throws Exception {
        CountDownLatch back = new CountDownLatch(3);
        Recorder recorder = new Recorder();
        Destination failing = new Recorder() {
            @Override
            public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
                back.countDown();
                if (back.getCount() > 0) {
                    throw new ServiceUnavailableException("no route");
                }
                return recorder.deliver(entries);
            }
        };
        try (LogCapture log = LogCapture.start();
                Outbox outbox = Outbox.start(database::getConnection, List.of(failing))) {
            Await.until(LIMIT, "the delivery", () -> outbox.undelivered().equals(Map.of("recorder", 0L)));
            Await.until(LIMIT, "the message", () -> OutageLog.messages(log).size() > 1);
            assertThat(OutageLog.messages(log))
                    .containsExactly(
                            "The destination 'recorder' of the outbox does not answer (no route). Entries are kept and delivered later.",
                            "The destination 'recorder' of the outbox answers again.");
        }
        assertThat(recorder.deliveries).hasSize(SEEDED);
    }

    @Test
    void close_duringADelivery_completesIt() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        Recorder recorder = new Recorder() {
            @Override
            public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
                delivering.countDown();
                awaitQuietly(resume);
                return super.deliver(entries);
            }
        };
        Outbox outbox = Outbox.start(database::getConnection, List.of(recorder));
        delivering.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(outbox::close);
        resume.countDown();
        closing.get();

        // one batch, and no second one after the close
        assertThat(recorder.deliveries.size()).isIn(Relay.BATCH, SEEDED);
        assertThat(count("select count(*) from ledger.outbox where delivered_at is not null"))
                .isEqualTo(recorder.deliveries.size());
    }

    @Test
    void none_needsNoTable() throws Exception {
        PostgresServer.shared().executeIn(name, "drop table ledger.outbox");
        try (Outbox none = Outbox.none();
                Connection connection = database.getConnection()) {
            none.add(connection, 1);
            none.committed();
            assertThat(none.undelivered()).isEmpty();
        }
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Outbox.start(database::getConnection, List.of(new Recorder())))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }

    @Test
    void deleteBatch_oldRows_stopsAtTheFirstEntryThatIsNotFinished() throws Exception {
        addEarlierEntries();
        Relay relay = Relay.of(database::getConnection, new Recorder());
        relay.addMissingEntries();
        deliveredDaysAgo(31, "entry_id < 5 or entry_id between 6 and 9");
        deliveredDaysAgo(29, "entry_id = 5");
        assertThat(relay.deleteBatch()).isEqualTo(4);
        assertThat(rows()).isEqualTo("5 6 7 8 9 10 11 12");
        assertThat(relay.deleteBatch()).isZero();

        deliveredDaysAgo(31, "entry_id = 5");
        // as if an instance without the destination had posted it in a long transaction
        execute("delete from ledger.outbox where entry_id = 8");
        assertThat(relay.deleteBatch()).isEqualTo(3);
        assertThat(rows()).isEqualTo("9 10 11 12");

        relay.addMissingEntries();
        assertThat(rows()).isEqualTo("8 9 10 11 12");
        assertThat(count("select finished_through from ledger.outbox_progress where destination = 'recorder'"))
                .isEqualTo(7);
    }

    @Test
    void start_withOldRows_deletesThemAndDeliversNoneAgain() throws Exception {
        addEarlierEntries();
        deliveredDaysAgo(31, "true");
        Recorder recorder = new Recorder();
        for (int run = 0; run < 2; run++) {
            try (Outbox outbox = Outbox.start(database::getConnection, List.of(recorder), Duration.ofMillis(1));
                    Connection connection = database.getConnection()) {
                Await.until(
                        LIMIT,
                        "the deletion",
                        () -> count("select count(*) from ledger.outbox where entry_id <= 12") == 0);
                connection.setAutoCommit(false);
                outbox.add(connection, post(connection, "run " + run));
                connection.commit();
                outbox.committed();
                Await.until(LIMIT, "the delivery", () -> outbox.undelivered().equals(Map.of("recorder", 0L)));
            }
        }
        assertThat(recorder.deliveries).extracting(OutboxEntry::description).containsExactly("run 0", "run 1");
        assertThat(count("select count(*) from ledger.outbox")).isEqualTo(2);
    }

    @Test
    void deleteBatch_moreRowsThanOneBatch_deletesOneBatch() throws Exception {
        execute(
                """
                with entry as (insert into ledger.journal_entries (description)
                               select 'many' from generate_series(1, 1005) returning id)
                insert into ledger.postings (entry_id, account_id, amount)
                select entry.id, a.id, v.amount from entry, (values ('2001', 1), ('2002', -1)) v (code, amount)
                  join ledger.accounts a using (code)""");
        addEarlierEntries();
        deliveredDaysAgo(31, "true");
        Relay relay = Relay.of(database::getConnection, new Recorder());
        relay.addMissingEntries();

        assertThat(relay.deleteBatch()).isEqualTo(Cleanup.BATCH);
        assertThat(relay.deleteBatch()).isEqualTo(1005 + SEEDED - Cleanup.BATCH);
        assertThat(relay.deleteBatch()).isZero();
        assertThat(count("select count(*) from ledger.outbox")).isZero();
    }

    @Test
    void deleteBatch_whileAnotherInstanceDeletes_deletesNothing() throws Exception {
        addEarlierEntries();
        deliveredDaysAgo(31, "true");
        Relay relay = Relay.of(database::getConnection, new Recorder());
        relay.addMissingEntries();
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update ledger.outbox_progress set finished_through = 3");
            assertThat(relay.deleteBatch()).isZero();
            other.commit();
        }
        assertThat(relay.deleteBatch()).isEqualTo(SEEDED - 3);
    }

    @Test
    void start_withoutTheRightToDelete_delivers() throws Exception {
        execute("revoke delete on ledger.outbox from ledger_app");
        Recorder recorder = new Recorder();
        try (LogCapture log = LogCapture.start();
                Outbox outbox = Outbox.start(() -> as("ledger_app"), List.of(recorder))) {
            Await.until(LIMIT, "the delivery", () -> outbox.undelivered().equals(Map.of("recorder", 0L)));
            Await.until(LIMIT, "the message", () -> !log.messages(Level.WARN).isEmpty());
            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "Old rows of ledger.outbox cannot be deleted: ERROR: permission denied for table outbox");
        }
        assertThat(recorder.deliveries).hasSize(SEEDED);
    }

    private Connection as(String role) throws SQLException {
        Connection connection = PostgresServer.shared().connect(name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + role);
        }
        return connection;
    }

    private void deliveredDaysAgo(int days, String rows) throws SQLException {
        execute("update ledger.outbox set delivered_at = now() - make_interval(days => " + days + ") where " + rows);
    }

    /** {@return the entries that have a row} */
    private String rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select string_agg(entry_id::text, ' ' order by entry_id) from ledger.outbox")) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void addEarlierEntries() throws SQLException {
        execute("insert into ledger.outbox (destination, entry_id) select 'recorder', id from ledger.journal_entries");
    }

    private static long post(Connection connection, String description) throws SQLException {
        String sql =
                """
                with entry as (insert into ledger.journal_entries (description) values (?) returning id)
                insert into ledger.postings (entry_id, account_id, amount)
                select entry.id, a.id, v.amount from entry, (values ('2001', 50), ('2002', -50)) v (code, amount)
                  join ledger.accounts a using (code) returning entry_id""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, description);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int unchecked(Relay relay) {
        try {
            return relay.deliverBatch();
        } catch (SQLException | ServiceUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
