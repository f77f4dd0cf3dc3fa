package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.MetricsPrograms.Library;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The results of the metrics benchmarks as a page. */
final class MetricsReport {

    private static final double QUIET = 0.1;

    /** The target for an acquire with metrics: this multiple of an acquire without metrics, plus {@link #TARGET_NANOS}. */
    private static final double TARGET_TIMES = 1.05;

    private static final double TARGET_NANOS = 60;

    private static final double TARGET_MILLIS = 5;

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
                .append(Math.round(usedByOthers * 100))
                .append(" %")
                .append(usedByOthers < QUIET ? "\n" : "; **not quiet: do not quote these figures**\n");
        head.append("- JVM: ")
                .append(System.getProperty("java.vm.name"))
                .append(' ')
                .append(Jvm.current().version())
                .append('\n');
        head.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
    }

    /** @param results by library; each run has nanoseconds, bytes, and nanoseconds of CPU time */
    void acquire(int threads, Map<Library, List<List<Double>>> results) {
        Samples off = samples(results, Library.OFF, NANOS);
        acquires.append(
                """

                | %d %s | ns per acquire | difference to off | target | bytes | CPU time, ns | runs |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                        .formatted(threads, threads == 1 ? "thread" : "threads"));
        for (Library library : results.keySet()) {
            Samples nanos = samples(results, library, NANOS);
            acquires.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f–%.0f) | %s | %s | %.0f | %.0f | %d |%n",
                    library.title(),
                    nanos.median(),
                    nanos.quantile(0.25),
                    nanos.quantile(0.75),
                    library == Library.OFF ? "" : String.format(Locale.ROOT, "%+.0f", nanos.median() - off.median()),
                    library == Library.ON ? target(nanos.median(), TARGET_TIMES * off.median() + TARGET_NANOS) : "",
                    samples(results, library, BYTES).median(),
                    samples(results, library, CPU).median(),
                    nanos.values().size()));
        }
    }

    private static String target(double nanos, double limit) {
        return String.format(Locale.ROOT, "≤ %.1f: %s", limit, nanos <= limit ? "reached" : "missed");
    }

    private static Samples samples(Map<Library, List<List<Double>>> results, Library library, int figure) {
        return new Samples(Objects.requireNonNull(results.get(library)).stream()
                .map(run -> run.get(figure))
                .toList());
    }

    /** @param figures medians and 95th percentiles in milliseconds, in the order of the rows */
    void collect(List<Double> figures) {
        List<String> when = List.of(
                "no connection acquired since the last collection",
                "100 connections acquired from each database since the last collection",
                "after 8 threads together acquired 100 connections each from each database",
                "while one thread acquires connections from one database after another");
        for (int i = 0; i < when.size(); i++) {
            collections.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | < %.0f |%n",
                    when.get(i),
                    figures.get(2 * i),
                    figures.get(2 * i + 1),
                    TARGET_MILLIS));
        }
    }

    String text() {
        return """
                # Benchmarks: metrics

                `mvn -q -Pbenchmarks -Dwhat=metrics verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short
                sample and does not change the page. The libraries take turns. Each run has its own JVM and its own class path.

                """
                + head
                + """

                ## Acquire and return

                Measured with JMH: a connection is acquired and returned without a statement, so nothing is sent to the server. Ten
                connections are open and idle. All libraries record into an SDK or a registry with a reader, with the same bucket boundaries.
                Figures are medians with quartiles. The bytes are those of HikariCP's proxy. CPU time is the time of the whole process per
                acquire, including other threads and JMH. The target is 1.05 times an acquire without metrics plus 60 ns. "A tracker that does
                nothing" shows the cost of HikariCP's own part: it reads the clock twice more if any tracker is set.
                """
                + acquires
                + """

                ## Collection

                Milliseconds for one collection of all metrics of 100 databases with the SDK's in-memory reader.

                | | median | 95th percentile | target |
                | --- | ---: | ---: | ---: |
                """
                + collections;
    }
}
