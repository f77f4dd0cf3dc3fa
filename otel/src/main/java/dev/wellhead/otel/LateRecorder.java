package dev.wellhead.otel;

import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.PoolStats;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of one pool, which is there once it is known what the pool connects to and an {@code OpenTelemetry} is set.
 * Keeps what happens until then. Thread-safe.
 */
final class LateRecorder {

    /** What a source of credentials may know of the server, which is in the attributes. */
    private static final List<Setting<?>> WHERE = List.of(Settings.HOST, Settings.PORT, Settings.NAME);

    private final String uniqueName;
    private final DatabaseSettings resolved;
    private final Binding binding;
    private final boolean isFinal;
    private final boolean measuresPool;
    private final boolean refreshes;
    private final Deferred deferred = new Deferred();
    private volatile @Nullable PoolStats figures;
    private volatile @Nullable PoolRecorder recorder;
    private volatile @Nullable PoolState state;

    /**
     * @param resolved the settings before anything completed them
     * @param measuresPool whether {@code db.client.connection.*} are emitted
     * @param refreshes whether the looks at the source of credentials are told of
     */
    LateRecorder(
            String uniqueName, DatabaseSettings resolved, Binding binding, boolean measuresPool, boolean refreshes) {
        this.uniqueName = uniqueName;
        this.resolved = resolved;
        this.isFinal = WHERE.stream().allMatch(part -> isFinal(resolved, part));
        this.binding = binding;
        this.measuresPool = measuresPool;
        this.refreshes = refreshes;
    }

    /** A secret, or the caller's own provider, says what nothing configures: until it has, a default is no answer. */
    private static boolean isFinal(DatabaseSettings resolved, Setting<?> part) {
        CredentialsSource source = resolved.credentialsSource();
        boolean maySay = source instanceof CredentialsSource.Secret || source instanceof CredentialsSource.Supplied;
        return resolved.explain(part)
                .map(value -> !maySay || value.origin().kind() != Origin.Kind.DEFAULT)
                .orElse(false);
    }

    void opening(PoolStats pool) {
        figures = pool;
        find();
    }

    /** {@return the recorder, or null where it is not there yet; looks for nothing} */
    @Nullable
    PoolRecorder ready() {
        return recorder;
    }

    /** {@return the recorder, or null where it cannot be there yet} */
    @Nullable
    PoolRecorder find() {
        PoolStats pool = figures;
        if (pool != null && state == null) {
            start(pool.settings(), pool);
        }
        return recorder;
    }

    /** {@return what describes the pool when metrics are collected; null before there is a pool to describe} */
    @Nullable
    PoolState state() {
        return state;
    }

    /** Records {@code event} now, or once there is a recorder. */
    void record(Consumer<PoolRecorder> event) {
        PoolRecorder ready = find();
        if (ready == null && isFinal) {
            // a pool that waits for its first connection is worth watching
            start(resolved, null);
            ready = recorder;
        }
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

    /** No pool will start any more where none has: why is worth knowing all the same. */
    void end() {
        if (figures == null) {
            start(resolved, null);
        }
    }

    private void start(DatabaseSettings settings, @Nullable PoolStats pool) {
        Instruments instruments = binding.instruments();
        if (instruments != null) {
            start(instruments, settings, pool);
        }
    }

    private synchronized void start(Instruments instruments, DatabaseSettings settings, @Nullable PoolStats pool) {
        Attributes attributes = attributes(settings);
        Attributes source = attributes.toBuilder()
                .put(Keys.CREDENTIALS_SOURCE, SourceName.of(settings.credentialsSource()))
                .build();
        if (pool != null && state == null) {
            state = new PoolState(measuresPool ? pool : null, attributes, source, Fingerprint.of(settings));
        }
        if (recorder == null) {
            PoolRecorder created = new PoolRecorder(instruments, attributes, source);
            created.start(measuresPool, SourceName.canChange(settings.credentialsSource()), refreshes);
            recorder = created;
            deferred.replay(created);
        }
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
}
