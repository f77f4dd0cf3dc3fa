package dev.wellhead.otel;

import static dev.wellhead.otel.Keys.CONNECTION_STATE;
import static dev.wellhead.otel.Keys.CREDENTIALS_GENERATION;
import static dev.wellhead.otel.Keys.CREDENTIALS_SOURCE;
import static dev.wellhead.otel.Keys.ERROR_TYPE;
import static dev.wellhead.otel.Keys.FAILURE_KIND;
import static dev.wellhead.otel.Keys.SETTINGS_FINGERPRINT;
import static dev.wellhead.otel.Keys.TLS_VERSION;
import static dev.wellhead.otel.Metric.Instrument.COUNTER;
import static dev.wellhead.otel.Metric.Instrument.GAUGE;
import static dev.wellhead.otel.Metric.Instrument.HISTOGRAM;
import static dev.wellhead.otel.Metric.Instrument.UP_DOWN_COUNTER;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Every metric there is. Names, units and attributes under {@code db.} are those of OpenTelemetry's semantic conventions
 * 1.45 ("Semantic conventions for database client metrics", connection pools); what they do not name is under
 * {@code wellhead.}. {@code docs/metrics.md} is generated from here.
 */
enum Metric {
    CONNECTION_COUNT(
            "db.client.connection.count",
            UP_DOWN_COUNTER,
            "{connection}",
            "The number of connections that are currently in state described by the state attribute.",
            "Is the pool used up: used against the limit."),
    CONNECTION_LIMIT(
            "db.client.connection.limit",
            UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of open connections allowed.",
            "maximumPoolSize, to set the count in proportion."),
    CONNECTION_IDLE_MIN(
            "db.client.connection.idle.min",
            UP_DOWN_COUNTER,
            "{connection}",
            "The minimum number of idle open connections allowed.",
            "minimumIdle."),
    CONNECTION_IDLE_MAX(
            "db.client.connection.idle.max",
            UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of idle open connections allowed.",
            "HikariCP has no limit of its own for idle connections: maximumPoolSize."),
    PENDING_REQUESTS(
            "db.client.connection.pending_requests",
            UP_DOWN_COUNTER,
            "{request}",
            "The number of current pending requests for an open connection.",
            "Threads that wait for a connection now."),
    TIMEOUTS(
            "db.client.connection.timeouts",
            COUNTER,
            "{timeout}",
            "The number of connection timeouts that have occurred trying to obtain a connection from the pool.",
            "Borrowers that got none within connectionTimeout. There from the start, with 0; never counts what a"
                    + " rotation borrows."),
    CREATE_TIME(
            "db.client.connection.create_time",
            HISTOGRAM,
            "s",
            "The time it took to create a new connection.",
            "Name resolution, TCP, TLS, authentication and set-up of connections that opened; those that did not are in"
                    + " wellhead.connection.creations."),
    WAIT_TIME(
            "db.client.connection.wait_time",
            HISTOGRAM,
            "s",
            "The time it took to obtain an open connection from the pool.",
            "Is the pool the bottleneck. Waits that timed out are in timeouts and not here."),
    USE_TIME(
            "db.client.connection.use_time",
            HISTOGRAM,
            "s",
            "The time between borrowing a connection and returning it to the pool.",
            "What keeps connections. Within a millisecond from the first byte that was sent: see what is exact."),

    CREATIONS(
            "wellhead.connection.creations",
            COUNTER,
            "{creation}",
            "Attempts to open a physical connection to one server.",
            "What fails and why: without error.type those that opened, else by SQLSTATE and class of failure."),
    GENERATION_CONNECTIONS(
            "wellhead.credentials.connection.count",
            UP_DOWN_COUNTER,
            "{connection}",
            "Open connections by the credentials they logged in with: the newest that were accepted, or any before.",
            "Is a rotation going well: previous falls to 0."),
    CREDENTIALS_AGE(
            "wellhead.credentials.age",
            GAUGE,
            "s",
            "Time since the server first accepted the credentials in use.",
            "Is a rotation overdue."),
    REFRESH_DURATION(
            "wellhead.credentials.refresh.duration",
            HISTOGRAM,
            "s",
            "The time a look at the source of the credentials took.",
            "Is the source slow; with error.type where it did not answer."),
    REFRESH_FAILURES(
            "wellhead.credentials.refresh.failures",
            COUNTER,
            "{failure}",
            "Looks at the source of the credentials that failed.",
            "Does the source answer. There from the start, with 0, where credentials can change."),
    REFRESH_AGE(
            "wellhead.credentials.refresh.age",
            GAUGE,
            "s",
            "Time since the source of the credentials last answered.",
            "Would a rotation be noticed."),
    ROTATIONS(
            "wellhead.credentials.rotations",
            COUNTER,
            "{rotation}",
            "New credentials that a real connection proved.",
            "When did a rotation reach this pool. There from the start, with 0, where credentials can change."),
    ROTATION_DURATION(
            "wellhead.credentials.rotation.duration",
            HISTOGRAM,
            "s",
            "From the proof of new credentials to the end of the last connection of older ones.",
            "How long connections of old credentials live on."),
    TLS_CONNECTIONS(
            "wellhead.tls.connection.count",
            UP_DOWN_COUNTER,
            "{connection}",
            "Open connections by version of TLS.",
            "Is anything in the clear, or on a version that has to go."),
    CERTIFICATE_EXPIRY(
            "wellhead.tls.certificate.expiry",
            GAUGE,
            "d",
            "Days until the server's certificate expires, as of the newest connection to it.",
            "Renew it in time. Negative once it has expired; absent without TLS."),
    POOLS(
            "wellhead.pool.count",
            UP_DOWN_COUNTER,
            "{pool}",
            "Open pools by a fingerprint of their settings; sensitive ones are not part of it.",
            "Do all instances run with the same settings.");

    /** Kinds of instruments. */
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

    Metric(String metricName, Instrument instrument, String unit, String description, String purpose) {
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

    /** {@return which question it answers} */
    String purpose() {
        return purpose;
    }

    /** {@return the attributes beside those of every metric} */
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

    /** {@return upper bounds of the buckets, in seconds; empty where it is no histogram} */
    List<Double> buckets() {
        return switch (this) {
            case WAIT_TIME -> Buckets.WAIT;
            case USE_TIME -> Buckets.USE;
            case CREATE_TIME -> Buckets.CREATE;
            case REFRESH_DURATION -> Buckets.REFRESH;
            case ROTATION_DURATION -> Buckets.ROTATION;
            default -> List.of();
        };
    }
}
