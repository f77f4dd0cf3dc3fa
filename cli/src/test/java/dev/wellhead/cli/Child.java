package dev.wellhead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line in a process of its own, with its own environment variables. The result does not depend on how the
 * tests were started: signals that are ignored in this process (as with {@code nohup}) have their default effect in the
 * child process.
 */
final class Child implements AutoCloseable {

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private static final List<String> WITH_DEFAULT_SIGNALS = withDefaultSignals();

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** {@return the command that runs {@link Main}} */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                CLASS_PATH,
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@return the subcommand {@code exec} with its arguments} */
    static String[] exec(String... arguments) {
        List<String> all = new ArrayList<>(List.of("exec"));
        all.addAll(List.of(arguments));
        return all.toArray(new String[0]);
    }

    /** {@return the subcommand {@code exec} that runs {@link EchoProgram} with its arguments} */
    static String[] execEcho(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--"));
        List<String> java = command();
        all.addAll(java.subList(0, java.size() - 1));
        all.add(EchoProgram.class.getName());
        all.addAll(List.of(arguments));
        return exec(all.toArray(new String[0]));
    }

    static Child start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(WITH_DEFAULT_SIGNALS);
        command.addAll(command(arguments));
        return start(directory, variables, command);
    }

    /** Starts any command, with the signals of this process. */
    static Child start(Path directory, Map<String, String> variables, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().putAll(variables);
        return new Child(builder.start(), out, err);
    }

    /**
     * {@return the start of a command that gives INT, HUP and TERM their default effect} A process inherits which
     * signals are ignored, and neither a shell nor the JVM can undo it. GNU env and Perl can.
     */
    private static List<String> withDefaultSignals() {
        List<List<String>> candidates = List.of(
                List.of("env", "--default-signal=INT,HUP,TERM"),
                List.of("perl", "-e", "$SIG{$_} = 'DEFAULT' for qw(INT HUP TERM); exec @ARGV"));
        for (List<String> candidate : candidates) {
            List<String> probe = new ArrayList<>(candidate);
            probe.add("true");
            try {
                if (new ProcessBuilder(probe).start().waitFor() == 0) {
                    return candidate;
                }
            } catch (IOException notInstalled) {
                // the next candidate may be there
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return List.of();
    }

    /** {@return the result of a run} */
    static Run run(Path directory, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        try (Child child = start(directory, variables, arguments)) {
            return child.end();
        }
    }

    Run end() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after a minute");
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    Process process() {
        return process;
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
