package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.rotation.Maintenance;
import dev.wellhead.internal.pool.rotation.MaintenanceTimer;
import dev.wellhead.internal.pool.rotation.PoolClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes the used connections of one pool, once a second. If the server has been silent on one of them for
 * silenceCheckAfter, it is asked through a fresh connection, and the connection is ended only if its statement cannot be
 * in progress any more. Steps never overlap; other methods are thread-safe.
 */
public final class SilenceWatch implements Maintenance.Task {

    /** The connections of one pool. */
    public interface Connections {
        /** Passes each open connection to {@code action}. */
        void forEachOpen(Consumer<MonitoredConnection> action);
    }

    private static final long TICK_MILLIS = 1_000;

    /** After a longer pause the machine was suspended, and its connections had no time to receive anything. */
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    /** The pause between two attempts to identify the servers of connections that opened before the pool. */
    private static final Duration LOCATE_AGAIN = Duration.ofMinutes(1);

    /** A server behind a pooler cannot be identified. */
    private static final int MOST_ATTEMPTS_TO_LOCATE = 3;

    private static final Duration LOCATE_FIRST = Duration.ofSeconds(5);
    private static final Duration LOCATE_BUDGET = Duration.ofSeconds(3);

    private final Connections open;
    private final ServerProbe probe;
    private final SilenceReport report;
    private final Suspects suspects;
    private final PoolClock clock;
    private final SilenceLimits limits;
    private final Map<ServerAddress, ServerCheck> checks = new HashMap<>();
    private Map<MonitoredConnection, Silence> silences = Map.of();
    private long pausedAt;
    private long locateAt;
    private int attemptsToLocate;
    private volatile boolean urgent;
    private volatile @Nullable Maintenance maintenance;

    /** @param silenceCheckAfter the setting; positive */
    public SilenceWatch(
            Connections open,
            ServerProbe probe,
            SilenceReport report,
            Suspects suspects,
            PoolClock clock,
            Duration silenceCheckAfter) {
        this.open = open;
        this.probe = probe;
        this.report = report;
        this.suspects = suspects;
        this.clock = clock;
        this.limits = SilenceLimits.of(silenceCheckAfter);
        this.pausedAt = clock.nanoTime();
        this.locateAt = pausedAt + LOCATE_FIRST.toNanos();
    }

    /** Begins to observe. Called once. */
    public void start(MaintenanceTimer timer) {
        Maintenance created = new Maintenance(this, timer);
        maintenance = created;
        suspects.onUnanswered(this::checkNow);
        created.schedule(TICK_MILLIS);
    }

    /** Ends no more connections. A check that is running completes. */
    public void stop() {
        Maintenance running = maintenance;
        if (running != null) {
            running.stop();
        }
    }

    /** Called for each connection that has opened: a new primary replaces the servers of older connections. */
    public void opened(MonitoredConnection connection) {
        ServerIdentity present = connection.identity();
        if (present == null) {
            return;
        }
        long now = connection.receivedAt();
        open.forEachOpen(other -> {
            ServerIdentity known = other.identity();
            if (known != null && present.replaces(known)) {
                suspects.suspect(other.serverAddress(), now, present);
                checkNow();
            }
        });
    }

    /** Checks all connections that wait for an answer, without waiting until they have been silent for long. */
    private void checkNow() {
        urgent = true;
        Maintenance running = maintenance;
        if (running != null) {
            running.wake();
        }
    }

    @Override
    public long step() {
        long now = clock.nanoTime();
        if (now - pausedAt > LONGEST_PAUSE_NANOS) {
            silences = Map.of();
        }
        boolean urgently = urgent;
        urgent = false;
        observe(now);
        checkAll(urgently);
        if (now - locateAt >= 0 && attemptsToLocate < MOST_ATTEMPTS_TO_LOCATE) {
            locate(now);
        }
        pausedAt = clock.nanoTime();
        return TICK_MILLIS;
    }

    private void observe(long now) {
        Map<MonitoredConnection, Silence> known = silences;
        Map<MonitoredConnection, Silence> present = new HashMap<>();
        open.forEachOpen(connection -> {
            Silence silence = Silence.observe(known.get(connection), connection, now);
            if (silence != null) {
                present.put(connection, silence);
            }
        });
        silences = present;
    }

    private void checkAll(boolean urgently) {
        if (silences.isEmpty()) {
            checks.clear();
            return;
        }
        Map<ServerAddress, List<Silence>> byAddress = new HashMap<>();
        for (Silence silence : silences.values()) {
            byAddress
                    .computeIfAbsent(silence.connection().serverAddress(), address -> new ArrayList<>())
                    .add(silence);
        }
        checks.keySet().retainAll(byAddress.keySet());
        for (Map.Entry<ServerAddress, List<Silence>> entry : byAddress.entrySet()) {
            checks.computeIfAbsent(
                            entry.getKey(), address -> new ServerCheck(address, limits, probe, report, suspects, clock))
                    .run(entry.getValue(), connectionsTo(entry.getKey()), urgently);
        }
    }

    private List<MonitoredConnection> connectionsTo(ServerAddress address) {
        List<MonitoredConnection> all = new ArrayList<>();
        open.forEachOpen(connection -> {
            if (connection.serverAddress().equals(address)) {
                all.add(connection);
            }
        });
        return all;
    }

    /**
     * Finds out which server serves the connections that opened before the pool. Their identity is not read when they
     * open, because the application waits for them.
     */
    private void locate(long now) {
        locateAt = now + LOCATE_AGAIN.toNanos();
        List<MonitoredConnection> unknown = new ArrayList<>(1);
        open.forEachOpen(connection -> {
            if (connection.identity() == null) {
                unknown.add(connection);
            }
        });
        if (unknown.isEmpty()) {
            return;
        }
        attemptsToLocate++;
        ServerAddress address = unknown.get(0).serverAddress();
        unknown.removeIf(connection -> !connection.serverAddress().equals(address));
        if (probe.ask(address, unknown, LOCATE_BUDGET) instanceof ServerProbe.Report found) {
            ServerIdentity identity = found.identity();
            for (MonitoredConnection connection : unknown) {
                if (identity != null && found.sessions().get(connection) != SessionState.GONE) {
                    connection.identifiedAs(identity);
                }
            }
        }
    }
}
