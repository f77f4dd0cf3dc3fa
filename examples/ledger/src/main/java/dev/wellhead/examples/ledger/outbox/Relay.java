package dev.wellhead.examples.ledger.outbox;

import dev.wellhead.examples.ledger.common.Cleanup;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.examples.ledger.common.Outage;
import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the rows of one destination in a thread of its own: locks some rows, delivers them, marks them, and commits. If it
 * is interrupted between the delivery and the commit, it delivers the rows again. Several instances of the service share the
 * work, because each skips the rows that another one has locked. Rows that were delivered long ago are deleted.
 *
 * <p>The connection is used while the destination answers, so a destination must answer within a bounded time.
 */
final class Relay implements AutoCloseable {

    /** The largest batch of SQS. */
    static final int BATCH = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private static final String NEXT =
            """
            with next as (
                select id, entry_id from ledger.outbox
                 where destination = ? and delivered_at is null
                 order by entry_id limit ? for update skip locked)
            select next.id, e.id, e.booked_on, e.description, array_agg(distinct a.code order by a.code)
              from next
              join ledger.journal_entries e on e.id = next.entry_id
              join ledger.postings p on p.entry_id = e.id
              join ledger.accounts a on a.id = p.account_id
             group by next.id, e.id order by e.id""";

    private static final String ADD_MISSING =
            """
            insert into ledger.outbox (destination, entry_id)
            select ?, e.id from ledger.journal_entries e
             where e.id > (select finished_through from ledger.outbox_progress where destination = ?)
               and not exists (select from ledger.outbox o where o.destination = ? and o.entry_id = e.id)
            on conflict (destination, entry_id) do nothing""";

    private final Connections connections;
    private final Destination destination;
    private final Outage outage;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private final DeliveredRows delivered;
    private final Cleanup cleanup;
    private volatile boolean stopping;
    private volatile long stopDeadline;
    // used by the thread, after start
    private Duration searchInterval = Duration.ZERO;
    private long searched;

    private Relay(Connections connections, Destination destination) {
        this.connections = connections;
        this.destination = destination;
        this.outage = new Outage(
                "The destination '" + destination.name() + "' of the outbox", "Entries are kept and delivered later.");
        this.delivered = new DeliveredRows(connections, destination.name());
        this.cleanup = new Cleanup("ledger.outbox", delivered::deleteBatch);
        this.thread = new Thread(this::run, "relay-" + destination.name());
        thread.setDaemon(true);
    }

    /** {@return a relay that does nothing until {@link #start} or {@link #deliverBatch} is called} */
    static Relay of(Connections connections, Destination destination) {
        return new Relay(connections, destination);
    }

    /** Delivers until it is closed, and calls {@link #addMissingEntries} once in each {@code interval}. */
    void start(Duration interval) {
        searchInterval = interval;
        thread.start();
    }

    /** Adds a row for each entry that was posted without this destination. */
    void addMissingEntries() throws SQLException {
        try (Connection connection = connections.acquire()) {
            delivered.addProgress(connection);
            try (PreparedStatement statement = connection.prepareStatement(ADD_MISSING)) {
                for (int i = 1; i <= 3; i++) {
                    statement.setString(i, destination.name());
                }
                statement.executeUpdate();
            }
        }
        searched = System.nanoTime();
    }

    /** Looks for rows now instead of at the end of the pause, unless the destination does not answer. */
    void wake() {
        if (outage.isOver()) {
            work.release();
        }
    }

    private void run() {
        Duration retry = SHORTEST_PAUSE;
        while (!stopping) {
            try {
                if (System.nanoTime() - searched >= searchInterval.toNanos()) {
                    addMissingEntries();
                }
                boolean more = deliverBatch() == BATCH;
                outage.ended();
                retry = SHORTEST_PAUSE;
                if (!cleanup.run() && !more) {
                    await(SHORTEST_PAUSE);
                }
            } catch (ServiceUnavailableException | SQLException e) {
                outage.failed(e);
                await(retry);
                retry = longer(retry);
            } catch (RuntimeException e) {
                // a fault of the program: the thread has to survive it, because nothing else would deliver
                LOG.error("Entries could not be delivered to '{}'", destination.name(), e);
                await(LONGEST_PAUSE);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    private void await(Duration pause) {
        try {
            boolean unused = work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            work.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /**
     * {@return how many entries were delivered, 0 to {@link #BATCH}}
     *
     * @throws ServiceUnavailableException if the destination accepted none of them or only some; those are marked
     */
    int deliverBatch() throws SQLException, ServiceUnavailableException {
        try (Connection connection = connections.acquire()) {
            connection.setAutoCommit(false);
            try {
                List<OutboxEntry> entries = next(connection);
                if (entries.isEmpty()) {
                    connection.rollback();
                    return 0;
                }
                Set<UUID> accepted = destination.deliver(entries);
                mark(connection, accepted);
                connection.commit();
                if (accepted.size() < entries.size()) {
                    throw new ServiceUnavailableException(
                            "it accepted only " + accepted.size() + " of " + entries.size() + " entries");
                }
                return entries.size();
            } catch (SQLException | ServiceUnavailableException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private List<OutboxEntry> next(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, destination.name());
            statement.setInt(2, BATCH);
            List<OutboxEntry> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(new OutboxEntry(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getObject(3, LocalDate.class),
                            row.getString(4),
                            List.of((String[]) row.getArray(5).getArray())));
                }
            }
            return entries;
        }
    }

    private static void mark(Connection connection, Set<UUID> delivered) throws SQLException {
        String sql = "update ledger.outbox set delivered_at = now() where id = any (?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", delivered.toArray()));
            statement.executeUpdate();
        }
    }

    static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** {@return how many old rows were deleted, at most {@link Cleanup#BATCH}} */
    int deleteBatch() throws SQLException {
        return delivered.deleteBatch();
    }

    /** Ends the deliveries after the current one. The time limit of {@link #close} begins. */
    void stop() {
        if (!stopping) {
            stopDeadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
            stopping = true;
            work.release();
        }
    }

    /** Waits until the current delivery has ended, at most until five seconds after {@link #stop}. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(stopDeadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("A delivery to '{}' is still in progress after {}.", destination.name(), CLOSE_LIMIT);
        }
    }
}
