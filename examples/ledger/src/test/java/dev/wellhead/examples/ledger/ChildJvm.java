package dev.wellhead.examples.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main class in a process of its own, with an environment of its own. */
final class ChildJvm implements AutoCloseable {

    static final String CLASS_PATH =
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
     * @param directory takes its output; classes in it are found
     * @param environment all of its environment
     * @param command the main class and its arguments
     */
    static ChildJvm start(Path directory, Map<String, String> environment, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                directory + File.pathSeparator + CLASS_PATH));
        line.addAll(List.of(command));
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        // libpq's variables and files of whoever runs the tests stay out
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", directory.toString());
        return new ChildJvm(builder.start(), output);
    }

    /** {@return its exit code} */
    int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after a minute");
        }
        return process.exitValue();
    }

    /** Asks it to end, as an orchestrator does. */
    void terminate() {
        process.destroy();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
