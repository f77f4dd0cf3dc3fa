package dev.wellhead.examples.ledger.queue;

import com.google.gson.JsonParseException;
import dev.wellhead.examples.ledger.common.Cleanup;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.examples.ledger.common.Outage;
import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.common.Transactions;
import dev.wellhead.examples.ledger.queue.EntryQueue.Received;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives messages about posted entries in a thread of its own, and adds each entry to the turnover of its accounts.
 *
 * <p>The identifier of the message is inserted in the transaction that has the effect, and the message is deleted after the
 * commit. If the service ends in between, the message is received again, its identifier exists, and only the deletion is
 * repeated. A message that cannot be handled is not deleted, so the queue makes it a dead letter. While the database does not
 * answer, or this session cannot write to it, nothing is received: otherwise an outage of a few minutes would make dead letters
 * of messages without a fault.
 *
 * <p>Identifiers are deleted when no copy of their message can be received any more ({@link Cleanup#RETENTION}).
 */
public final class EntryConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EntryConsumer.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int VALIDATION_SECONDS = 2;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** The rights in 06-outbox.sql are those of columns, so {@code has_table_privilege} would be false. */
    private static final String MAY_WRITE =
            """
            select current_setting('transaction_read_only') = 'off',
                   has_column_privilege('ledger.handled_messages', 'message_id', 'insert')
                   and has_table_privilege('ledger.turnover', 'insert')
                   and has_column_privilege('ledger.turnover', 'postings', 'update')""";

    /** While a row of the outbox exists, its message may have been sent a short time ago. */
    private static final String DELETE_OLD =
            """
            delete from ledger.handled_messages where message_id in (
                select h.message_id from ledger.handled_messages h
                 where h.handled_at < now() - make_interval(secs => ?)
                   and not exists (select from ledger.outbox o where o.id = h.message_id)
                 order by h.handled_at limit ?)""";

    private final EntryQueue queue;
    private final Connections connections;
    private final Transactions transactions;
    private final Outage outage = new Outage("The queue", "Messages wait in the queue.");
    private final Outage database = new Outage("The database", "No messages are received.");
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Cleanup cleanup = new Cleanup("ledger.handled_messages", this::deleteBatch);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "entry-consumer");

    private volatile long stopDeadline;

    private EntryConsumer(EntryQueue queue, Connections connections) {
        this.queue = queue;
        this.connections = connections;
        this.transactions = new Transactions(connections);
        thread.setDaemon(true);
    }

    /** {@return a consumer that receives nothing until {@link #receiveOnce} is called} */
    static EntryConsumer of(EntryQueue queue, Connections connections) {
        return new EntryConsumer(queue, connections);
    }

    /** {@return a consumer that receives until it is closed; the caller closes the queue after it} */
    public static EntryConsumer start(EntryQueue queue, Connections connections) {
        EntryConsumer consumer = new EntryConsumer(queue, connections);
        consumer.thread.start();
        return consumer;
    }

    /** {@return how many messages had their effect} */
    public long handled() {
        return handled.get();
    }

    /** {@return how many messages were received again after they had their effect} */
    public long duplicates() {
        return duplicates.get();
    }

    /** {@return how many times a message could not be handled} */
    public long failed() {
        return failed.get();
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                if (receiveOnce()) {
                    pause = Duration.ZERO;
                    boolean unused = cleanup.run();
                } else {
                    pause = PAUSE_AFTER_FAILURE;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether the queue and the database answer} Receives messages once, and handles each of them. */
    boolean receiveOnce() {
        try {
            checkDatabase();
            List<Received> messages = queue.receive();
            outage.ended();
            for (Received message : messages) {
                if (stopping.getCount() == 0) {
                    // the queue delivers the others again
                    return true;
                }
                if (handle(message.body())) {
                    queue.delete(message);
                }
            }
            return true;
        } catch (ServiceUnavailableException e) {
            outage.failed(e);
        } catch (SQLException e) {
            database.failed(e);
        } catch (RuntimeException e) {
            LOG.error("Receiving messages failed", e);
        }
        return false;
    }

    private void checkDatabase() throws SQLException {
        String problem = transactions.run(EntryConsumer::problem);
        if (!problem.isEmpty()) {
            throw new SQLException(problem);
        }
        database.ended();
    }

    /** {@return why messages cannot be handled in this session; empty if they can} */
    private static String problem(Connection connection) throws SQLException {
        if (!connection.isValid(VALIDATION_SECONDS)) {
            return "the session was lost";
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MAY_WRITE)) {
            row.next();
            if (!row.getBoolean(1)) {
                return "the session is read-only";
            }
            return row.getBoolean(2) ? "" : "the user may not write to ledger.handled_messages and ledger.turnover";
        }
    }

    /** {@return whether the message has had its effect, now or before} */
    private boolean handle(String body) throws SQLException {
        try {
            EntryMessage message = EntryMessage.parse(body);
            boolean first = transactions.run(connection -> apply(connection, message));
            (first ? handled : duplicates).incrementAndGet();
            return true;
        } catch (JsonParseException e) {
            unusable(e);
        } catch (SQLException e) {
            if (!isFaultOfMessage(e)) {
                throw e;
            }
            unusable(e);
        }
        return false;
    }

    private void unusable(Exception reason) {
        failed.incrementAndGet();
        LOG.warn("A message cannot be handled. The queue delivers it again: {}", reason.getMessage());
    }

    /** Class 22: invalid values; 23: violated constraints; P0: no such entry. */
    private static boolean isFaultOfMessage(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.matches("(22|23|P0).*");
    }

    /** {@return false if the message had its effect before} */
    private static boolean apply(Connection connection, EntryMessage message) throws SQLException {
        String sql = "insert into ledger.handled_messages (message_id) values (?) on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, message.id());
            if (statement.executeUpdate() == 0) {
                return false;
            }
        }
        addTurnover(connection, message.entry());
        return true;
    }

    private static void addTurnover(Connection connection, long entry) throws SQLException {
        String sql =
                """
                insert into ledger.turnover as t (account_id, booked_on, postings, debits, credits)
                select p.account_id, e.booked_on, count(*),
                       sum(greatest(p.amount, 0)), sum(greatest(-p.amount, 0))
                  from ledger.postings p join ledger.journal_entries e on e.id = p.entry_id
                 where e.id = ?
                 group by p.account_id, e.booked_on order by p.account_id
                on conflict (account_id, booked_on) do update
                   set postings = t.postings + excluded.postings,
                       debits = t.debits + excluded.debits,
                       credits = t.credits + excluded.credits""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, entry);
            if (statement.executeUpdate() == 0) {
                throw new SQLException("There is no journal entry " + entry + ".", "P0002");
            }
        }
    }

    /** {@return how many identifiers were deleted, at most {@link Cleanup#BATCH}} */
    int deleteBatch() throws SQLException {
        try (Connection connection = connections.acquire();
                PreparedStatement statement = connection.prepareStatement(DELETE_OLD)) {
            statement.setLong(1, Cleanup.RETENTION.toSeconds());
            statement.setInt(2, Cleanup.BATCH);
            return statement.executeUpdate();
        }
    }

    /** Ends the work after the current message. The time limit of {@link #close} begins. */
    public void stop() {
        if (stopping.getCount() > 0) {
            stopDeadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
            stopping.countDown();
        }
    }

    /** Waits until the current message is handled, at most until five seconds after {@link #stop}. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(stopDeadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("A message is still being handled after {}.", CLOSE_LIMIT);
        }
    }
}
