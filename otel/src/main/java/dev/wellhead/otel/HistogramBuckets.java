package dev.wellhead.otel;

import java.util.List;

/**
 * The bucket boundaries that each histogram recommends to the SDK: inclusive upper bounds in seconds. The SDK's own defaults
 * are made for milliseconds.
 */
final class HistogramBuckets {

    /** From 10 microseconds, typical of an idle pool, to more than connectionTimeout's default of 30 seconds. */
    static final List<Double> WAIT = List.of(
            0.00001, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0,
            2.5, 5.0, 10.0, 30.0, 60.0);

    /**
     * Values are whole milliseconds, rounded down. The first bucket contains the uses shorter than a millisecond; the last
     * one suits long reports.
     */
    static final List<Double> USE = List.of(
            0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0);

    /** From a local login without TLS to the longest attempt within connectionTimeout's default. */
    static final List<Double> CREATE =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    /** From reading a file to a secret store that throttles its callers. */
    static final List<Double> REFRESH =
            List.of(0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    /** From an idle pool to one whose connections are used for an hour. */
    static final List<Double> ROTATION =
            List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 1800.0, 3600.0);

    private HistogramBuckets() {}
}
