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

/** Runs every comparison, one after another, and writes what came out. */
public final class Benchmarks {

    private static final double BORROW_WANTED = 1.02;
    private static final int MANY_THREADS = 8;

    private final Plan plan;
    private final Target target;
    private final Path results;

    private Benchmarks(Plan plan, Target target, Path results) {
        this.plan = plan;
        this.target = target;
        this.results = results;
    }

    /** Arguments: the root of the project, and {@code true} for a quick look that writes no document. */
    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        Path root = Path.of(arguments[0]).normalize();
        boolean quick = Boolean.parseBoolean(arguments[1]);
        double before = Machine.usedByOthers();
        Path results = Files.createDirectories(root.resolve("benchmarks").resolve("results"));
        CertificateAuthority authority = CertificateAuthority.create("Wellhead benchmarks");
        Path rootCertificate = authority.writeTo(results.resolve("root.crt"));
        try (PostgresServer server = PostgresServer.builder()
                .tls(authority.server("localhost", "127.0.0.1"))
                .setting("max_connections", "200")
                .start()) {
            Target target = new Target("localhost", server.port(), rootCertificate.toString());
            Benchmarks benchmarks = new Benchmarks(quick ? Plan.QUICK : Plan.FULL, target, results);
            String version = server.query("show server_version").get(0);
            List<Comparison> firstRow = benchmarks.firstRow();
            List<Comparison> borrow = benchmarks.borrow();
            List<Comparison> connect = benchmarks.connect();
            double usedByOthers = Math.max(before, Machine.usedByOthers());
            Report report = new Report(Machine.current(), usedByOthers, version, firstRow, borrow, connect);
            report.writeRaw(results.resolve("raw.csv"));
            if (!quick) {
                report.write(root.resolve("docs").resolve("benchmarks.md"));
            }
            System.out.print(report.text());
        }
    }

    private List<Comparison> firstRow() throws IOException, InterruptedException {
        FirstRow firstRow = new FirstRow(plan, target, results.resolve("first-row"));
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
            say("first row, Java " + startUp.jvm().feature() + ", " + startUp.name());
            rows.addAll(firstRow.compare(startUp));
        }
        return rows;
    }

    private List<Comparison> borrow() throws RunnerException {
        List<Comparison> rows = new ArrayList<>();
        for (int threads : List.of(1, MANY_THREADS)) {
            String who = threads == 1 ? ", 1 thread" : ", " + threads + " threads";
            rows.addAll(borrow("borrow", "borrow and return" + who, threads, plan.borrowRounds(), BORROW_WANTED));
        }
        for (int threads : List.of(1, MANY_THREADS)) {
            String who = threads == 1 ? ", 1 thread" : ", " + threads + " threads";
            rows.addAll(borrow("select", "borrow, SELECT 1, return" + who, threads, plan.selectRounds(), null));
        }
        return rows;
    }

    private List<Comparison> borrow(String method, String what, int threads, int rounds, @Nullable Double wanted)
            throws RunnerException {
        say(what);
        Map<String, List<RunResult>> runs = new Rounds(plan, target)
                .run(BorrowBenchmark.class, method, rounds, threads, Map.of(), "hikaricp", "wellhead");
        return List.of(
                Rounds.compare(what, "calls/µs", Comparison.Better.HIGHER, runs, "hikaricp", Rounds::score, wanted),
                Rounds.compare(
                        what + ": allocated",
                        "bytes/call",
                        Comparison.Better.LOWER,
                        runs,
                        "hikaricp",
                        Rounds::allocated,
                        wanted));
    }

    private List<Comparison> connect() throws RunnerException {
        List<Comparison> rows = new ArrayList<>();
        for (String sslMode : List.of("disable", "verify-full")) {
            String what = "connect and close, sslmode=" + sslMode;
            say(what);
            Map<String, String> parameters = Map.of("sslMode", sslMode, "rootCertificate", target.rootCertificate());
            Map<String, List<RunResult>> runs = new Rounds(plan, target)
                    .run(ConnectBenchmark.class, "connect", plan.connectRounds(), 1, parameters, "pgjdbc", "wellhead");
            rows.add(Rounds.compare(what, "µs", Comparison.Better.LOWER, runs, "pgjdbc", Rounds::middle, null));
        }
        return rows;
    }

    private static void say(String what) {
        System.out.println("measuring " + what);
    }
}
