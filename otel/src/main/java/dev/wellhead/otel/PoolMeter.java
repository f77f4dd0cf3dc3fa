package dev.wellhead.otel;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import dev.wellhead.spi.DatabaseListener.RotationCompleted;
import dev.wellhead.spi.PoolFigures;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures one pool, and what its credentials and connections go through. Thread-safe. */
final class PoolMeter implements BorrowListener {

    private final String uniqueName;
    private final Binding binding;
    private final InstantSource clock;
    private final boolean measuresPool;
    private final DatabaseSettings resolved;
    private final boolean refreshes;
    private final Census census;
    private final Deferred deferred = new Deferred();
    private final ShortTimes times;
    private volatile @Nullable PoolFigures figures;
    private volatile @Nullable PoolRecorder recorder;
    private volatile @Nullable PoolState state;
    private volatile @Nullable Instant refreshedAt;

    /**
     * @param resolved the settings before anything completed them
     * @param measuresPool whether {@code db.client.connection.*} are emitted
     * @param refreshes whether the looks at the source of credentials are told to this meter
     */
    PoolMeter(
            String uniqueName,
            DatabaseSettings resolved,
            Binding binding,
            InstantSource clock,
            boolean measuresPool,
            boolean refreshes) {
        this.uniqueName = uniqueName;
        this.resolved = resolved;
        this.binding = binding;
        this.clock = clock;
        this.measuresPool = measuresPool;
        this.refreshes = refreshes;
        this.census = new Census(clock);
        this.times = new ShortTimes(Runtime.getRuntime().availableProcessors(), new Overflow());
    }

    String uniqueName() {
        return uniqueName;
    }

    void opening(PoolFigures pool) {
        figures = pool;
        ready();
    }

    @Override
    public void acquired(long nanos) {
        PoolRecorder ready = recorder;
        if (ready == null) {
            ready = ready();
            if (ready == null) {
                return;
            }
        }
        if (nanos < ShortTimes.LIMIT_NANOS) {
            times.waited(nanos);
        } else {
            ready.waited(nanos);
        }
    }

    @Override
    public void returned(long millis) {
        PoolRecorder ready = recorder;
        if (ready == null) {
            return;
        }
        if (millis == 0) {
            times.used();
        } else {
            ready.usedFor(millis);
        }
    }

    @Override
    public void timedOut() {
        record(PoolRecorder::timedOut);
    }

    void opened(ConnectionOpened event) {
        census.opened(event);
        if (refreshes && refreshedAt == null) {
            // the first login shows that the source has answered
            refreshedAt = clock.instant();
        }
        Duration duration = event.duration();
        boolean asPool = measuresPool;
        record(to -> {
            to.created();
            if (asPool) {
                to.createTime(duration);
            }
        });
    }

    void failed(ConnectionFailed event) {
        record(to -> to.failed(event));
    }

    void closed(ConnectionClosed event) {
        census.closed(event);
        ready();
    }

    void refreshed(CredentialsRefreshed event) {
        if (event.succeeded()) {
            refreshedAt = clock.instant();
        }
        record(to -> to.refreshed(event));
    }

    void proven() {
        record(PoolRecorder::rotated);
    }

    void completed(RotationCompleted event) {
        Duration duration = event.duration();
        record(to -> to.rotationTook(duration));
    }

    /** Called when metrics are collected. */
    void observe(Instruments instruments) {
        PoolRecorder ready = ready();
        PoolState now = state;
        if (ready == null || now == null) {
            return;
        }
        times.drainTo(ready);
        now.observe(instruments, census, refreshedAt == null ? null : Duration.between(refreshedAt, clock.instant()));
    }

    /** Records what is left. */
    void close() {
        if (figures == null) {
            // it never opened; why is worth knowing all the same
            start(resolved, null);
        }
        PoolRecorder ready = ready();
        if (ready != null) {
            times.drainTo(ready);
        }
    }

    private void record(Consumer<PoolRecorder> event) {
        PoolRecorder ready = ready();
        if (ready == null) {
            deferred.add(event);
            PoolRecorder meanwhile = recorder;
            if (meanwhile != null) {
                deferred.replay(meanwhile);
            }
        } else {
            event.accept(ready);
        }
    }

    private @Nullable PoolRecorder ready() {
        PoolRecorder ready = recorder;
        PoolFigures pool = figures;
        if (ready == null && pool != null) {
            start(pool.settings(), pool);
            ready = recorder;
        }
        return ready;
    }

    private synchronized void start(DatabaseSettings settings, @Nullable PoolFigures pool) {
        Instruments instruments = binding.instruments();
        if (recorder != null || instruments == null) {
            return;
        }
        Attributes attributes = attributes(settings);
        Attributes source = attributes.toBuilder()
                .put(Keys.CREDENTIALS_SOURCE, SourceName.of(settings.credentialsSource()))
                .build();
        PoolRecorder created = new PoolRecorder(instruments, attributes, source);
        created.start(measuresPool, SourceName.canChange(settings.credentialsSource()), refreshes);
        if (pool != null) {
            state = new PoolState(measuresPool ? pool : null, attributes, source, Fingerprint.of(settings));
        }
        recorder = created;
        deferred.replay(created);
    }

    private Attributes attributes(DatabaseSettings settings) {
        var attributes = Attributes.builder().put(Keys.POOL_NAME, uniqueName).put(Keys.SYSTEM, "postgresql");
        if (!settings.databaseName().isEmpty()) {
            attributes.put(Keys.NAMESPACE, settings.databaseName());
        }
        if (!settings.hosts().isEmpty()) {
            HostAndPort first = settings.hosts().get(0);
            attributes.put(Keys.SERVER_ADDRESS, first.host()).put(Keys.SERVER_PORT, (long) first.port());
        }
        return attributes.build();
    }

    /** More than fits between two collections. */
    private final class Overflow implements ShortTimes.Drain {

        @Override
        public void waited(long count, long nanos) {
            PoolRecorder ready = recorder;
            if (ready != null) {
                ready.waited(count, nanos);
            }
        }

        @Override
        public void used(long count) {
            PoolRecorder ready = recorder;
            if (ready != null) {
                ready.used(count);
            }
        }
    }
}
