package dev.wellhead.otel;

import static dev.wellhead.otel.AttributeKeys.CONNECTION_STATE;
import static dev.wellhead.otel.AttributeKeys.CREDENTIALS_GENERATION;
import static dev.wellhead.otel.AttributeKeys.CREDENTIALS_SOURCE;
import static dev.wellhead.otel.AttributeKeys.ERROR_TYPE;
import static dev.wellhead.otel.AttributeKeys.FAILURE_KIND;
import static dev.wellhead.otel.AttributeKeys.SETTINGS_FINGERPRINT;
import static dev.wellhead.otel.AttributeKeys.TLS_VERSION;
import static dev.wellhead.otel.MetricDefinition.Instrument.COUNTER;
import static dev.wellhead.otel.MetricDefinition.Instrument.GAUGE;
import static dev.wellhead.otel.MetricDefinition.Instrument.HISTOGRAM;
import static dev.wellhead.otel.MetricDefinition.Instrument.UP_DOWN_COUNTER;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Every metric that this module emits. Names, units, descriptions and attributes under {@code db.} are taken from version 1.45
 * of OpenTelemetry's semantic conventions ("Semantic conventions for database client metrics", connection pools). Metrics
 * that the conventions do not define are under {@code wellhead.}. {@code docs/metrics.md} is generated from this enum.
 */
enum MetricDefinition {
    CONNECTION_COUNT(
            "db.client.connection.count",
            UP_DOWN_COUNTER,
            "{connection}",
            "The number of connections that are currently in state described by the state attribute.",
            "Compare used with the limit to see whether the pool is exhausted."),
    CONNECTION_LIMIT(
            "db.client.connection.limit",
            UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of open connections allowed.",
            "The setting maximumPoolSize."),
    CONNECTION_IDLE_MIN(
            "db.client.connection.idle.min",
            UP_DOWN_COUNTER,
            "{connection}",
            "The minimum number of idle open connections allowed.",
            "The setting minimumIdle."),
    CONNECTION_IDLE_MAX(
            "db.client.connection.idle.max",
            UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of idle open connections allowed.",
            "The setting maximumPoolSize, because HikariCP has no separate limit for idle connections."),
    PENDING_REQUESTS(
            "db.client.connection.pending_requests",
            UP_DOWN_COUNTER,
            "{request}",
            "The number of current pending requests for an open connection.",
            "The threads that wait for a connection."),
    TIMEOUTS(
            "db.client.connection.timeouts",
            COUNTER,
            "{timeout}",
            "The number of connection timeouts that have occurred trying to obtain a connection from the pool.",
            "Waits that ended after connectionTimeout without a connection. The series starts with 0. Connections that"
                    + " a rotation acquires are not counted."),
    CREATE_TIME(
            "db.client.connection.create_time",
            HISTOGRAM,
            "s",
            "The time it took to create a new connection.",
            "Name resolution, TCP, TLS, authentication and set-up, for connections that were opened. Failed attempts"
                    + " are counted in wellhead.connection.creations."),
    WAIT_TIME(
            "db.client.connection.wait_time",
            HISTOGRAM,
            "s",
            "The time it took to obtain an open connection from the pool.",
            "Shows whether the pool is the bottleneck. Waits that timed out are counted only in timeouts."),
    USE_TIME(
            "db.client.connection.use_time",
            HISTOGRAM,
            "s",
            "The time between borrowing a connection and returning it to the pool.",
            "Shows whether connections are used for long. In whole milliseconds, rounded down."),

    CREATIONS(
            "wellhead.connection.creations",
            COUNTER,
            "{creation}",
            "Attempts to open a physical connection to one server.",
            "Shows what fails and why. Successful attempts have no error.type; failed ones have their SQLSTATE and failure"
                    + " kind."),
    GENERATION_CONNECTIONS(
            "wellhead.credentials.connection.count",
            UP_DOWN_COUNTER,
            "{connection}",
            "Open connections by the credentials that they logged in with.",
            "Shows the progress of a rotation: previous falls to 0."),
    CREDENTIALS_AGE(
            "wellhead.credentials.age",
            GAUGE,
            "s",
            "Time since the server first accepted the credentials in use.",
            "Shows whether a rotation is overdue."),
    REFRESH_DURATION(
            "wellhead.credentials.refresh.duration",
            HISTOGRAM,
            "s",
            "The time it took to refresh the credentials from their source.",
            "Shows whether the source is slow. Failed refreshes have an error.type."),
    REFRESH_FAILURES(
            "wellhead.credentials.refresh.failures",
            COUNTER,
            "{failure}",
            "Failed refreshes of the credentials.",
            "Shows whether the source is available. The series starts with 0 if the credentials can change."),
    REFRESH_AGE(
            "wellhead.credentials.refresh.age",
            GAUGE,
            "s",
            "Time since the last successful refresh of the credentials.",
            "Shows whether a rotation would be noticed."),
    ROTATIONS(
            "wellhead.credentials.rotations",
            COUNTER,
            "{rotation}",
            "Rotations: new credentials that the server accepted from a connection of the pool.",
            "Shows when a rotation reached this pool. The series starts with 0 if the credentials can change."),
    ROTATION_DURATION(
            "wellhead.credentials.rotation.duration",
            HISTOGRAM,
            "s",
            "The time from the first login with new credentials to the close of the last connection with older ones.",
            "Shows how long connections with older credentials stay open."),
    TLS_CONNECTIONS(
            "wellhead.tls.connection.count",
            UP_DOWN_COUNTER,
            "{connection}",
            "Open connections by TLS version.",
            "Shows unencrypted connections and outdated TLS versions."),
    CERTIFICATE_EXPIRY(
            "wellhead.tls.certificate.expiry",
            GAUGE,
            "d",
            "Days until the server's certificate expires, as seen by the newest connection to it.",
            "Negative after the expiry; absent without TLS."),
    POOLS(
            "wellhead.pool.count",
            UP_DOWN_COUNTER,
            "{pool}",
            "Open pools by a fingerprint of their settings, which excludes sensitive ones.",
            "Shows whether all instances have the same settings.");

    /** The kind of an OpenTelemetry instrument. */
    enum Instrument {
        COUNTER,
        UP_DOWN_COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final String metricName;
    private final Instrument instrument;
    private final String unit;
    private final String description;
    private final String purpose;

    MetricDefinition(String metricName, Instrument instrument, String unit, String description, String purpose) {
        this.metricName = metricName;
        this.instrument = instrument;
        this.unit = unit;
        this.description = description;
        this.purpose = purpose;
    }

    String metricName() {
        return metricName;
    }

    Instrument instrument() {
        return instrument;
    }

    String unit() {
        return unit;
    }

    String description() {
        return description;
    }

    /** {@return what it is used for, for the documentation only} */
    String purpose() {
        return purpose;
    }

    /** {@return the attributes in addition to those of every metric} */
    List<AttributeKey<?>> attributes() {
        return switch (this) {
            case CONNECTION_COUNT -> List.of(CONNECTION_STATE);
            case CREATIONS -> List.of(ERROR_TYPE, FAILURE_KIND);
            case GENERATION_CONNECTIONS -> List.of(CREDENTIALS_GENERATION);
            case REFRESH_DURATION -> List.of(CREDENTIALS_SOURCE, ERROR_TYPE);
            case REFRESH_FAILURES, REFRESH_AGE -> List.of(CREDENTIALS_SOURCE);
            case TLS_CONNECTIONS -> List.of(TLS_VERSION);
            case POOLS -> List.of(SETTINGS_FINGERPRINT);
            default -> List.of();
        };
    }

    /** {@return the upper bounds of the buckets in seconds; empty if it is not a histogram} */
    List<Double> buckets() {
        return switch (this) {
            case WAIT_TIME -> HistogramBuckets.WAIT;
            case USE_TIME -> HistogramBuckets.USE;
            case CREATE_TIME -> HistogramBuckets.CREATE;
            case REFRESH_DURATION -> HistogramBuckets.REFRESH;
            case ROTATION_DURATION -> HistogramBuckets.ROTATION;
            default -> List.of();
        };
    }
}
