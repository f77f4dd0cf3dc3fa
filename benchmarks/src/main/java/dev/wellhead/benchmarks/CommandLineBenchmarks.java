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

/** Times {@code wellhead explain} as a whole process, with and without the class-data archives of docs/cli.md. */
final class CommandLineBenchmarks {

    private static final int WARM_UP_RUNS = 3;
    private static final int RUNS = 31;
    private static final int QUICK_RUNS = 7;

    /** The target for a start with an archive, in milliseconds of CPU time. */
    private static final double TARGET = 500;

    /** The second compiler and a parallel collector do not pay off in a program that ends within a second. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Map<String, String> PRODUCTION = Map.of(
            "ENVIRONMENT", "production",
            "DATABASE_URL", "postgresql://app@db-1.internal,db-2.internal/shop",
            "DB_PASSWORD", "not-a-password",
            "DB_SSLROOTCERT", "/etc/tls/root.crt");

    private static final String VERDICT = "Database 'default' in environment 'production' can be opened.";

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
     * A way to start the command line.
     *
     * @param training the flag that creates the archive; null without an archive
     * @param use the flag that uses the archive
     */
    private record Variant(Jvm jvm, String name, List<String> flags, @Nullable String training, @Nullable String use) {}

    static void run(Path root, boolean quick) throws IOException, InterruptedException {
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
                if (!jar.toString().endsWith("-sources.jar") && !jar.toString().endsWith("-javadoc.jar")) {
                    return jar.toAbsolutePath();
                }
            }
        }
        throw new IOException(target + " contains no jar of the command line");
    }

    private void compare(Jvm jvm, String prepared, String training, String use)
            throws IOException, InterruptedException {
        List<Variant> variants = List.of(
                new Variant(jvm, "plain", List.of(), null, null),
                new Variant(jvm, prepared, List.of(), training, use),
                new Variant(jvm, prepared + ", " + String.join(" ", SHORT_LIVED), SHORT_LIVED, training, use));
        List<List<String>> commands = new ArrayList<>();
        List<List<ProgramRun>> results = new ArrayList<>();
        for (Variant variant : variants) {
            commands.add(prepare(variant, commands.size()));
            results.add(new ArrayList<>());
        }
        for (int run = -WARM_UP_RUNS; run < runs; run++) {
            for (int i = 0; i < variants.size(); i++) {
                ProgramRun ran = run(commands.get(i));
                if (run >= 0) {
                    results.get(i).add(ran);
                }
            }
        }
        double plain = cpu(results.get(0)).median();
        for (int i = 0; i < variants.size(); i++) {
            row(variants.get(i), results.get(i), plain);
        }
    }

    private List<String> prepare(Variant variant, int number) throws IOException, InterruptedException {
        Path archive = directory.resolve("explain-" + variant.jvm().feature() + "-" + number + ".archive");
        Files.deleteIfExists(archive);
        if (variant.training() != null) {
            run(command(variant, variant.training() + archive));
        }
        return command(variant, variant.use() == null ? null : variant.use() + archive);
    }

    private List<String> command(Variant variant, @Nullable String flag) {
        List<String> command = new ArrayList<>(List.of(variant.jvm().java()));
        command.addAll(variant.flags());
        if (flag != null) {
            command.add(flag);
        }
        command.addAll(List.of("-jar", jar.toString(), "explain"));
        return command;
    }

    private ProgramRun run(List<String> command) throws IOException, InterruptedException {
        return ProgramRun.of(command, PRODUCTION, directory.resolve("explain.log"), VERDICT);
    }

    private static Samples cpu(List<ProgramRun> runs) {
        return new Samples(runs.stream().map(ProgramRun::cpu).toList());
    }

    private void row(Variant variant, List<ProgramRun> results, double plain) {
        Samples cpu = cpu(results);
        Samples exit = new Samples(results.stream().map(ProgramRun::exit).toList());
        table.append(String.format(
                Locale.ROOT,
                "| Java %d, %s | %.0f (%.0f–%.0f) | %.2f | %s | %.0f (%.0f–%.0f) | %d |%n",
                variant.jvm().feature(),
                variant.name(),
                cpu.median(),
                cpu.quantile(0.25),
                cpu.quantile(0.75),
                cpu.median() / plain,
                variant.training() == null ? "" : String.format(Locale.ROOT, "< %.0f", TARGET),
                exit.median(),
                exit.quantile(0.25),
                exit.quantile(0.75),
                results.size()));
    }

    private String text(double usedByOthers) {
        return """
                # Benchmarks: the command line

                `mvn -q -Pbenchmarks -Dwhat=cli verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short sample
                and does not change the page. Each run is a process that executes `wellhead explain` for a production environment and is timed
                from its start to its exit. The variants take turns. [Command line](cli.md#a-faster-start) shows how to prepare them.

                """
                + "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                + Machine.current().describe()
                + "\n- CPU used by other processes before and after: " + Machine.percent(usedByOthers) + "\n"
                + """

                Medians with quartiles, in milliseconds. CPU time is the user and system time of the whole process. The ratio compares it with
                a start without an archive on the same Java version.

                | | CPU time | ratio | target | elapsed time | runs |
                | --- | ---: | ---: | ---: | ---: | ---: |
                """
                + table;
    }
}
