package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.internal.connect.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the connections of one pool that are older than a generation, one at a time and each by one that is already
 * open, so that no borrower waits on an empty pool. A connection that is used ends when it is returned.
 *
 * <p>HikariCP tells nobody which connections it holds, but {@code evictConnection} on a proxy that was closed marks the
 * connection behind it: it ends at once where it is idle, else on its return. So while a retirement lasts, borrowers
 * leave a note of the proxy they got for an old connection ({@link #note}). Those that nobody borrows are borrowed here:
 * HikariCP hands out the oldest idle one first.
 */
public final class Retirement {

    private static final long NEXT_MILLIS = 25;
    private static final long NOTHING_TO_RETIRE_MILLIS = 200;
    private static final long FAILED_MILLIS = 1_000;

    /** How many connections may be held to find an idle old one behind them: what HikariCP keeps per thread, and one. */
    private static final int MOST_HELD = 17;

    /** At the latest every so many fruitless steps, idle connections are looked through. */
    private static final int LOOK_ANYWAY = 25;

    /** A replacement that lay unused for so many steps is closed rather than handed out stale. */
    private static final int REPLACEMENT_KEEPS = 10;

    private static final long SHORTEST_WAIT_MILLIS = 1;

    /** The longest to wait for the pool to take a replacement: the old connection may be used for long. */
    private static final int HAND_OVER_STEPS = 40;

    private final long generation;
    private final HikariDataSource hikari;
    private final HikariPool pool;
    private final OpenConnections open;
    private final Replacements replacements;
    private final Map<Connection, Connection> notes = new ConcurrentHashMap<>();
    private int fruitless;
    private int waitedForHandOver = HAND_OVER_STEPS;

    /** Keeps one connection ready for the pool to take. */
    public interface Replacements {
        /** {@return whether one lies ready that the pool has not taken yet} */
        boolean isReady();

        /** Opens one unless one lies ready. Returns without where the server has no slot for it. */
        void prepare() throws SQLException;

        /** Closes the one that lies ready. */
        void drop();
    }

    public Retirement(long generation, HikariDataSource hikari, OpenConnections open, Replacements replacements) {
        this.generation = generation;
        this.hikari = hikari;
        this.pool = (HikariPool) hikari.getHikariPoolMXBean();
        this.open = open;
        this.replacements = replacements;
    }

    /** {@return the oldest generation that may stay} */
    public long generation() {
        return generation;
    }

    /** {@return {@code borrowed}} Remembers it where it is an old one. */
    public Connection note(Connection borrowed) {
        if (isOld(borrowed)) {
            try {
                // the first proxy, which will be closed soon and stays so; later ones are open most of the time
                notes.putIfAbsent(borrowed.unwrap(Connection.class), borrowed);
            } catch (SQLException e) {
                // closed meanwhile: nothing to retire
                return borrowed;
            }
        }
        return borrowed;
    }

    /** {@return how many old connections are left} */
    public int left() {
        return open.olderThan(generation);
    }

    /**
     * {@return milliseconds until the next step} Retires at most one connection.
     *
     * @param left how many old connections are left, above zero
     */
    public long step(int left) {
        if (!hikari.isRunning()) {
            // acquiring from a suspended pool waits without end, and this thread serves all pools
            return FAILED_MILLIS;
        }
        if (isHandingOver()) {
            letWaitersIn();
            return NEXT_MILLIS;
        }
        Connection returned = nextReturned();
        boolean lookAmongIdle = pool.getIdleConnections() > 0 && (left > pool.getActiveConnections() || isTimeToLook());
        if (returned == null && !lookAmongIdle) {
            return nothingToRetire();
        }
        try {
            replacements.prepare();
        } catch (SQLException e) {
            // better an old connection than none; the source of connections has said why
            return FAILED_MILLIS;
        }
        if (returned != null) {
            hikari.evictConnection(returned);
        } else if (!evictOldIdle()) {
            return nothingToRetire();
        }
        fruitless = 0;
        waitedForHandOver = 0;
        letWaitersIn();
        return NEXT_MILLIS;
    }

    /** {@return whether the pool still lacks the connection that was ended last} Ending more would shrink it. */
    private boolean isHandingOver() {
        boolean wanted = pool.getIdleConnections() < hikari.getMinimumIdle() || pool.getThreadsAwaitingConnection() > 0;
        return wanted && replacements.isReady() && waitedForHandOver++ < HAND_OVER_STEPS;
    }

    /** Old connections may idle while as many newer ones are used: looked for soon, and then ever more seldom. */
    private boolean isTimeToLook() {
        return Integer.bitCount(fruitless) <= 1 || fruitless % LOOK_ANYWAY == 0;
    }

    private long nothingToRetire() {
        if (++fruitless % REPLACEMENT_KEEPS == 0) {
            replacements.drop();
        }
        letWaitersIn();
        return NOTHING_TO_RETIRE_MILLIS;
    }

    private @Nullable Connection nextReturned() {
        Iterator<Map.Entry<Connection, Connection>> all = notes.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Connection, Connection> note = all.next();
            boolean gone = isClosed(note.getKey());
            if (gone || isClosed(note.getValue())) {
                all.remove();
            }
            if (!gone && isClosed(note.getValue())) {
                return note.getValue();
            }
        }
        return null;
    }

    /** {@return whether an old idle connection was ended} Newer ones that come first are held for that long. */
    private boolean evictOldIdle() {
        List<Connection> held = new ArrayList<>();
        try {
            while (held.size() < MOST_HELD
                    && pool.getIdleConnections() > 0
                    && pool.getThreadsAwaitingConnection() == 0) {
                Connection idle = pool.getConnection(SHORTEST_WAIT_MILLIS);
                if (isOld(idle)) {
                    hikari.evictConnection(idle);
                    return true;
                }
                held.add(idle);
            }
        } catch (SQLException e) {
            // somebody else was quicker: it is used, and will be noted
            return false;
        } finally {
            for (Connection connection : held) {
                giveBack(connection);
            }
        }
        return false;
    }

    /**
     * HikariCP replaces an ended connection by itself only up to minimumIdle; below that, those who already wait are
     * served when somebody else comes to borrow. So we come.
     */
    private void letWaitersIn() {
        if (pool.getThreadsAwaitingConnection() > 0 && pool.getTotalConnections() < hikari.getMaximumPoolSize()) {
            try {
                giveBack(pool.getConnection(SHORTEST_WAIT_MILLIS));
            } catch (SQLException e) {
                // the connection that is being added went to who waited before us, as it should
                return;
            }
        }
    }

    private boolean isOld(Connection connection) {
        long its = Connector.generationOf(connection);
        return its >= 0 && its < generation;
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // HikariCP has ended it and says so
            return;
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
