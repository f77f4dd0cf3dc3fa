package dev.wellhead.internal.pool.roles;

import dev.wellhead.internal.pool.rotation.MaintenanceTimer;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.settings.HostAndPort;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connections of a reader on the servers that it prefers. About every 30 s, and when a connection reports that its
 * standby was promoted, it opens a connection to each reader host. Then connections to other servers are replaced one after
 * the other. Thread-safe.
 *
 * <p>The timer's thread serves all pools, so it only reads what connections have reported. Checks that use the network run
 * on the executor.
 */
public final class ReaderWatch {

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

    private static final long GLANCE_MILLIS = 1_000;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHORTEST_CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The interval varies by this part in both directions, so that pools and processes do not check at the same moment. */
    private static final double JITTER = 0.2;

    /** Between two replaced connections, the pool opens a new one. */
    private static final long NEXT_MILLIS = 100;

    /** A large pool replaces several connections in each step, so that it has left a server after about two seconds. */
    private static final int STEPS = 20;

    private final String subject;
    private final Reader reader;
    private final Preference preference;
    private final PendingEvictions evictions;
    private final PoolClock clock;
    private final MaintenanceTimer timer;
    private final Executor executor;
    private final Random random;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile long nextCheck;
    private @Nullable Future<?> next;
    private boolean stopped;

    /** @param subject the beginning of a message, such as {@code Reader of database 'ledger'} */
    public ReaderWatch(
            String subject,
            Reader reader,
            Preference preference,
            PendingEvictions evictions,
            PoolClock clock,
            MaintenanceTimer timer,
            Executor executor,
            Random random) {
        this.subject = subject;
        this.reader = reader;
        this.preference = preference;
        this.evictions = evictions;
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
        this.random = random;
    }

    /** Begins to watch. Called once. */
    public void start() {
        nextCheck = clock.nanoTime() + interval();
        schedule();
    }

    /** Stops watching. A check that is running completes. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private synchronized void schedule() {
        if (!stopped) {
            next = timer.schedule(this::glance, GLANCE_MILLIS);
        }
    }

    /** Starts a check if it is time for one or if a standby was promoted. Does not use the network. */
    private void glance() {
        try {
            boolean isDue = clock.nanoTime() - nextCheck >= 0;
            boolean isUsed = !reader.connections().isEmpty();
            if (isUsed && (isDue || isAnyPromoted()) && checking.compareAndSet(false, true)) {
                executor.execute(this::check);
            }
        } finally {
            schedule();
        }
    }

    private boolean isAnyPromoted() {
        for (Connection connection : reader.connections()) {
            if (reader.wasPromoted(connection)) {
                return true;
            }
        }
        return false;
    }

    /** Checks every reader host, and replaces the connections to servers that have to be left. */
    private void check() {
        try {
            Map<HostAndPort, Suitability> servers = new HashMap<>();
            for (HostAndPort host : reader.hosts()) {
                servers.put(host, reader.check(host));
            }
            leave(servers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ReaderWatch.class).warn("{}: the check of its servers failed.", subject, e);
        } finally {
            nextCheck = clock.nanoTime() + interval();
            checking.set(false);
        }
    }

    private void leave(Map<HostAndPort, Suitability> servers) throws InterruptedException {
        List<HostAndPort> preferred = preferred(servers);
        List<Connection> unsuitable = new ArrayList<>();
        List<Connection> others = new ArrayList<>();
        for (Connection connection : reader.connections()) {
            HostAndPort server = reader.serverOf(connection);
            Suitability suitability = servers.getOrDefault(server, Suitability.SECOND_CHOICE);
            if (suitability == Suitability.UNSUITABLE) {
                unsuitable.add(connection);
            } else if (suitability != Suitability.UNAVAILABLE && !preferred.isEmpty() && !preferred.contains(server)) {
                others.add(connection);
            }
        }
        log(unsuitable, "that server must not be used any more");
        log(others, "a preferred server is available");
        // without a server that can be used, it is better to report that than to read from one of these
        for (Connection connection : unsuitable) {
            evictions.mark(connection);
        }
        evictions.evictIdle();
        int each = Math.max(1, others.size() / STEPS);
        for (int i = 0; i < others.size(); i++) {
            evictions.mark(others.get(i));
            if (i % each == 0) {
                evictions.evictIdle();
                clock.sleep(NEXT_MILLIS);
            }
        }
        evictions.evictIdle();
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

    private void log(List<Connection> leaving, String reason) {
        if (!leaving.isEmpty()) {
            LoggerFactory.getLogger(ReaderWatch.class)
                    .info(
                            "{}: {} connections to {} are replaced, because {}.",
                            subject,
                            leaving.size(),
                            reader.serverOf(leaving.get(0)),
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
