package dev.wellhead.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine of a measurement. It contains what is needed to compare results and nothing that identifies the machine. */
record Machine(String processor, int cores, String operatingSystem) {

    private static final int SAMPLE_SECONDS = 3;

    /** Figures are not representative if other processes use at least this share of the CPU. */
    private static final double QUIET = 0.1;

    static Machine current() {
        return new Machine(
                valueIn(Path.of("/proc/cpuinfo"), "model name", ":", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                valueIn(Path.of("/etc/os-release"), "PRETTY_NAME", "=", System.getProperty("os.name")));
    }

    /** {@return the share of all cores that other processes use, measured for three seconds while this process is idle} */
    static double usedByOthers() throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        system.getCpuLoad();
        TimeUnit.SECONDS.sleep(SAMPLE_SECONDS);
        return Math.max(0, system.getCpuLoad());
    }

    /** {@return this share in percent, with a warning if it is too high for representative figures} */
    static String percent(double usedByOthers) {
        return Math.round(usedByOthers * 100) + " %"
                + (usedByOthers < QUIET ? "" : "; **not quiet: do not quote these figures**");
    }

    /** {@return one line for the page} */
    String describe() {
        return processor + ", " + cores + " cores, " + operatingSystem;
    }

    private static String valueIn(Path file, String key, String separator, String fallback) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            for (String line : lines) {
                int at = line.indexOf(separator);
                if (at > 0 && line.substring(0, at).strip().equals(key)) {
                    return line.substring(at + 1).strip().replace("\"", "");
                }
            }
            return fallback;
        } catch (IOException e) {
            return fallback;
        }
    }
}
