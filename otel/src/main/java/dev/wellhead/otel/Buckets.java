package dev.wellhead.otel;

import java.util.List;

/** Advice for the buckets of each histogram: upper bounds in seconds, inclusive. */
final class Buckets {

    /** From ten microseconds, which an idle pool takes, over the default connectionTimeout of 30 s. */
    static final List<Double> WAIT = List.of(
            0.00001, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0,
            2.5, 5.0, 10.0, 30.0, 60.0);

    /** From a round trip on this machine to what a long report takes. */
    static final List<Double> USE = List.of(
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
            60.0, 300.0);

    /** From a login without TLS on this machine to the longest attempt that connectionTimeout leaves time for. */
    static final List<Double> CREATE =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    /** From a file to a store that is throttled. */
    static final List<Double> REFRESH =
            List.of(0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    /** From an idle pool to one whose connections are used for long. */
    static final List<Double> ROTATION =
            List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 1800.0, 3600.0);

    private Buckets() {}
}
