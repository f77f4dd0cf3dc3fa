package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs a main class in a separate process with its own environment. The program answers the start, and then each line of
 * its input, with a line that begins with {@link #ANSWER}; other lines are its log.
 */
public final class AnsweringProcess implements AutoCloseable {

    /** The begin of a line with an answer. */
    public static final String ANSWER = "> ";

    private final StringBuilder log = new StringBuilder();
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private AnsweringProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.input = process.outputWriter(UTF_8);
    }

    /** {@return the running process, with the class path of the running tests} */
    public static AnsweringProcess start(Class<?> main, Path home, Map<String, String> environment) throws IOException {
        return start(main, home, List.of(ChildJvm.CLASS_PATH), environment);
    }

    /**
     * {@return the running process}
     *
     * @param home its home directory, which is also on the class path
     * @param classPath the other entries of the class path
     * @param environment its whole environment, except for the variable that disables instance metadata
     */
    public static AnsweringProcess start(
            Class<?> main, Path home, List<String> classPath, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-classpath",
                        home + File.pathSeparator + String.join(File.pathSeparator, classPath),
                        main.getName()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        return new AnsweringProcess(builder.start());
    }

    /** {@return the next answer} */
    public String answer() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
            log.append(line).append('\n');
        }
        throw new AssertionError("it ended without an answer: " + log);
    }

    /** {@return the answer to a line of input} */
    public String ask() throws IOException {
        input.write("\n");
        input.flush();
        return answer();
    }

    /** {@return the log so far} */
    public String log() {
        return log.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
