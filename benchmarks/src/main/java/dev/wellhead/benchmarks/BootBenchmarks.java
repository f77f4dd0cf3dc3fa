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
    private static final int SERVICE_RUNS = 15;
    private static final int QUICK_RUNS = 5;
    private static final double READY_TARGET = 1.02;

    /**
     * An application with both pools.
     *
     * @param heading the heading of its figures
     * @param runs the number of starts that are measured, of each program and in each way
     */
    private record Application(
            String heading, BootProgram hikari, BootProgram wellhead, int runs, List<Comparison> rows) {

        Application(String heading, BootProgram hikari, BootProgram wellhead, int runs) {
            this(heading, hikari, wellhead, runs, new ArrayList<>());
        }
    }

    private final Application small;
    private final Application service;

    private BootBenchmarks(Application small, Application service) {
        this.small = small;
        this.service = service;
    }

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
        double usedByOthers = Machine.usedByOthers();
        Path modules = root.resolve("benchmarks/boot");
        Path results = Files.createDirectories(root.resolve("benchmarks/results/boot"));
        try (PostgresServer server = PostgresServer.start()) {
            Target target = new Target("localhost", server.port(), "");
            BootProgram hikari = BootProgram.withHikari(modules, results, target);
            BootProgram wellhead = BootProgram.withWellhead(modules, results, target);
            BootBenchmarks benchmarks = new BootBenchmarks(
                    new Application("Database only", hikari, wellhead, quick ? QUICK_RUNS : RUNS),
                    new Application(
                            "Service",
                            hikari.asService(modules),
                            wellhead.asService(modules),
                            quick ? QUICK_RUNS : SERVICE_RUNS));
            String serverVersion = server.query("show server_version").get(0);
            List<StartUp> startUps = startUps();
            int missing = 2 * startUps.size();
            for (Application application : List.of(benchmarks.small, benchmarks.service)) {
                for (StartUp startUp : startUps) {
                    System.out.println("measuring " + application.heading() + ", Java "
                            + startUp.jvm().feature() + ", " + startUp.name());
                    List<Comparison> measured = compare(application, startUp);
                    System.out.print(table(measured).text());
                    application.rows().addAll(measured);
                    usedByOthers = Math.max(usedByOthers, Machine.usedByOthers());
                    missing--;
                    // after each comparison, so that a run that is interrupted keeps those that it has finished
                    if (!quick) {
                        Files.writeString(
                                root.resolve("docs/benchmarks-boot.md"),
                                benchmarks.text(usedByOthers, serverVersion, missing));
                    }
                }
            }
            System.out.print(benchmarks.text(usedByOthers, serverVersion, 0));
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

    private static List<Comparison> compare(Application application, StartUp startUp)
            throws IOException, InterruptedException {
        BootProgram.Prepared peer = application.hikari().prepare(startUp);
        BootProgram.Prepared ours = application.wellhead().prepare(startUp);
        List<ProgramRun> peers = new ArrayList<>();
        List<ProgramRun> wellheads = new ArrayList<>();
        for (int run = -WARM_UP_RUNS; run < application.runs(); run++) {
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

    /** @param missing the number of comparisons that have not been made */
    private String text(double usedByOthers, String serverVersion, int missing) {
        return """
                # Benchmarks: Spring Boot

                `mvn -q -Pbenchmarks -Dwhat=boot verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short sample
                and does not change the page. The same application starts with the pool that Spring Boot configures and with
                `wellhead-spring-boot-starter`. Each run is a process, and the two take turns.

                """
                + "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                + Machine.current().describe()
                + "\n- CPU used by other processes before and after: " + Machine.percent(usedByOthers)
                + "\n- Spring Boot " + small.wellhead().springBootVersion() + ", PostgreSQL " + serverVersion
                + ", over loopback\n"
                + (missing == 0 ? "" : "- **Incomplete: the run ended before the last " + missing + " comparisons**\n")
                + """

                Ready is the time from the start of `java` until the application is ready, which includes one query. CPU time is the user and system
                time of the whole process, which then ends. Figures are medians with quartiles. "Within the scatter" means that the middle
                halves of the runs overlap.

                ## Database only

                The application has `spring-boot-starter-jdbc` and no web server, so the data source is a large part of its start. Without a
                class-data archive, its classes need a little less memory than the limit at which the JVM collects garbage for the first time
                because of classes (`-XX:MetaspaceSize`, 21 MB by default). With the starter they need a little more, so the figures of those
                rows include one garbage collection, which most applications have in any case.

                """
                + table(small.rows()).text()
                + classPaths()
                + """

                ## Service

                The same application with `spring-boot-starter-webmvc` and `spring-boot-starter-actuator`, as most services have them.

                """
                + table(service.rows()).text();
    }

    private String classPaths() {
        return String.format(
                Locale.ROOT,
                """

                The class path of the application has %d jars and %.2f MB with HikariCP and pgjdbc, and %d jars and %.2f MB with the starter:
                %.2f MB more (the target is at most 1.5 MB).
                """,
                small.hikari().jars().size(),
                small.hikari().megabytes(),
                small.wellhead().jars().size(),
                small.wellhead().megabytes(),
                small.wellhead().megabytes() - small.hikari().megabytes());
    }
}
