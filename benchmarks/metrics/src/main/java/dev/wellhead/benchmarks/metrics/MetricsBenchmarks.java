package dev.wellhead.benchmarks.metrics;

import dev.wellhead.testkit.PostgresServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs every library in turn, round by round and each time in a JVM and on a class path of its own, and prints what came
 * out: medians.
 */
public final class MetricsBenchmarks {

    private static final String PACKAGE = MetricsBenchmarks.class.getPackageName() + ".";

    private final Path module;
    private final boolean quick;

    private MetricsBenchmarks(Path module, boolean quick) {
        this.module = module;
        this.quick = quick;
    }

    /** Arguments: the directory of this module, and {@code true} for a look. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new MetricsBenchmarks(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1])).run();
    }

    private void run() throws IOException, InterruptedException {
        Map<String, String> subjects = new LinkedHashMap<>();
        subjects.put("Wellhead, metrics off", PACKAGE + "Subject$WellheadOff");
        subjects.put("Wellhead, metrics on", PACKAGE + "WellheadOn");
        subjects.put("HikariCP, no metrics", PACKAGE + "Subject$HikariCp");
        subjects.put("HikariCP, opentelemetry-hikaricp-3.0", PACKAGE + "OpenTelemetryHikari");
        subjects.put("HikariCP, Micrometer", PACKAGE + "MicrometerHikari");
        try (PostgresServer server =
                PostgresServer.builder().setting("max_connections", "200").start()) {
            for (int threads : List.of(1, 4)) {
                compare(server, subjects, threads);
            }
            List<Double> collection = child(
                    classPath("WellheadOn"),
                    "Collection",
                    server.host(),
                    Integer.toString(server.port()),
                    quick ? "30" : "200");
            System.out.printf(
                    Locale.ROOT,
                    "%ncollection, 100 pools: %.2f ms idle, %.2f ms after 100 borrows each%n",
                    collection.get(0),
                    collection.get(1));
        }
    }

    private void compare(PostgresServer server, Map<String, String> subjects, int threads)
            throws IOException, InterruptedException {
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        Map<String, List<Double>> bytes = new LinkedHashMap<>();
        for (int round = 0; round < (quick ? 2 : 7); round++) {
            List<String> order = new ArrayList<>(subjects.keySet());
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (String name : order) {
                String subject = subjects.get(name);
                List<Double> result = child(
                        classPath(String.valueOf(subject)),
                        "Trial",
                        String.valueOf(subject),
                        server.host(),
                        Integer.toString(server.port()),
                        Integer.toString(threads),
                        "2",
                        quick ? "2" : "5");
                nanos.computeIfAbsent(name, key -> new ArrayList<>()).add(result.get(0));
                bytes.computeIfAbsent(name, key -> new ArrayList<>()).add(result.get(1));
            }
        }
        System.out.printf("%nacquire and return, %d thread(s)%n", threads);
        for (String name : subjects.keySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-40s %8.1f ns  %6.1f bytes%n",
                    name,
                    median(nanos.getOrDefault(name, List.of())),
                    median(bytes.getOrDefault(name, List.of())));
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }

    /** What a subject needs, and nothing that another one brings along. */
    private String classPath(String subject) throws IOException {
        boolean isOurs = subject.endsWith("WellheadOn");
        boolean isPeer = subject.endsWith("OpenTelemetryHikari");
        boolean isMicrometer = subject.endsWith("MicrometerHikari");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String file = entry.replace(File.separatorChar, '/');
            boolean isInstrumentation = file.contains("opentelemetry-hikaricp");
            boolean isTelemetry = file.contains("/opentelemetry-")
                    || file.contains("/otel/target/")
                    || file.contains("wellhead-otel");
            boolean isMeters =
                    file.contains("/micrometer-") || file.contains("HdrHistogram") || file.contains("LatencyUtils");
            if ((!isTelemetry || isOurs) && (!isMeters || isMicrometer) && !isInstrumentation) {
                entries.add(entry);
            }
        }
        if (isPeer) {
            try (Stream<Path> jars = Files.list(module.resolve("target").resolve("peer"))) {
                jars.map(Path::toString).forEach(entries::add);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static List<Double> child(String classPath, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-Dotel.semconv-stability.opt-in=database",
                "-classpath",
                classPath,
                PACKAGE + program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<Double> result = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append(System.lineSeparator());
                if (line.startsWith("result ")) {
                    for (String number : line.substring("result ".length()).split(" ", -1)) {
                        result.add(Double.valueOf(number));
                    }
                }
            }
        }
        if (process.waitFor() != 0 || result.isEmpty()) {
            throw new IOException(program + " failed:" + System.lineSeparator() + said);
        }
        return result;
    }
}
