package dev.wellhead.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times {@code wellhead explain} as whole processes: started plainly, and with what docs/cli.md prepares. */
public final class CommandLineBenchmarks {

    private static final int WARM_UP_RUNS = 3;
    private static final int RUNS = 31;
    private static final int QUICK_RUNS = 7;

    /** Milliseconds of CPU that a prepared start may take. */
    private static final double WANTED = 500;

    /** For a program that is over before a second compiler or a parallel collector pays off. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Map<String, String> PRODUCTION = Map.of(
            "ENVIRONMENT", "production",
            "DATABASE_URL", "postgresql://app@db-1.internal,db-2.internal/shop",
            "DB_PASSWORD", "not-a-password",
            "DB_SSLROOTCERT", "/etc/tls/root.crt");

    private static final String LAST_LINE = "It can be opened.";

    private final Path jar;
    private final Path directory;
    private final int runs;
    private final StringBuilder table = new StringBuilder();

    private CommandLineBenchmarks(Path jar, Path directory, int runs) {
        this.jar = jar;
        this.directory = directory;
        this.runs = runs;
    }

    /**
     * A way to start it.
     *
     * @param training the flag that makes the archive; null where there is none
     * @param use the flag that uses it
     */
    private record Way(Jvm jvm, String name, List<String> flags, @Nullable String training, @Nullable String use) {}

    /** Arguments: the root of the project, and {@code true} for a quick look that writes no document. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]).normalize();
        boolean quick = Boolean.parseBoolean(arguments[1]);
        double before = Machine.usedByOthers();
        Path directory = Files.createDirectories(root.resolve("benchmarks/results/command-line"));
        CommandLineBenchmarks benchmarks =
                new CommandLineBenchmarks(jar(root.resolve("cli/target")), directory, quick ? QUICK_RUNS : RUNS);
        Jvm current = Jvm.current();
        benchmarks.compare(current, "AppCDS", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=");
        Jvm newer = Jvm.withAotCache().orElse(null);
        if (newer != null) {
            benchmarks.compare(newer, "AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache=");
        }
        String text = benchmarks.text(Math.max(before, Machine.usedByOthers()));
        if (!quick) {
            Files.writeString(root.resolve("docs/benchmarks-cli.md"), text);
        }
        System.out.print(text);
    }

    private static Path jar(Path target) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "wellhead-cli-*.jar")) {
            for (Path jar : jars) {
                if (!jar.toString().endsWith("-sources.jar")) {
                    return jar.toAbsolutePath();
                }
            }
        }
        throw new IOException("there is no jar of the command line in " + target);
    }

    private void compare(Jvm jvm, String prepared, String training, String use)
            throws IOException, InterruptedException {
        List<Way> ways = List.of(
                new Way(jvm, "plain", List.of(), null, null),
                new Way(jvm, prepared, List.of(), training, use),
                new Way(jvm, prepared + ", " + String.join(" ", SHORT_LIVED), SHORT_LIVED, training, use));
        List<List<String>> commands = new ArrayList<>();
        List<List<ProgramRun>> results = new ArrayList<>();
        for (Way way : ways) {
            commands.add(prepare(way, commands.size()));
            results.add(new ArrayList<>());
        }
        for (int run = -WARM_UP_RUNS; run < runs; run++) {
            for (int i = 0; i < ways.size(); i++) {
                ProgramRun ran = run(commands.get(i));
                if (run >= 0) {
                    results.get(i).add(ran);
                }
            }
        }
        double plain = cpu(results.get(0)).median();
        for (int i = 0; i < ways.size(); i++) {
            row(ways.get(i), results.get(i), plain);
        }
    }

    private List<String> prepare(Way way, int number) throws IOException, InterruptedException {
        Path archive = directory.resolve("explain-" + way.jvm().feature() + "-" + number + ".archive");
        Files.deleteIfExists(archive);
        if (way.training() != null) {
            run(command(way, way.training() + archive));
        }
        return command(way, way.use() == null ? null : way.use() + archive);
    }

    private List<String> command(Way way, @Nullable String flag) {
        List<String> command = new ArrayList<>(List.of(way.jvm().java()));
        command.addAll(way.flags());
        if (flag != null) {
            command.add(flag);
        }
        command.addAll(List.of("-jar", jar.toString(), "explain"));
        return command;
    }

    private ProgramRun run(List<String> command) throws IOException, InterruptedException {
        return ProgramRun.of(command, PRODUCTION, directory.resolve("explain.log"), LAST_LINE);
    }

    private static Samples cpu(List<ProgramRun> runs) {
        return new Samples(runs.stream().map(ProgramRun::cpu).toList());
    }

    private void row(Way way, List<ProgramRun> results, double plain) {
        Samples cpu = cpu(results);
        Samples exit = new Samples(results.stream().map(ProgramRun::exit).toList());
        table.append(String.format(
                Locale.ROOT,
                "| Java %d, %s | %.0f (%.0f–%.0f) | %.2f | %s | %.0f (%.0f–%.0f) | %d |%n",
                way.jvm().feature(),
                way.name(),
                cpu.median(),
                cpu.quantile(0.25),
                cpu.quantile(0.75),
                cpu.median() / plain,
                way.training() == null ? "" : String.format(Locale.ROOT, "< %.0f", WANTED),
                exit.median(),
                exit.quantile(0.25),
                exit.quantile(0.75),
                results.size()));
    }

    private String text(double usedByOthers) {
        return """
                # Benchmarks: the command line

                Written by `mvn -q -Pcli-benchmarks verify -pl benchmarks -am` (beside it: `make benchmarks-cli`); with `-Dbenchmarks.quick`
                it is a look that leaves this page alone. `wellhead explain` of a production environment, from starting `java`
                to its end, the ways to start it in turn. [The command line](cli.md) shows how each is prepared.

                """
                + "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                + Machine.current().describe()
                + "\n- Used by others before and after: " + Math.round(usedByOthers * 100) + " % of it"
                + (usedByOthers < 0.1 ? "\n" : "; **not quiet: do not quote these figures**\n")
                + """

                Medians with quartiles, in milliseconds. CPU is user and system time of the whole process.

                | | CPU | of plain | wanted | wall | runs |
                | --- | ---: | ---: | ---: | ---: | ---: |
                """
                + table;
    }
}
