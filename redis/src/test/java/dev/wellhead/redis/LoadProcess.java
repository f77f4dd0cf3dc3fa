package dev.wellhead.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.CommandLoad;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A service in its own process with its own environment, which runs commands on the Redis of that environment. */
final class LoadProcess implements AutoCloseable {

    private static final String ANSWER = "> ";
    private static final int THREADS = 8;

    private final StringBuilder log = new StringBuilder();
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private LoadProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.input = process.outputWriter(UTF_8);
    }

    /** {@return a process whose threads have opened their connections} */
    static LoadProcess start(Path home, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-classpath",
                        ChildJvm.CLASS_PATH,
                        Service.class.getName()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOME", home.toString());
        LoadProcess started = new LoadProcess(builder.start());
        started.expect("ready");
        return started;
    }

    /** {@return what the threads have done} */
    CommandLoad.Outcome stop() throws IOException {
        input.write("\n");
        input.flush();
        return CommandLoad.Outcome.parse(answer());
    }

    /** {@return the log of the service so far, without its answers} */
    String log() {
        return log.toString();
    }

    private void expect(String expected) throws IOException {
        String answer = answer();
        if (!answer.equals(expected)) {
            throw new AssertionError("it answered '" + answer + "': " + log);
        }
    }

    private String answer() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
            log.append(line).append('\n');
        }
        throw new AssertionError("it ended without an answer: " + log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The service. */
    static final class Service {

        private Service() {}

        public static void main(String[] arguments) throws IOException {
            try (Redis redis = Redis.fromEnvironment();
                    CommandLoad load = CommandLoad.start(redis.client(), THREADS)) {
                System.out.println(ANSWER + "ready");
                new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
                CommandLoad.Outcome outcome = load.stop();
                load.failures().forEach(System.out::println);
                System.out.println(ANSWER + outcome);
            }
        }
    }
}
