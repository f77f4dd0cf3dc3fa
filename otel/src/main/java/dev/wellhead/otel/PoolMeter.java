package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import dev.wellhead.spi.DatabaseListener.RotationCompleted;
import dev.wellhead.spi.PoolStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Measures one pool, and what its credentials and connections go through. Thread-safe. */
final class PoolMeter {

    private final String uniqueName;
    private final InstantSource clock;
    private final boolean measuresPool;
    private final boolean refreshes;
    private final LateRecorder recorder;
    private final BorrowMeter borrows;
    private final Census census;
    private volatile @Nullable Instant refreshedAt;

    /**
     * @param measuresPool whether {@code db.client.connection.*} are emitted
     * @param refreshes whether the looks at the source of credentials are told to this meter
     */
    PoolMeter(String uniqueName, LateRecorder recorder, InstantSource clock, boolean measuresPool, boolean refreshes) {
        this.uniqueName = uniqueName;
        this.clock = clock;
        this.measuresPool = measuresPool;
        this.refreshes = refreshes;
        this.recorder = recorder;
        this.borrows = new BorrowMeter(uniqueName, recorder, RecordingThread.OF_THIS_PROCESS);
        this.census = new Census(clock);
    }

    String uniqueName() {
        return uniqueName;
    }

    /** {@return what measures the borrowers; null where something else does} */
    @Nullable
    BorrowListener opening(PoolStats pool) {
        recorder.opening(pool);
        borrows.start();
        return measuresPool ? borrows : null;
    }

    void opened(ConnectionOpened event) {
        census.opened(event);
        if (refreshes && refreshedAt == null) {
            // the first login shows that the source has answered
            refreshedAt = clock.instant();
        }
        Duration duration = event.duration();
        boolean asPool = measuresPool;
        HostAndPort server = new HostAndPort(event.host(), event.port());
        recorder.record(to -> {
            to.created(server);
            if (asPool) {
                to.createTime(server, duration);
            }
        });
    }

    void failed(ConnectionFailed event) {
        recorder.record(to -> to.failed(event));
    }

    void closed(ConnectionClosed event) {
        census.closed(event);
        recorder.find();
    }

    void refreshed(CredentialsRefreshed event) {
        if (event.succeeded()) {
            refreshedAt = clock.instant();
        }
        recorder.record(to -> to.refreshed(event));
    }

    void proven() {
        recorder.record(PoolRecorder::rotated);
    }

    void completed(RotationCompleted event) {
        Duration duration = event.duration();
        recorder.record(to -> to.rotationTook(duration));
    }

    /** Called when metrics are collected. */
    void observe(Instruments instruments) {
        recorder.find();
        PoolState now = recorder.state();
        if (now == null) {
            return;
        }
        borrows.record();
        now.observe(instruments, census, refreshedAt == null ? null : Duration.between(refreshedAt, clock.instant()));
    }

    /** Records what is left. */
    void close() {
        recorder.end();
        borrows.close();
    }
}
