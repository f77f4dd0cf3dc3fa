package dev.wellhead.internal.metrics;

import java.util.List;

/**
 * Every metric that the modules for OpenTelemetry and Micrometer emit. Names, units, descriptions and attributes under
 * {@code db.} are taken from version 1.45 of OpenTelemetry's semantic conventions ("Semantic conventions for database
 * client metrics", connection pools). Metrics that the conventions do not define are under {@code wellhead.}. {@code
 * docs/metrics.md} is generated from this enum.
 */
public enum MetricDefinition {
    // defined by the semantic conventions
    CONNECTION_COUNT(
            "db.client.connection.count",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "The number of connections that are currently in state described by the state attribute."),
    CONNECTION_LIMIT(
            "db.client.connection.limit",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of open connections allowed."),
    CONNECTION_IDLE_MIN(
            "db.client.connection.idle.min",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "The minimum number of idle open connections allowed."),
    CONNECTION_IDLE_MAX(
            "db.client.connection.idle.max",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "The maximum number of idle open connections allowed."),
    PENDING_REQUESTS(
            "db.client.connection.pending_requests",
            Instrument.UP_DOWN_COUNTER,
            "{request}",
            "The number of current pending requests for an open connection."),
    TIMEOUTS(
            "db.client.connection.timeouts",
            Instrument.COUNTER,
            "{timeout}",
            "The number of connection timeouts that have occurred trying to obtain a connection from the pool."),
    CREATE_TIME(
            "db.client.connection.create_time",
            Instrument.HISTOGRAM,
            "s",
            "The time it took to create a new connection."),
    WAIT_TIME(
            "db.client.connection.wait_time",
            Instrument.HISTOGRAM,
            "s",
            "The time it took to obtain an open connection from the pool."),
    USE_TIME(
            "db.client.connection.use_time",
            Instrument.HISTOGRAM,
            "s",
            "The time between borrowing a connection and returning it to the pool."),

    // defined by Wellhead
    CREATIONS(
            "wellhead.connection.creations",
            Instrument.COUNTER,
            "{creation}",
            "Attempts to open a physical connection to one server."),
    LOSSES(
            "wellhead.connection.losses",
            Instrument.COUNTER,
            "{connection}",
            "Connections that were closed because their server no longer answered on them."),
    GENERATION_CONNECTIONS(
            "wellhead.credentials.connection.count",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "Open connections by the credentials that they logged in with."),
    CREDENTIALS_AGE(
            "wellhead.credentials.age",
            Instrument.GAUGE,
            "s",
            "Time since the server first accepted the credentials in use."),
    REFRESH_DURATION(
            "wellhead.credentials.refresh.duration",
            Instrument.HISTOGRAM,
            "s",
            "The time it took to refresh the credentials from their source."),
    REFRESH_FAILURES(
            "wellhead.credentials.refresh.failures",
            Instrument.COUNTER,
            "{failure}",
            "Failed refreshes of the credentials."),
    REFRESH_AGE(
            "wellhead.credentials.refresh.age",
            Instrument.GAUGE,
            "s",
            "Time since the last successful refresh of the credentials."),
    ROTATIONS(
            "wellhead.credentials.rotations",
            Instrument.COUNTER,
            "{rotation}",
            "Rotations: new credentials that the server accepted from a connection of the pool."),
    ROTATION_DURATION(
            "wellhead.credentials.rotation.duration",
            Instrument.HISTOGRAM,
            "s",
            "The time from the first login with new credentials to the close of the last connection with older ones."),
    TLS_CONNECTIONS(
            "wellhead.tls.connection.count",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "Open connections by TLS version."),
    CERTIFICATE_EXPIRY(
            "wellhead.tls.certificate.expiry",
            Instrument.GAUGE,
            "d",
            "Days until the server's certificate expires, as seen by the newest connection to it."),
    POOLS(
            "wellhead.pool.count",
            Instrument.UP_DOWN_COUNTER,
            "{pool}",
            "Open pools by a fingerprint of their settings, which contains no sensitive values.");

    /** The kind of an OpenTelemetry instrument. */
    public enum Instrument {
        COUNTER,
        UP_DOWN_COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final String metricName;
    private final Instrument instrument;

    /** In the notation of UCUM: braces contain an annotation, so {@code {connection}} is a plain number. */
    private final String unit;

    private final String description;

    MetricDefinition(String metricName, Instrument instrument, String unit, String description) {
        this.metricName = metricName;
        this.instrument = instrument;
        this.unit = unit;
        this.description = description;
    }

    public String metricName() {
        return metricName;
    }

    public Instrument instrument() {
        return instrument;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** {@return the attributes in addition to those of every metric} */
    public List<String> attributes() {
        return switch (this) {
            case CONNECTION_COUNT -> List.of(AttributeNames.CONNECTION_STATE);
            case LOSSES -> List.of(AttributeNames.LOSS_REASON);
            case CREATIONS -> List.of(AttributeNames.ERROR_TYPE, AttributeNames.FAILURE_KIND);
            case GENERATION_CONNECTIONS -> List.of(AttributeNames.CREDENTIALS_GENERATION);
            case REFRESH_DURATION -> List.of(AttributeNames.CREDENTIALS_SOURCE, AttributeNames.ERROR_TYPE);
            case REFRESH_FAILURES, REFRESH_AGE -> List.of(AttributeNames.CREDENTIALS_SOURCE);
            case TLS_CONNECTIONS -> List.of(AttributeNames.TLS_VERSION);
            case POOLS -> List.of(AttributeNames.SETTINGS_FINGERPRINT);
            default -> List.of();
        };
    }

    /**
     * {@return the bucket boundaries that are recommended: inclusive upper bounds in seconds; empty if it is not a
     * histogram} The defaults of OpenTelemetry's SDK are made for milliseconds.
     */
    public List<Double> buckets() {
        return switch (this) {
            // from 10 microseconds, typical of an idle pool, to more than connectionTimeout's default of 30 seconds
            case WAIT_TIME ->
                List.of(
                        0.00001, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                        0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);
            // values are whole milliseconds, rounded down: the first bucket has the uses shorter than a millisecond
            case USE_TIME ->
                List.of(
                        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
                        60.0, 300.0);
            // from a local login without TLS to the longest attempt within connectionTimeout's default
            case CREATE_TIME ->
                List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);
            // from reading a file to a secret store that throttles its callers
            case REFRESH_DURATION ->
                List.of(0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);
            // from an idle pool to one whose connections are used for an hour
            case ROTATION_DURATION ->
                List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 1800.0, 3600.0);
            default -> List.of();
        };
    }
}
