package dev.wellhead.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program in its own process.
 *
 * @param firstRow milliseconds from the start of the process until it prints the row
 * @param exit milliseconds from the start of the process until it exits
 * @param cpu milliseconds of user and system time in the resolution of the kernel's clock; 0 if there is no {@code /proc}
 */
record ProgramRun(double firstRow, double exit, double cpu) {

    private static final int LIMIT_SECONDS = 30;
    private static final double TICK_MILLIS = 10;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Path OWN_STATUS = Path.of("/proc/self/stat");

    /** Runs a program that prints the row "1". Its environment contains only the given variables. */
    static ProgramRun of(List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        return of(command, environment, log, "1");
    }

    /**
     * Runs a program. Its environment contains only the given variables.
     *
     * @param row the line whose time is measured
     */
    static ProgramRun of(List<String> command, Map<String, String> environment, Path log, String row)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        double cpuBefore = cpuOfChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        long firstRow = 0;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                firstRow = line.equals(row) ? System.nanoTime() : firstRow;
            }
        }
        int status = process.waitFor();
        long end = System.nanoTime();
        if (status != 0 || firstRow == 0) {
            throw new IOException("The program exited with " + status + (firstRow == 0 ? " and printed no row: " : ": ")
                    + Files.readString(log));
        }
        return new ProgramRun(
                (firstRow - start) / NANOS_PER_MILLI, (end - start) / NANOS_PER_MILLI, cpuOfChildren() - cpuBefore);
    }

    /** {@return the CPU time of the exited child processes: fields 16 and 17 of {@code /proc/self/stat}, see proc(5)} */
    private static double cpuOfChildren() throws IOException {
        if (!Files.isReadable(OWN_STATUS)) {
            return 0;
        }
        String status = Files.readString(OWN_STATUS);
        String[] afterName = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(afterName[13]) + Long.parseLong(afterName[14])) * TICK_MILLIS;
    }
}
