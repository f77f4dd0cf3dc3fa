package dev.wellhead.internal.metrics;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import java.time.Duration;

/** Records the metrics of one pool in one metrics library. Thread-safe. */
public interface PoolRecorder {

    /**
     * Starts the counters at 0: a rate can only be computed from a series that exists before the first event.
     *
     * @param pool the pool, whose state is read when metrics are collected
     */
    void start(PoolTelemetry pool);

    /** Records a wait for a connection. Called at each acquire, so it must not allocate. */
    void waited(long nanos);

    /** Records how long a connection was used. HikariCP measures whole milliseconds. */
    void used(long millis);

    /** Counts a wait that has timed out. */
    void timedOut();

    /** Counts a connection that has opened. Its time is recorded separately, because it belongs to the pool metrics. */
    void created(HostAndPort server);

    /** Records the time that a new connection took. */
    void createTime(HostAndPort server, Duration duration);

    /** Counts a failed attempt as a creation with an error, so that a ratio can be computed from one metric. */
    void failed(ConnectionFailed event);

    /** Counts lost connections. */
    void lost(ConnectionsLost event);

    /** Records a refresh of the credentials. */
    void refreshed(CredentialsRefreshed event);

    /** Counts a rotation. */
    void rotationProven();

    /** Records the time of a rotation. */
    void rotationCompleted(Duration duration);
}
