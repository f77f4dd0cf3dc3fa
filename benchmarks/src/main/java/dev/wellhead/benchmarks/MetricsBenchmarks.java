package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the cost of pool metrics in Wellhead and in other libraries for HikariCP. Every round measures each library in a
 * separate JVM with its own class path.
 */
final class MetricsBenchmarks {

    private static final int[] THREADS = {1, 2};
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 3;
    private static final int WARM_UP_SECONDS = 3;
    private static final int SECONDS = 5;
    private static final int QUICK_SECONDS = 2;
    private static final int COLLECTIONS = 200;
    private static final int QUICK_COLLECTIONS = 30;

    private final MetricsPrograms programs;
    private final PostgresServer server;
    private final boolean quick;
    private final MetricsReport report = new MetricsReport();

    private MetricsBenchmarks(MetricsPrograms programs, PostgresServer server, boolean quick) {
        this.programs = programs;
        this.server = server;
        this.quick = quick;
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        double before = Machine.usedByOthers();
        try (PostgresServer server =
                PostgresServer.builder().setting("max_connections", "200").start()) {
            MetricsPrograms programs = new MetricsPrograms(root.resolve("benchmarks/metrics/target"));
            MetricsBenchmarks benchmarks = new MetricsBenchmarks(programs, server, quick);
            for (int threads : THREADS) {
                benchmarks.acquire(threads);
            }
            benchmarks.collect();
            benchmarks.report.begin(
                    Math.max(before, Machine.usedByOthers()),
                    server.query("show server_version").get(0));
            String text = benchmarks.report.text();
            if (!quick) {
                Files.writeString(root.resolve("docs/benchmarks-metrics.md"), text);
            }
            System.out.print(text);
        }
    }

    private void acquire(int threads) throws IOException, InterruptedException {
        Map<MetricsPrograms.MeasuredLibrary, List<List<Double>>> results = new LinkedHashMap<>();
        for (int round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
            List<MetricsPrograms.MeasuredLibrary> order =
                    new ArrayList<>(List.of(MetricsPrograms.MeasuredLibrary.values()));
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (MetricsPrograms.MeasuredLibrary library : order) {
                results.computeIfAbsent(library, key -> new ArrayList<>())
                        .add(programs.run(
                                library,
                                "AcquireTrial",
                                library.className(),
                                server.host(),
                                Integer.toString(server.port()),
                                Integer.toString(threads),
                                Integer.toString(WARM_UP_SECONDS),
                                Integer.toString(quick ? QUICK_SECONDS : SECONDS)));
            }
        }
        report.acquire(threads, results);
    }

    private void collect() throws IOException, InterruptedException {
        report.collect(programs.run(
                MetricsPrograms.MeasuredLibrary.ON,
                "CollectionTrial",
                server.host(),
                Integer.toString(server.port()),
                Integer.toString(quick ? QUICK_COLLECTIONS : COLLECTIONS)));
    }
}
