package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Compares the start of a Spring Boot application with the starter with one with the pool that Spring Boot configures, and writes
 * {@code docs/benchmarks-boot.md}.
 */
final class BootBenchmarks {

    private static final int WARM_UP_RUNS = 3;
    private static final int RUNS = 41;
    private static final int QUICK_RUNS = 5;
    private static final double READY_TARGET = 1.02;

    private final BootProgram hikari;
    private final BootProgram wellhead;
    private final int runs;

    private BootBenchmarks(BootProgram hikari, BootProgram wellhead, int runs) {
        this.hikari = hikari;
        this.wellhead = wellhead;
        this.runs = runs;
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        double before = Machine.usedByOthers();
        Path modules = root.resolve("benchmarks/boot");
        Path results = Files.createDirectories(root.resolve("benchmarks/results/boot"));
        try (PostgresServer server = PostgresServer.start()) {
            Target target = new Target("localhost", server.port(), "");
            BootBenchmarks benchmarks = new BootBenchmarks(
                    BootProgram.withHikari(modules, results, target),
                    BootProgram.withWellhead(modules, results, target),
                    quick ? QUICK_RUNS : RUNS);
            String serverVersion = server.query("show server_version").get(0);
            List<StartUp> startUps = startUps();
            List<Comparison> rows = new ArrayList<>();
            double usedByOthers = before;
            for (StartUp startUp : startUps) {
                System.out.println("measuring Java " + startUp.jvm().feature() + ", " + startUp.name());
                List<Comparison> measured = benchmarks.compare(startUp);
                System.out.print(table(measured).text());
                rows.addAll(measured);
                usedByOthers = Math.max(usedByOthers, Machine.usedByOthers());
                // after each comparison, so that a run that is interrupted keeps those that it has finished
                if (!quick) {
                    int missing = startUps.size() - startUps.indexOf(startUp) - 1;
                    Files.writeString(
                            root.resolve("docs/benchmarks-boot.md"),
                            benchmarks.text(usedByOthers, serverVersion, rows, missing));
                }
            }
            System.out.print(benchmarks.text(usedByOthers, serverVersion, rows, 0));
        }
    }

    private static List<StartUp> startUps() throws IOException {
        Jvm current = Jvm.current();
        List<StartUp> startUps = new ArrayList<>(List.of(StartUp.plain(current), StartUp.appCds(current)));
        Jvm.withAotCache().ifPresent(newer -> {
            if (newer.feature() != current.feature()) {
                startUps.add(StartUp.plain(newer));
                startUps.add(StartUp.appCds(newer));
            }
            startUps.add(StartUp.aotCache(newer));
        });
        return startUps;
    }

    private List<Comparison> compare(StartUp startUp) throws IOException, InterruptedException {
        BootProgram.Prepared peer = hikari.prepare(startUp);
        BootProgram.Prepared ours = wellhead.prepare(startUp);
        List<ProgramRun> peers = new ArrayList<>();
        List<ProgramRun> wellheads = new ArrayList<>();
        for (int run = -WARM_UP_RUNS; run < runs; run++) {
            boolean isPeerFirst = run % 2 == 0;
            ProgramRun first = isPeerFirst ? peer.run() : ours.run();
            ProgramRun second = isPeerFirst ? ours.run() : peer.run();
            if (run >= 0) {
                peers.add(isPeerFirst ? first : second);
                wellheads.add(isPeerFirst ? second : first);
            }
        }
        String how = "Java " + startUp.jvm().feature() + ", " + startUp.name();
        return List.of(
                new Comparison(
                        how + ": ready",
                        "ms",
                        samples(peers, ProgramRun::firstRow),
                        samples(wellheads, ProgramRun::firstRow),
                        READY_TARGET),
                new Comparison(
                        how + ": CPU time",
                        "ms",
                        samples(peers, ProgramRun::cpu),
                        samples(wellheads, ProgramRun::cpu),
                        null));
    }

    private static Samples samples(List<ProgramRun> runs, ToDoubleFunction<ProgramRun> figure) {
        return new Samples(runs.stream().map(figure::applyAsDouble).toList());
    }

    private static ComparisonTable table(List<Comparison> rows) {
        return new ComparisonTable("HikariCP of Spring Boot", "Wellhead", rows);
    }

    /** @param missing the number of ways to start that have not been measured */
    private String text(double usedByOthers, String serverVersion, List<Comparison> rows, int missing) {
        return """
                # Benchmarks: Spring Boot

                `mvn -q -Pbenchmarks -Dwhat=boot verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short sample
                and does not change the page. The same application starts with the pool that Spring Boot configures and with
                `wellhead-spring-boot-starter`. It has `spring-boot-starter-jdbc` and no web server, so the data source is a large part of its start.
                Each run is a process, and the two take turns.

                """
                + "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                + Machine.current().describe()
                + "\n- CPU used by other processes before and after: " + Machine.percent(usedByOthers)
                + "\n- Spring Boot " + wellhead.springBootVersion() + ", PostgreSQL " + serverVersion
                + ", over loopback\n"
                + (missing == 0 ? "" : "- **Incomplete: the run ended before the last " + missing + " comparisons**\n")
                + """

                Ready is the time from the start of `java` until the application is ready, which includes one query. CPU time is the user and system
                time of the whole process, which then ends. Figures are medians with quartiles. "Within the scatter" means that the middle
                halves of the runs overlap.

                """
                + table(rows).text()
                + classPaths();
    }

    private String classPaths() {
        return String.format(
                Locale.ROOT,
                """

                The class path of the application has %d jars and %.2f MB with HikariCP and pgjdbc, and %d jars and %.2f MB with the starter:
                %.2f MB more (the target is at most 1.5 MB).
                """,
                hikari.jars().size(),
                hikari.megabytes(),
                wellhead.jars().size(),
                wellhead.megabytes(),
                wellhead.megabytes() - hikari.megabytes());
    }
}
