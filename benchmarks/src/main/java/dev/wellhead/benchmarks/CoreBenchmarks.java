package dev.wellhead.benchmarks;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Compares Wellhead with hand-written HikariCP and with pgjdbc, and writes {@code docs/benchmarks.md}. */
final class CoreBenchmarks {

    private static final double ACQUIRE_TARGET = 1.02;
    private static final int MEMORY_RUNS = 3;
    private static final List<Integer> THREADS = List.of(1, 2, 8);

    private final Plan plan;
    private final Target target;
    private final Path results;

    private CoreBenchmarks(Plan plan, Target target, Path results) {
        this.plan = plan;
        this.target = target;
        this.results = results;
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException, RunnerException {
        double before = Machine.usedByOthers();
        Path results = Files.createDirectories(root.resolve("benchmarks").resolve("results"));
        CertificateAuthority authority = CertificateAuthority.create("Wellhead benchmarks");
        Path rootCertificate = authority.writeTo(results.resolve("root.crt"));
        try (PostgresServer server = PostgresServer.builder()
                .tls(authority.server("localhost", "127.0.0.1"))
                .setting("max_connections", "200")
                .start()) {
            Target target = new Target("localhost", server.port(), rootCertificate.toString());
            CoreBenchmarks benchmarks = new CoreBenchmarks(quick ? Plan.QUICK : Plan.FULL, target, results);
            String version = server.query("show server_version").get(0);
            List<Comparison> firstRow = benchmarks.firstRow();
            List<Comparison> borrow = benchmarks.borrow();
            List<Comparison> connect = benchmarks.connect();
            List<Comparison> memory = new MemoryComparison(target, results.resolve("memory")).compare(MEMORY_RUNS);
            double usedByOthers = Math.max(before, Machine.usedByOthers());
            CoreReport report =
                    new CoreReport(Machine.current(), usedByOthers, version, firstRow, borrow, connect, memory);
            report.writeRaw(results.resolve("raw.csv"));
            if (!quick) {
                report.write(root.resolve("docs").resolve("benchmarks.md"));
            }
            System.out.print(report.text());
        }
    }

    private List<Comparison> firstRow() throws IOException, InterruptedException {
        FirstRowComparison firstRow = new FirstRowComparison(plan, target, results.resolve("first-row"));
        Jvm current = Jvm.current();
        List<StartUp> startUps = new ArrayList<>(List.of(StartUp.plain(current), StartUp.appCds(current)));
        Jvm.withAotCache().ifPresent(newer -> {
            if (newer.feature() != current.feature()) {
                startUps.add(StartUp.plain(newer));
            }
            startUps.add(StartUp.aotCache(newer));
        });
        List<Comparison> rows = new ArrayList<>();
        for (StartUp startUp : startUps) {
            announce("first row, Java " + startUp.jvm().feature() + ", " + startUp.name());
            rows.addAll(firstRow.compare(startUp));
        }
        return rows;
    }

    private List<Comparison> borrow() throws RunnerException {
        List<Comparison> rows = new ArrayList<>();
        for (int threads : THREADS) {
            String suffix = threads == 1 ? ", 1 thread" : ", " + threads + " threads";
            rows.addAll(borrow("borrow", "acquire and return" + suffix, threads, plan.borrowRounds(), ACQUIRE_TARGET));
        }
        for (int threads : THREADS) {
            String suffix = threads == 1 ? ", 1 thread" : ", " + threads + " threads";
            rows.addAll(borrow("select", "acquire, SELECT 1, return" + suffix, threads, plan.selectRounds(), null));
        }
        return rows;
    }

    private List<Comparison> borrow(String method, String what, int threads, int rounds, @Nullable Double highestRatio)
            throws RunnerException {
        announce(what);
        Map<String, List<RunResult>> runs = new JmhRounds(plan, target)
                .run(BorrowBenchmark.class, method, rounds, threads, Map.of(), "hikaricp", "wellhead");
        return List.of(
                JmhRounds.compare(what, "ns/call", runs, "hikaricp", JmhRounds::nanosPerCall, highestRatio),
                JmhRounds.compare(
                        what + ": allocated", "bytes/call", runs, "hikaricp", JmhRounds::allocated, highestRatio));
    }

    private List<Comparison> connect() throws RunnerException {
        List<Comparison> rows = new ArrayList<>();
        for (String sslMode : List.of("disable", "verify-full")) {
            String what = "connect and close, sslmode=" + sslMode;
            announce(what);
            Map<String, String> parameters = Map.of("sslMode", sslMode, "rootCertificate", target.rootCertificate());
            Map<String, List<RunResult>> runs = new JmhRounds(plan, target)
                    .run(ConnectBenchmark.class, "connect", plan.connectRounds(), 1, parameters, "pgjdbc", "wellhead");
            rows.add(JmhRounds.compare(what, "µs", runs, "pgjdbc", JmhRounds::middle, null));
        }
        return rows;
    }

    private static void announce(String what) {
        System.out.println("measuring " + what);
    }
}
