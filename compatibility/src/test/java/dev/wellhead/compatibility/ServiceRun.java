package dev.wellhead.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A {@link Service} in a separate process with its own environment and class path. */
final class ServiceRun implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ServiceRun(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.input = process.outputWriter(UTF_8);
    }

    /**
     * {@return the running service}
     *
     * @param home its home directory, which is also on the class path
     * @param classPath the other entries of the class path
     * @param environment its whole environment
     */
    static ServiceRun start(Path home, List<String> classPath, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-classpath",
                        home + File.pathSeparator + String.join(File.pathSeparator, classPath),
                        Service.class.getName()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        return new ServiceRun(builder.start());
    }

    /** {@return the next answer, without what the service logs} */
    String answer() throws IOException {
        StringBuilder log = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.startsWith(Service.ANSWER)) {
            log.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("it ended without an answer: " + log);
        }
        return line.substring(Service.ANSWER.length());
    }

    /** {@return the answer on a new connection} */
    String ask() throws IOException {
        input.write("\n");
        input.flush();
        return answer();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
