package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.MetricsPrograms.Subject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What came out of measuring what metrics cost, as a document. */
final class MetricsReport {

    private static final double QUIET = 0.1;

    /** An acquire with metrics may cost so many times one without, and so many nanoseconds more. */
    private static final double WANTED_TIMES = 1.05;

    private static final double WANTED_NANOS = 60;

    private static final double WANTED_MILLIS = 5;

    private static final int NANOS = 0;
    private static final int BYTES = 1;
    private static final int CPU = 2;

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder acquires = new StringBuilder();
    private final StringBuilder collections = new StringBuilder();

    void begin(double usedByOthers, String serverVersion) {
        head.append("- Date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        head.append("- Machine: ").append(Machine.current().describe()).append('\n');
        head.append("- Used by others before and after: ")
                .append(Math.round(usedByOthers * 100))
                .append(" % of it")
                .append(usedByOthers < QUIET ? "\n" : "; **not quiet: do not quote these figures**\n");
        head.append("- JVM: ")
                .append(System.getProperty("java.vm.name"))
                .append(' ')
                .append(Jvm.current().version())
                .append('\n');
        head.append("- PostgreSQL ").append(serverVersion).append(", over loopback\n");
    }

    /** @param results by subject: for each run nanoseconds, bytes, and nanoseconds of CPU time */
    void acquire(int threads, Map<Subject, List<List<Double>>> results) {
        Samples off = samples(results, Subject.OFF, NANOS);
        acquires.append(
                """

                | %d %s | ns per acquire | more than off | wanted | bytes | CPU time, ns | runs |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                        .formatted(threads, threads == 1 ? "thread" : "threads"));
        for (Subject subject : results.keySet()) {
            Samples nanos = samples(results, subject, NANOS);
            acquires.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f–%.0f) | %s | %s | %.0f | %.0f | %d |%n",
                    subject.title(),
                    nanos.median(),
                    nanos.quantile(0.25),
                    nanos.quantile(0.75),
                    subject == Subject.OFF ? "" : String.format(Locale.ROOT, "%+.0f", nanos.median() - off.median()),
                    subject == Subject.ON ? wanted(nanos.median(), WANTED_TIMES * off.median() + WANTED_NANOS) : "",
                    samples(results, subject, BYTES).median(),
                    samples(results, subject, CPU).median(),
                    nanos.values().size()));
        }
    }

    private static String wanted(double nanos, double most) {
        return String.format(Locale.ROOT, "≤ %.1f: %s", most, nanos <= most ? "reached" : "missed");
    }

    private static Samples samples(Map<Subject, List<List<Double>>> results, Subject subject, int figure) {
        return new Samples(Objects.requireNonNull(results.get(subject)).stream()
                .map(run -> run.get(figure))
                .toList());
    }

    /** @param figures medians and 95th percentiles in milliseconds: idle, after a few borrows, after many, meanwhile */
    void collect(List<Double> figures) {
        List<String> when = List.of(
                "no borrow since the last collection",
                "100 borrows from each since the last collection",
                "right after 8 threads made 100 each from each at once",
                "while a thread borrows from one after the other without a pause");
        for (int i = 0; i < when.size(); i++) {
            collections.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | < %.0f |%n",
                    when.get(i),
                    figures.get(2 * i),
                    figures.get(2 * i + 1),
                    WANTED_MILLIS));
        }
    }

    String text() {
        return """
                # Benchmarks: metrics

                Written by `mvn -q -Pmetrics-benchmarks verify -pl benchmarks -am` (beside it: `make benchmarks-metrics`); with
                `-Dbenchmarks.quick` it is a look that leaves this page alone. The libraries take turns, each run in a JVM and on
                a class path of its own.

                """
                + head
                + """

                ## Acquire and return

                JMH: a connection is acquired and returned and nothing is done with it, so nothing is sent to the server: ten connections
                are open and idle. All libraries record into an SDK or a registry that somebody reads, with the same
                bucket boundaries. Medians with quartiles. The bytes are those of HikariCP's proxy. CPU time is that of the whole process
                per acquire: it has what other threads do for the borrower as well, and JMH. Wanted is at most 1.05 of what it
                costs without metrics, and 60 ns. A tracker that does nothing shows what HikariCP itself does for any, which takes most
                of that: it reads the clock twice more.
                """
                + acquires
                + """

                ## Collection

                Milliseconds for one collection of everything that 100 databases emit, on the SDK's in-memory reader.

                | | median | 95th percentile | wanted |
                | --- | ---: | ---: | ---: |
                """
                + collections;
    }
}
