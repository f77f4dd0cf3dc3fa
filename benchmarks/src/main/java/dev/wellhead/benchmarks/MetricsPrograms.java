package dev.wellhead.benchmarks;

import dev.wellhead.testkit.PostgresServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the programs of {@code benchmarks/metrics}, each with the class path that its library needs. */
final class MetricsPrograms {

    private static final String PACKAGE = "dev.wellhead.benchmarks.metrics.";
    private static final String RESULT = "result ";

    private final Path target;

    /** @param target the build directory of the module */
    MetricsPrograms(Path target) {
        this.target = target;
    }

    /** A measured library. */
    enum MeasuredLibrary {
        OFF("Wellhead, metrics off", "MeasuredPool$WellheadOff"),
        ON("Wellhead, metrics on", "WellheadOn"),
        BARE("HikariCP, no metrics", "MeasuredPool$HikariCp"),
        EMPTY_TRACKER("HikariCP, empty tracker", "MeasuredPool$EmptyTracker"),
        OPENTELEMETRY("HikariCP, opentelemetry-hikaricp-3.0", "OpenTelemetryHikari"),
        MICROMETER("HikariCP, Micrometer", "MicrometerHikari");

        private final String title;
        private final String className;

        MeasuredLibrary(String title, String className) {
            this.title = title;
            this.className = className;
        }

        String title() {
            return title;
        }

        String className() {
            return PACKAGE + className;
        }
    }

    /** {@return the figures that a program prints on a line that begins with "result"} */
    List<Double> run(MeasuredLibrary library, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Jvm.current().java(),
                "-Xms256m",
                "-Xmx256m",
                "-Dotel.semconv-stability.opt-in=database",
                PostgresServer.passwordOption(),
                "-classpath",
                classPath(library),
                PACKAGE + program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<Double> figures = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append(System.lineSeparator());
                if (line.startsWith(RESULT)) {
                    for (String figure : line.substring(RESULT.length()).split(" ", -1)) {
                        figures.add(Double.valueOf(figure));
                    }
                }
            }
        }
        if (process.waitFor() != 0 || figures.isEmpty()) {
            throw new IOException(program + " failed:" + System.lineSeparator() + output);
        }
        return figures;
    }

    /** {@return the class path of a library, without the dependencies of the others} */
    private String classPath(MeasuredLibrary library) throws IOException {
        List<String> entries = new ArrayList<>();
        entries.add(target.resolve("classes").toAbsolutePath().toString());
        String all = Files.readString(target.resolve("class-path.txt")).strip();
        for (String entry : all.split(File.pathSeparator, -1)) {
            String file = entry.replace(File.separatorChar, '/');
            boolean isOurs = file.contains("/opentelemetry-")
                    || file.contains("/otel/target/")
                    || file.contains("wellhead-otel");
            boolean isMicrometer =
                    file.contains("/micrometer-") || file.contains("HdrHistogram") || file.contains("LatencyUtils");
            boolean isPeer = file.contains("opentelemetry-hikaricp");
            if ((!isOurs || library == MeasuredLibrary.ON)
                    && (!isMicrometer || library == MeasuredLibrary.MICROMETER)
                    && !isPeer) {
                entries.add(entry);
            }
        }
        if (library == MeasuredLibrary.OPENTELEMETRY) {
            try (Stream<Path> jars = Files.list(target.resolve("peer"))) {
                jars.map(jar -> jar.toAbsolutePath().toString()).forEach(entries::add);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
