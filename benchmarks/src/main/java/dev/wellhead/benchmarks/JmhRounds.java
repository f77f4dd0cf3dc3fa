package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH in rounds. Each round starts a new JVM for each library and reverses the order, so that changes on the machine
 * affect all libraries alike.
 */
final class JmhRounds {

    private final Plan plan;
    private final Target target;

    JmhRounds(Plan plan, Target target) {
        this.plan = plan;
        this.target = target;
    }

    /** {@return the results by library, one per round} */
    Map<String, List<RunResult>> run(
            Class<?> benchmark,
            String method,
            int rounds,
            int threads,
            Map<String, String> parameters,
            String... libraries)
            throws RunnerException {
        Map<String, List<RunResult>> results = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < libraries.length; i++) {
                String library = libraries[round % 2 == 0 ? i : libraries.length - 1 - i];
                results.computeIfAbsent(library, key -> new ArrayList<>())
                        .add(fork(benchmark, method, threads, parameters, library));
            }
        }
        return results;
    }

    /** {@return a row that compares one figure of both libraries} */
    static Comparison compare(
            String what,
            String unit,
            Map<String, List<RunResult>> runs,
            String peer,
            ToDoubleFunction<RunResult> figure,
            @Nullable Double target) {
        return new Comparison(what, unit, samples(runs, peer, figure), samples(runs, "wellhead", figure), target);
    }

    private static Samples samples(
            Map<String, List<RunResult>> runs, String library, ToDoubleFunction<RunResult> value) {
        List<Double> values = new ArrayList<>();
        for (RunResult result : runs.getOrDefault(library, List.of())) {
            values.add(value.applyAsDouble(result));
        }
        return new Samples(values);
    }

    /** {@return the nanoseconds per call of all threads together, from a throughput in calls per microsecond} */
    static double nanosPerCall(RunResult result) {
        return 1000 / result.getPrimaryResult().getScore();
    }

    static double middle(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    static double allocated(RunResult result) {
        return Objects.requireNonNull(
                        result.getSecondaryResults().get("gc.alloc.rate.norm"), "the GC profiler is not active")
                .getScore();
    }

    private RunResult fork(
            Class<?> benchmark, String method, int threads, Map<String, String> parameters, String library)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\." + method + "$")
                .param("library", library)
                .param("host", target.host())
                .param("port", Integer.toString(target.port()))
                .threads(threads)
                .forks(1)
                .jvmArgs("-Xms256m", "-Xmx256m", PostgresServer.passwordOption())
                .warmupIterations(plan.warmupSeconds())
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(plan.measuredSeconds())
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return new Runner(options.build()).runSingle();
    }
}
