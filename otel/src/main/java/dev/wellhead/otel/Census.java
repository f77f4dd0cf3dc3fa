package dev.wellhead.otel;

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

/** The physical connections of one pool that are open, by what matters about them. Thread-safe. */
final class Census {

    private final InstantSource clock;
    private final Map<Long, Integer> byGeneration = new HashMap<>();
    private final Map<String, Integer> byTlsVersion = new TreeMap<>();
    private final Map<HostAndPort, Server> servers = new HashMap<>();
    private long newest = Long.MIN_VALUE;
    private @Nullable Instant acceptedAt;

    private record Server(int connections, @Nullable Instant certificateExpiry) {}

    Census(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void opened(ConnectionOpened event) {
        if (event.generation() > newest) {
            newest = event.generation();
            acceptedAt = clock.instant();
        }
        byGeneration.merge(event.generation(), 1, Integer::sum);
        byTlsVersion.merge(tlsVersion(event.tls()), 1, Integer::sum);
        HostAndPort server = new HostAndPort(event.host(), event.port());
        Server known = servers.get(server);
        servers.put(
                server,
                new Server(
                        known == null ? 1 : known.connections + 1,
                        event.certificateExpiry().orElse(null)));
    }

    synchronized void closed(ConnectionClosed event) {
        byGeneration.computeIfPresent(event.generation(), (generation, count) -> count == 1 ? null : count - 1);
        // a version that was seen stays, with 0: there are four, and a series that ends looks like one that is missing
        byTlsVersion.computeIfPresent(tlsVersion(event.tls()), (version, count) -> Math.max(0, count - 1));
        servers.computeIfPresent(
                new HostAndPort(event.host(), event.port()),
                (server, known) ->
                        known.connections == 1 ? null : new Server(known.connections - 1, known.certificateExpiry));
    }

    synchronized int current() {
        return byGeneration.getOrDefault(newest, 0);
    }

    synchronized int previous() {
        int all = 0;
        for (int count : byGeneration.values()) {
            all += count;
        }
        return all - current();
    }

    /** {@return since when the newest credentials are in use; null before the first connection} */
    synchronized @Nullable Duration age() {
        return acceptedAt == null ? null : Duration.between(acceptedAt, clock.instant());
    }

    synchronized Map<String, Integer> byTlsVersion() {
        return new TreeMap<>(byTlsVersion);
    }

    /** {@return until when the certificate of each server is valid} */
    synchronized Map<HostAndPort, Duration> certificates() {
        Map<HostAndPort, Duration> left = new HashMap<>();
        Instant now = clock.instant();
        for (Map.Entry<HostAndPort, Server> server : servers.entrySet()) {
            Instant expiry = server.getValue().certificateExpiry;
            if (expiry != null) {
                left.put(server.getKey(), Duration.between(now, expiry));
            }
        }
        return left;
    }

    /** {@code 1.3} for {@code TLSv1.3}, as the semantic conventions write it. */
    private static String tlsVersion(String protocol) {
        return protocol.startsWith("TLSv") ? protocol.substring("TLSv".length()) : protocol;
    }
}
