package dev.wellhead.benchmarks;

import dev.wellhead.benchmarks.memory.HikariDatabases;
import dev.wellhead.benchmarks.memory.WellheadDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures the heap of an open database with one idle connection. The two programs take turns. */
final class MemoryComparison {

    private static final double TARGET = 1.25;
    private static final int LIMIT_SECONDS = 60;
    private static final double BYTES_PER_KILOBYTE = 1_000;

    private final Path directory;
    private final Map<String, String> environment;

    MemoryComparison(Target target, Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.environment = target.environment(directory);
    }

    /** {@return the one row of the table} */
    List<Comparison> compare(int runs) throws IOException, InterruptedException {
        ClassPaths classPaths = ClassPaths.create(directory);
        List<Double> peers = new ArrayList<>();
        List<Double> wellheads = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            peers.add(bytesPerDatabase(classPaths.peer(), HikariDatabases.class));
            wellheads.add(bytesPerDatabase(classPaths.wellhead(), WellheadDatabases.class));
        }
        return List.of(
                new Comparison("heap per open database", "kB", new Samples(peers), new Samples(wellheads), TARGET));
    }

    private double bytesPerDatabase(String classPath, Class<?> program) throws IOException, InterruptedException {
        Path output = directory.resolve(program.getSimpleName() + ".out");
        ProcessBuilder builder = new ProcessBuilder(
                Jvm.current().java(),
                "-XX:+UseSerialGC",
                // the caches of the JVM are not retained by a database
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-classpath",
                classPath,
                program.getName());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
            throw new IOException(program.getSimpleName() + " exited with " + process.exitValue() + ": " + text);
        }
        return Double.parseDouble(text) / BYTES_PER_KILOBYTE;
    }
}
