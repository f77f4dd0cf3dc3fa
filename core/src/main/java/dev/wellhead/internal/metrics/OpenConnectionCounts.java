package dev.wellhead.internal.metrics;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the open physical connections of one pool by generation, TLS version and server. Thread-safe. */
public final class OpenConnectionCounts {

    private final InstantSource clock;
    /** A generation without connections is removed, so the map stays as small as the pool. */
    private final Map<Long, Integer> byGeneration = new HashMap<>();

    private final Map<String, Integer> byTlsVersion = new TreeMap<>();
    private final Map<HostAndPort, Server> byServer = new HashMap<>();
    private long newestGeneration = Long.MIN_VALUE;

    /** When the newest generation opened its first connection, which is when the server first accepted it. */
    private @Nullable Instant newestSince;

    /** @param certificateExpiry from the newest connection to the server; null without TLS */
    private record Server(int connections, @Nullable Instant certificateExpiry) {}

    OpenConnectionCounts(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void opened(ConnectionOpened event) {
        if (event.generation() > newestGeneration) {
            newestGeneration = event.generation();
            newestSince = clock.instant();
        }
        byGeneration.merge(event.generation(), 1, Integer::sum);
        byTlsVersion.merge(tlsVersion(event.tls()), 1, Integer::sum);
        byServer.compute(new HostAndPort(event.host(), event.port()), (server, known) -> {
            int connections = known == null ? 1 : known.connections + 1;
            return new Server(connections, event.certificateExpiry().orElse(null));
        });
    }

    synchronized void closed(ConnectionClosed event) {
        byGeneration.computeIfPresent(event.generation(), (generation, count) -> count == 1 ? null : count - 1);
        // a TLS version stays with 0: if its series ended, it would look like missing data
        byTlsVersion.computeIfPresent(tlsVersion(event.tls()), (version, count) -> Math.max(0, count - 1));
        byServer.computeIfPresent(
                new HostAndPort(event.host(), event.port()),
                (server, known) ->
                        known.connections == 1 ? null : new Server(known.connections - 1, known.certificateExpiry));
    }

    /** {@return the number of connections with the newest credentials} */
    public synchronized int current() {
        return byGeneration.getOrDefault(newestGeneration, 0);
    }

    /** {@return the number of connections with older credentials} */
    public synchronized int previous() {
        int all = 0;
        for (int count : byGeneration.values()) {
            all += count;
        }
        return all - current();
    }

    /** {@return the time since the first login with the newest credentials; null before the first connection} */
    public synchronized @Nullable Duration credentialsAge() {
        return newestSince == null ? null : Duration.between(newestSince, clock.instant());
    }

    public synchronized Map<String, Integer> byTlsVersion() {
        return new TreeMap<>(byTlsVersion);
    }

    /** {@return the time until each server's certificate expires; negative if it has expired} */
    public synchronized Map<HostAndPort, Duration> certificateValidity() {
        Map<HostAndPort, Duration> validity = new HashMap<>();
        Instant now = clock.instant();
        byServer.forEach((server, known) -> {
            if (known.certificateExpiry != null) {
                validity.put(server, Duration.between(now, known.certificateExpiry));
            }
        });
        return validity;
    }

    /** {@code 1.3} for the JDK's {@code TLSv1.3}, as the semantic conventions specify. */
    private static String tlsVersion(String protocol) {
        return protocol.startsWith("TLSv") ? protocol.substring("TLSv".length()) : protocol;
    }
}
