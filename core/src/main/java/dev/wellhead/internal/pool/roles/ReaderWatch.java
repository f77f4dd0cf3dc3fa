package dev.wellhead.internal.pool.roles;

import dev.wellhead.internal.pool.rotation.Maintenance;
import dev.wellhead.internal.pool.rotation.MaintenanceTimer;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.settings.HostAndPort;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connections of a reader on the servers that it prefers. About every 30 s, and when a connection reports that its
 * standby was promoted, it opens a connection to each reader host. Then connections to other servers are replaced one after
 * the other. Thread-safe.
 */
public final class ReaderWatch implements Maintenance.Task {

    /** Whether a reader can use a server. */
    public enum Suitability {
        /** It has the role that is preferred. */
        PREFERRED,
        /** It can be used while no server is preferred: a primary. */
        SECOND_CHOICE,
        /** It must not be used: a standby that is too far behind, or a primary if only standbys are used. */
        UNSUITABLE,
        /** It does not accept connections. Existing connections are not touched. */
        UNAVAILABLE
    }

    /** The servers and connections of a reader. */
    public interface Reader {

        /** {@return the reader hosts, in the configured order; empty if there is no choice} */
        List<HostAndPort> hosts();

        /** {@return the suitability of a reader host} Opens and closes a connection. */
        Suitability check(HostAndPort host);

        /** {@return the open connections} */
        List<Connection> connections();

        /** {@return the server of an open connection} */
        HostAndPort serverOf(Connection connection);

        /** {@return whether the server of a connection was a standby when it opened, and has reported that it is none now} */
        boolean wasPromoted(Connection connection);
    }

    /**
     * What a reader prefers.
     *
     * @param inOrder whether an earlier host is preferred to a later one
     * @param maximumLag the limit for standbys; null: none
     */
    public record Preference(boolean inOrder, @Nullable Duration maximumLag) {}

    private static final long WATCH_MILLIS = 1_000;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHORTEST_CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The interval varies by this part in both directions, so that pools and processes do not check at the same moment. */
    private static final double JITTER = 0.2;

    /** In this time, the pool opens a connection in place of a replaced one. */
    private static final long NEXT_MILLIS = 100;

    /** A large pool replaces several connections in each step, so that it has left a server after about two seconds. */
    private static final int STEPS = 20;

    private final String subject;
    private final Reader reader;
    private final Preference preference;
    private final PendingEvictions evictions;
    private final PoolClock clock;
    private final Random random;
    private final Deque<Connection> leaving = new ArrayDeque<>(0);
    private int eachStep;
    private long nextCheck;
    private @Nullable Maintenance maintenance;

    /** @param subject the beginning of a message, such as {@code Reader of database 'ledger'} */
    public ReaderWatch(
            String subject,
            Reader reader,
            Preference preference,
            PendingEvictions evictions,
            PoolClock clock,
            Random random) {
        this.subject = subject;
        this.reader = reader;
        this.preference = preference;
        this.evictions = evictions;
        this.clock = clock;
        this.random = random;
        this.nextCheck = clock.nanoTime() + interval();
    }

    /** Begins to watch. Called once. */
    public synchronized void start(MaintenanceTimer timer) {
        maintenance = new Maintenance(this, timer);
        maintenance.schedule(WATCH_MILLIS);
    }

    /** Stops watching. A check that is running completes. */
    public synchronized void stop() {
        if (maintenance != null) {
            maintenance.stop();
        }
    }

    /** Replaces some connections, or checks the servers if it is time for that or if a standby was promoted. */
    @Override
    public long step() {
        if (!leaving.isEmpty()) {
            return replaceNext();
        }
        List<Connection> open = reader.connections();
        if (!open.isEmpty() && (clock.nanoTime() - nextCheck >= 0 || isAnyPromoted(open))) {
            check();
            nextCheck = clock.nanoTime() + interval();
            return leaving.isEmpty() ? WATCH_MILLIS : NEXT_MILLIS;
        }
        return WATCH_MILLIS;
    }

    private boolean isAnyPromoted(List<Connection> open) {
        for (Connection connection : open) {
            if (reader.wasPromoted(connection)) {
                return true;
            }
        }
        return false;
    }

    /** Checks every reader host, and decides which connections have to leave their server. */
    private void check() {
        Map<HostAndPort, Suitability> servers = new HashMap<>();
        for (HostAndPort host : reader.hosts()) {
            servers.put(host, reader.check(host));
        }
        List<HostAndPort> preferred = preferred(servers);
        List<Connection> unsuitable = new ArrayList<>();
        for (Connection connection : reader.connections()) {
            HostAndPort server = reader.serverOf(connection);
            Suitability suitability = servers.getOrDefault(server, Suitability.SECOND_CHOICE);
            if (suitability == Suitability.UNSUITABLE) {
                unsuitable.add(connection);
            } else if (suitability != Suitability.UNAVAILABLE && !preferred.isEmpty() && !preferred.contains(server)) {
                leaving.add(connection);
            }
        }
        log(unsuitable, "this server must not be used any more");
        log(leaving, "a preferred server is available");
        // If there is no other server, the borrowers get the reason as an exception.
        for (Connection connection : unsuitable) {
            evictions.mark(connection);
        }
        evictions.evictIdle();
        eachStep = Math.max(1, leaving.size() / STEPS);
    }

    /** {@return the delay until the next step} */
    private long replaceNext() {
        for (int i = 0; i < eachStep && !leaving.isEmpty(); i++) {
            evictions.mark(leaving.remove());
        }
        evictions.evictIdle();
        return leaving.isEmpty() ? WATCH_MILLIS : NEXT_MILLIS;
    }

    /** {@return the hosts to use: all that are preferred, or the first of them} */
    private List<HostAndPort> preferred(Map<HostAndPort, Suitability> servers) {
        List<HostAndPort> preferred = new ArrayList<>();
        for (HostAndPort host : reader.hosts()) {
            if (servers.get(host) == Suitability.PREFERRED) {
                preferred.add(host);
                if (preference.inOrder()) {
                    break;
                }
            }
        }
        return preferred;
    }

    private void log(Collection<Connection> replaced, String reason) {
        if (!replaced.isEmpty()) {
            LoggerFactory.getLogger(ReaderWatch.class)
                    .info(
                            "{}: {} to {} {} replaced, because {}.",
                            subject,
                            replaced.size() == 1 ? "1 connection" : replaced.size() + " connections",
                            reader.serverOf(replaced.iterator().next()),
                            replaced.size() == 1 ? "is" : "are",
                            reason);
        }
    }

    /** {@return the time until the next check} A limit for the lag needs a check in less time. */
    private long interval() {
        Duration interval = CHECK_INTERVAL;
        Duration limit = preference.maximumLag();
        if (limit != null && limit.dividedBy(2).compareTo(interval) < 0) {
            interval = limit.dividedBy(2);
        }
        if (interval.compareTo(SHORTEST_CHECK_INTERVAL) < 0) {
            interval = SHORTEST_CHECK_INTERVAL;
        }
        return (long) (interval.toNanos() * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }
}
