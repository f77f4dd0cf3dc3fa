package dev.wellhead.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a separate process with its own environment. */
public final class ChildJvm implements AutoCloseable {

    /** The class path of the running tests. */
    public static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * {@return the running process}
     *
     * @param directory the directory for its output, which is also on the class path
     * @param environment its whole environment
     * @param command the main class and its arguments
     */
    public static ChildJvm start(Path directory, Map<String, String> environment, String... command)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // programs that run for seconds start faster without the second compiler
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                directory + File.pathSeparator + CLASS_PATH));
        line.addAll(List.of(command));
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        // so that variables and files of libpq on this machine have no effect
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", directory.toString());
        return new ChildJvm(builder.start(), output);
    }

    /** {@return the exit code, after waiting for the end} */
    public int end() throws InterruptedException {
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after five minutes");
        }
        return process.exitValue();
    }

    /** Sends SIGTERM, as an orchestrator does. */
    public void terminate() {
        process.destroy();
    }

    /** {@return what the process has written so far, both streams} */
    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
