package dev.wellhead.internal.pool;

import dev.wellhead.internal.pool.liveness.SilenceReport;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.settings.HostAndPort;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connections of one pool that did not respond recently, for the message of a borrow that timed out. Thread-safe. */
final class UnresponsiveConnections implements SilenceReport.Unanswered {

    /** More than any pool has; limits the memory. */
    private static final int MOST = 1_000;

    private final long periodNanos;
    private final PoolClock clock;
    private final Deque<Silence> silences = new ArrayDeque<>(0);
    private boolean openedSince = true;

    private record Silence(HostAndPort server, Duration within, long atNanos) {}

    /** @param connectionTimeout how long a connection is recent: the longest time that a borrower has waited */
    UnresponsiveConnections(Duration connectionTimeout, PoolClock clock) {
        // a little longer, because the borrower reads the record after its time is over
        this.periodNanos = connectionTimeout.toNanos() / 8 * 9;
        this.clock = clock;
    }

    @Override
    public synchronized void add(HostAndPort server, Duration within) {
        if (silences.size() == MOST) {
            silences.removeFirst();
        }
        silences.addLast(new Silence(server, within, clock.nanoTime()));
        openedSince = false;
    }

    /** Records that a new connection has opened, so that the server answers. */
    synchronized void opened() {
        openedSince = true;
    }

    /** {@return a sentence for each server whose connections did not respond recently; empty if there are none} */
    synchronized String describe() {
        long oldest = clock.nanoTime() - periodNanos;
        while (!silences.isEmpty() && silences.getFirst().atNanos() - oldest < 0) {
            silences.removeFirst();
        }
        Map<HostAndPort, Integer> counts = new LinkedHashMap<>();
        Duration longest = Duration.ZERO;
        for (Silence silence : silences) {
            counts.merge(silence.server(), 1, Integer::sum);
            longest = longest.compareTo(silence.within()) < 0 ? silence.within() : longest;
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<HostAndPort, Integer> each : counts.entrySet()) {
            text.append(text.isEmpty() ? "" : " ");
            String number = each.getValue() == 1 ? "1 connection" : each.getValue() + " connections";
            if (openedSince) {
                text.append(number).append(" to ").append(each.getKey());
            } else {
                text.append("The server does not answer: ")
                        .append(each.getKey())
                        .append("; ")
                        .append(number);
            }
            text.append(" did not respond within ").append(seconds(longest)).append('.');
        }
        return text.toString();
    }

    private static String seconds(Duration duration) {
        long tenths = duration.toMillis() / 100;
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }
}
