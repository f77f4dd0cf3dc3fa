package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.firstrow.HikariProgram;
import dev.wellhead.benchmarks.firstrow.WellheadProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Times processes from their start to the first row. The two programs take turns. */
final class FirstRowComparison {

    private static final int WARM_UP_RUNS = 3;
    private static final double TARGET = 1.05;

    private final Plan plan;
    private final Path directory;
    private final Map<String, String> environment;
    private final ClassPaths classPaths;

    FirstRowComparison(Plan plan, Target target, Path directory) throws IOException {
        this.plan = plan;
        this.directory = Files.createDirectories(directory);
        this.classPaths = ClassPaths.create(directory);
        this.environment = target.environment(directory);
    }

    List<Comparison> compare(StartUp startUp) throws IOException, InterruptedException {
        Program peer = prepare(startUp, HikariProgram.class, classPaths.peer());
        Program wellhead = prepare(startUp, WellheadProgram.class, classPaths.wellhead());
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            peer.run();
            wellhead.run();
        }
        List<ProgramRun> peers = new ArrayList<>();
        List<ProgramRun> wellheads = new ArrayList<>();
        for (int i = 0; i < plan.processes(); i++) {
            if (i % 2 == 0) {
                peers.add(peer.run());
                wellheads.add(wellhead.run());
            } else {
                wellheads.add(wellhead.run());
                peers.add(peer.run());
            }
        }
        String how = "Java " + startUp.jvm().feature() + ", " + startUp.name();
        return List.of(
                comparison(how + ": first row", peers, wellheads, ProgramRun::firstRow),
                comparison(how + ": exit", peers, wellheads, ProgramRun::exit),
                comparison(how + ": CPU time", peers, wellheads, ProgramRun::cpu));
    }

    private static Comparison comparison(
            String what, List<ProgramRun> peers, List<ProgramRun> wellheads, ToDoubleFunction<ProgramRun> figure) {
        Double target = what.endsWith("first row") ? TARGET : null;
        return new Comparison(what, "ms", samples(peers, figure), samples(wellheads, figure), target);
    }

    private static Samples samples(List<ProgramRun> runs, ToDoubleFunction<ProgramRun> figure) {
        List<Double> values = new ArrayList<>();
        for (ProgramRun run : runs) {
            values.add(figure.applyAsDouble(run));
        }
        return new Samples(values);
    }

    private Program prepare(StartUp startUp, Class<?> type, String classPath) throws IOException, InterruptedException {
        Path archive =
                directory.resolve(type.getSimpleName() + "-" + startUp.jvm().feature() + "."
                        + startUp.name().toLowerCase(Locale.ROOT).replace(' ', '-'));
        Path log = directory.resolve(type.getSimpleName() + ".log");
        Files.deleteIfExists(archive);
        if (startUp.training() != null) {
            ProgramRun.of(startUp.trainingCommand(archive, classPath, type.getName()), environment, log);
        }
        List<String> command = startUp.command(archive, classPath, type.getName());
        return () -> ProgramRun.of(command, environment, log);
    }

    /** A prepared program that can run several times. */
    private interface Program {
        ProgramRun run() throws IOException, InterruptedException;
    }
}
