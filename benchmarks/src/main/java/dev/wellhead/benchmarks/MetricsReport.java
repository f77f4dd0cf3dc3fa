package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.MetricsPrograms.MeasuredLibrary;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes the results of {@link MetricsBenchmarks} as {@code docs/benchmarks-metrics.md}. */
final class MetricsReport {

    private static final double GOAL_MILLIS = 5;

    private static final int NANOS = 0;
    private static final int BYTES = 1;
    private static final int CPU = 2;

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder acquires = new StringBuilder();
    private final StringBuilder collections = new StringBuilder();

    void begin(double usedByOthers, String serverVersion) {
        head.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        head.append("- Machine: ").append(Machine.current().describe()).append('\n');
        head.append("- CPU used by other processes before and after: ")
                .append(Machine.percent(usedByOthers))
                .append('\n');
        head.append("- JVM: ")
                .append(System.getProperty("java.vm.name"))
                .append(' ')
                .append(Jvm.current().version())
                .append('\n');
        head.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
    }

    /** @param results nanoseconds, bytes and nanoseconds of CPU time of each run, by library */
    void acquire(int threads, Map<MeasuredLibrary, List<List<Double>>> results) {
        Samples off = samples(results, MeasuredLibrary.OFF, NANOS);
        Samples peer = samples(results, MeasuredLibrary.OPENTELEMETRY, NANOS);
        acquires.append(
                """

                | %d %s | ns per acquire | more than off | goal | bytes | CPU time, ns | runs |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                        .formatted(threads, threads == 1 ? "thread" : "threads"));
        for (MeasuredLibrary library : results.keySet()) {
            Samples nanos = samples(results, library, NANOS);
            acquires.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f–%.0f) | %s | %s | %.0f | %.0f | %d |%n",
                    library.title(),
                    nanos.median(),
                    nanos.quantile(0.25),
                    nanos.quantile(0.75),
                    library == MeasuredLibrary.OFF
                            ? ""
                            : String.format(Locale.ROOT, "%+.0f", nanos.median() - off.median()),
                    library == MeasuredLibrary.ON ? goal(nanos.median(), peer.median()) : "",
                    samples(results, library, BYTES).median(),
                    samples(results, library, CPU).median(),
                    nanos.values().size()));
        }
    }

    private static String goal(double nanos, double most) {
        return String.format(Locale.ROOT, "≤ %.0f: %s", most, nanos <= most ? "reached" : "missed");
    }

    private static Samples samples(
            Map<MeasuredLibrary, List<List<Double>>> results, MeasuredLibrary library, int figure) {
        return new Samples(Objects.requireNonNull(results.get(library)).stream()
                .map(run -> run.get(figure))
                .toList());
    }

    /** @param figures the median and the 95th percentile in milliseconds of the four cases of the program, in its order */
    void collect(List<Double> figures) {
        List<String> when = List.of(
                "without a borrow since the last collection",
                "after 100 borrows from each database",
                "immediately after 8 threads made 100 borrows each from each database",
                "while a thread borrows from one database after the other without a pause");
        for (int i = 0; i < when.size(); i++) {
            collections.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | < %.0f |%n",
                    when.get(i),
                    figures.get(2 * i),
                    figures.get(2 * i + 1),
                    GOAL_MILLIS));
        }
    }

    String text() {
        return """
                # Benchmarks: metrics

                This page is written by `mvn -q -Pbenchmarks -Dwhat=metrics verify -pl benchmarks -am`. With `-Dbenchmarks.quick` the
                run is short and does not change this page. Each run uses a separate JVM with the class path of
                one library, and the libraries take turns.

                """
                + head
                + """

                ## Acquire and return

                Measured with JMH: a connection is acquired and returned without being used, so nothing is sent to the server. Ten
                connections are open and idle. Every library records into an SDK or a registry that has a reader, with the same bucket
                boundaries. The table has medians with quartiles; lower is better. The allocated bytes are those of HikariCP's proxy. The CPU time is that of
                the whole process per acquire, including background threads and JMH. The goal is not to be slower than
                opentelemetry-hikaricp-3.0, which records the same times into the same SDK. The empty tracker shows the cost of HikariCP's own
                measurement, which reads the clock twice more. Two threads that only acquire and return compete for the lock of the
                SDK's histogram; in a service, the time between two borrows is much longer than it is held.
                """
                + acquires
                + """

                ## Collection

                The time in milliseconds to collect all metrics of 100 databases with the SDK's in-memory reader.

                | case | median | 95th percentile | goal |
                | --- | ---: | ---: | ---: |
                """
                + collections;
    }
}
