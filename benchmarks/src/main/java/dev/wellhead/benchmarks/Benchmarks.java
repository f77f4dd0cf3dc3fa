package dev.wellhead.benchmarks;

import java.nio.file.Path;

/** Runs one group of comparisons. Maven starts it: see CONTRIBUTING.md. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Arguments: the root of the project; the group ({@code core}, {@code driver}, {@code boot}, {@code secrets}, {@code cli},
     * {@code metrics}, {@code faults} or {@code redis}); and {@code true} for a short sample that does not change the page.
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).normalize();
        boolean quick = Boolean.parseBoolean(arguments[2]);
        switch (arguments[1]) {
            case "core" -> CoreBenchmarks.run(root, quick);
            case "driver" -> DriverBenchmarks.run(root, quick);
            case "boot" -> BootBenchmarks.run(root, quick);
            case "secrets" -> SecretsBenchmarks.run(root, quick);
            case "cli" -> CommandLineBenchmarks.run(root, quick);
            case "metrics" -> MetricsBenchmarks.run(root, quick);
            case "faults" -> FaultsBenchmarks.run(root, quick);
            case "redis" -> RedisBenchmarks.run(root, quick);
            default ->
                throw new IllegalArgumentException("-Dwhat=" + arguments[1]
                        + " is unknown. Use one of: core, driver, boot, secrets, cli, metrics, faults, redis.");
        }
    }
}
