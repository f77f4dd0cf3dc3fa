package dev.wellhead.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the figures were taken on: enough to compare, nothing that says whose machine it is. */
record Machine(String processor, int cores, String operatingSystem, double load) {

    /** Above this load average at the start, something else was running and the figures are not to be trusted. */
    static final double QUIET = 0.7;

    static Machine current() {
        return new Machine(
                valueIn(Path.of("/proc/cpuinfo"), "model name", ":", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                valueIn(Path.of("/etc/os-release"), "PRETTY_NAME", "=", System.getProperty("os.name")),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    boolean isQuiet() {
        return load < QUIET;
    }

    /** {@return one line for the table} */
    String describe() {
        return processor + ", " + cores + " cores, " + operatingSystem + ", load "
                + String.format(Locale.ROOT, "%.2f", load) + " at the start";
    }

    private static String valueIn(Path file, String key, String separator, String otherwise) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            for (String line : lines) {
                int at = line.indexOf(separator);
                if (at > 0 && line.substring(0, at).strip().equals(key)) {
                    return line.substring(at + 1).strip().replace("\"", "");
                }
            }
            return otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }
}
