package dev.wellhead.internal.metrics;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.PoolStats;
import org.jspecify.annotations.Nullable;

/** The metrics library to which one database is reported. Thread-safe. */
public interface MetricsLibrary {

    /**
     * {@return a recorder for one pool; null as long as there is nothing to record to} Called often until it returns one.
     *
     * @param poolName unique in this process
     * @param settings the settings from which attributes are created; the server and the database are known
     */
    @Nullable
    PoolRecorder recorder(String poolName, DatabaseSettings settings);

    /** A pool of {@code database} opens. Until there is something to record to, the library calls its {@code bind}. */
    void poolOpening(PoolStats pool, MeasuredDatabase database);

    /** The database was closed: the observed series end. */
    void close();
}
