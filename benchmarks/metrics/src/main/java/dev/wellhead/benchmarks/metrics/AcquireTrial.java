package dev.wellhead.benchmarks.metrics;

import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one library in this JVM. Prints nanoseconds, bytes and nanoseconds of CPU time per acquire and return. */
public final class AcquireTrial {

    private AcquireTrial() {}

    /** Arguments: class name of the measured pool, host, port, threads, seconds to warm up, seconds to measure. */
    public static void main(String[] arguments) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include("\\." + AcquireBenchmark.class.getSimpleName() + "\\.acquire$")
                        .param("poolClass", arguments[0])
                        .param("host", arguments[1])
                        .param("port", arguments[2])
                        .threads(Integer.parseInt(arguments[3]))
                        // this JVM is the fork: MetricsPrograms starts it with the class path of the measured library
                        .forks(0)
                        .warmupIterations(Integer.parseInt(arguments[4]))
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(Integer.parseInt(arguments[5]))
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTimeProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        System.out.println("result " + result.getPrimaryResult().getScore() + " "
                + secondary(result, "gc.alloc.rate.norm") + " " + secondary(result, CpuTimeProfiler.NAME));
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name), name)
                .getScore();
    }
}
