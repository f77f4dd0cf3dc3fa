package dev.wellhead.testkit;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own, which answers every line of its standard input with one line that starts with
 * {@value #ANSWER}. Other lines are its log. Not thread-safe.
 */
public final class ConsoleProgram implements AutoCloseable {

    /** Begins every answer. */
    public static final String ANSWER = "> ";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final BufferedWriter input;
    private final Path output;
    private int answers;

    private ConsoleProgram(Process process, Path output) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.output = output;
    }

    /**
     * {@return the running program; the caller closes it}
     *
     * @param directory its working and home directory, which also gets its output
     * @param environment its whole environment
     * @param arguments the options of {@code java}, the main class and its arguments
     */
    public static ConsoleProgram java(Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return start(Path.of(System.getProperty("java.home"), "bin", "java"), directory, environment, arguments);
    }

    /**
     * {@return the running program; the caller closes it}
     *
     * @param java the executable of the JVM that runs it
     * @param directory its working and home directory, which also gets its output
     * @param environment its whole environment
     * @param arguments the arguments of the JVM
     */
    public static ConsoleProgram start(
            Path java, Path directory, Map<String, String> environment, List<String> arguments) throws IOException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(java.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // programs that run for seconds start faster without the second compiler
        builder.command().addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        builder.command().addAll(arguments);
        // so that variables and files of libpq on this machine have no effect
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", directory.toString());
        return new ConsoleProgram(builder.start(), output);
    }

    /** {@return the class path of the program that the tests of this module start: its classes and its runtime dependencies} */
    public static String classPath() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        return target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("class-path.txt"));
    }

    /** Sends an empty line and waits for the answer. {@return the answer} */
    public String ask() throws IOException {
        input.newLine();
        input.flush();
        int expected = ++answers;
        Await.until(LIMIT, "answer " + expected, () -> answers().size() >= expected || ended());
        List<String> given = answers();
        if (given.size() < expected) {
            throw new AssertionError("It ended without an answer:\n" + output());
        }
        return given.get(expected - 1);
    }

    /** Asks again until the answer is the expected one. */
    public void askUntil(String expected) {
        Await.until(LIMIT, "the answer " + expected, () -> ask().equals(expected));
    }

    /** Closes its standard input. {@return the exit code, after waiting for its end} */
    public int endOfInput() throws IOException, InterruptedException {
        input.close();
        return exitCode();
    }

    /** Sends SIGTERM, as an orchestrator does. {@return the exit code, after waiting for its end} */
    public int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** {@return the exit code, after waiting for its end} */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + LIMIT);
        }
        return process.exitValue();
    }

    /** {@return what the program has written so far, both streams} */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** {@return its output} */
    @Override
    public String toString() {
        try {
            return output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean ended() {
        return !process.isAlive();
    }

    /** The last line counts only if it is complete. */
    private List<String> answers() throws IOException {
        String written = output();
        return written.substring(0, written.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> line.substring(ANSWER.length()))
                .toList();
    }
}
