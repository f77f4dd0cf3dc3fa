package dev.wellhead.internal.metrics;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import dev.wellhead.spi.PoolStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures one pool, its connections and its credentials. Events that cannot be recorded yet are kept, for two reasons:
 * the server's address may be part of a secret, and the metrics library may become available after the database was
 * opened. Thread-safe.
 */
public final class PoolTelemetry implements BorrowListener {

    /** Beyond this number the oldest event is dropped, so that a service without metrics does not collect garbage. */
    private static final int MAX_PENDING_EVENTS = 256;

    private final String uniqueName;
    private final MetricsLibrary library;
    private final InstantSource clock;
    private final boolean measuresPool;
    private final boolean reportsRefreshes;
    private final OpenConnectionCounts connections;
    private final Queue<Consumer<PoolRecorder>> pending = new ArrayDeque<>();
    private final DatabaseSettings resolved;

    /** The settings that attributes are created from; null until the server and the database are known. */
    private volatile @Nullable DatabaseSettings settings;

    /**
     * Null until {@link #settings} and the metrics library are available. Acquiring a connection reads only this field.
     */
    private volatile @Nullable PoolRecorder recorder;

    /** Null until the pool opens. */
    private volatile @Nullable PoolStats stats;

    /** When the credentials were last read successfully. */
    private volatile @Nullable Instant refreshedAt;

    private volatile String fingerprint = "";

    /**
     * @param uniqueName the value of {@code db.client.connection.pool.name}
     * @param resolved the settings, before a secret completed them
     * @param measuresPool whether {@code db.client.connection.*} are reported
     * @param reportsRefreshes whether this pool's credentials are refreshed, and this pool reports it
     */
    PoolTelemetry(
            String uniqueName,
            DatabaseSettings resolved,
            MetricsLibrary library,
            InstantSource clock,
            boolean measuresPool,
            boolean reportsRefreshes) {
        this.uniqueName = uniqueName;
        this.resolved = resolved;
        this.library = library;
        this.clock = clock;
        this.measuresPool = measuresPool;
        this.reportsRefreshes = reportsRefreshes;
        this.connections = new OpenConnectionCounts(clock);
        // a pool that waits for its first connection is measured, if it is known where it connects to
        this.settings = ServerAttributes.areKnown(resolved) ? resolved : null;
    }

    String uniqueName() {
        return uniqueName;
    }

    /** {@return the listener for acquires and returns; null if something else measures the pool} */
    @Nullable
    BorrowListener opening(PoolStats pool) {
        settings = pool.settings();
        fingerprint = SettingsFingerprint.of(pool.settings());
        stats = pool;
        bind();
        return measuresPool ? this : null;
    }

    @Override
    public void acquired(long nanos) {
        PoolRecorder ready = recorder;
        if (ready != null) {
            ready.waited(nanos);
        }
    }

    @Override
    public void returned(long millis) {
        PoolRecorder ready = recorder;
        if (ready != null) {
            ready.used(millis);
        }
    }

    @Override
    public void timedOut() {
        record(PoolRecorder::timedOut);
    }

    /** Counts and times a connection that has opened. */
    void opened(ConnectionOpened event) {
        connections.opened(event);
        if (reportsRefreshes && refreshedAt == null) {
            // the first login used credentials that the source had returned
            refreshedAt = clock.instant();
        }
        HostAndPort server = new HostAndPort(event.host(), event.port());
        Duration duration = event.duration();
        record(target -> {
            target.created(server);
            if (measuresPool) {
                target.createTime(server, duration);
            }
        });
    }

    void closed(ConnectionClosed event) {
        connections.closed(event);
    }

    /** Records a refresh. After a failure the time of the last success stays, so that its age grows. */
    void refreshed(CredentialsRefreshed event) {
        if (event.succeeded()) {
            refreshedAt = clock.instant();
        }
        record(target -> target.refreshed(event));
    }

    /** Records {@code event} now, or as soon as there is a recorder. */
    void record(Consumer<PoolRecorder> event) {
        PoolRecorder ready = bind();
        if (ready == null) {
            ready = keep(event);
        }
        if (ready != null) {
            event.accept(ready);
        }
    }

    /** {@return the recorder, if another thread created it in the meantime; else the event is kept} */
    private synchronized @Nullable PoolRecorder keep(Consumer<PoolRecorder> event) {
        if (recorder == null) {
            if (pending.size() == MAX_PENDING_EVENTS) {
                pending.remove();
            }
            pending.add(event);
        }
        return recorder;
    }

    /** {@return the recorder, which is created if that is possible now; else null} */
    @Nullable
    PoolRecorder bind() {
        PoolRecorder existing = recorder;
        DatabaseSettings known = settings;
        if (existing != null || known == null) {
            return existing;
        }
        // outside of the lock, because the metrics library has locks of its own
        PoolRecorder created = library.recorder(uniqueName, known);
        if (created == null) {
            return null;
        }
        created.start(this);
        return publish(created);
    }

    /** {@return the recorder to use: {@code created}, unless another thread was faster} */
    private synchronized PoolRecorder publish(PoolRecorder created) {
        PoolRecorder existing = recorder;
        if (existing != null) {
            return existing;
        }
        for (Consumer<PoolRecorder> event : pending) {
            event.accept(created);
        }
        pending.clear();
        recorder = created;
        return created;
    }

    // The following methods are called when metrics are collected.

    /** {@return the state of the pool; null until it opens} */
    public @Nullable PoolStats stats() {
        return stats;
    }

    public OpenConnectionCounts connections() {
        return connections;
    }

    /** {@return the fingerprint of the settings; empty until the pool opens} */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * {@return the time since the credentials were last read successfully; null if they were not, or are not read
     * again}
     */
    public @Nullable Duration refreshAge() {
        Instant refreshed = refreshedAt;
        return refreshed == null ? null : Duration.between(refreshed, clock.instant());
    }

    /** {@return whether {@code db.client.connection.*} are reported} */
    public boolean measuresPool() {
        return measuresPool;
    }

    /** {@return whether this pool's credentials are refreshed, and this pool reports it} */
    public boolean reportsRefreshes() {
        return reportsRefreshes;
    }

    /** {@return whether the credentials can change} */
    public boolean canRotate() {
        DatabaseSettings known = settings;
        return CredentialsSourceKind.canChange((known == null ? resolved : known).credentialsSource());
    }

    /** If the pool did not open, the kept events give the reason: they are recorded with what is known of the server. */
    void close() {
        if (settings == null) {
            settings = resolved;
        }
        bind();
    }
}
