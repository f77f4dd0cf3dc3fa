package dev.wellhead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs a command in place of this process: with its streams, its signals and its exit code. */
final class ChildProcess {

    /** The exit code of a shell for a command that does not exist. */
    private static final int NOT_FOUND = 127;

    private final List<String> command;
    private final Map<String, String> variables;

    /** @param variables all variables of the command */
    ChildProcess(List<String> command, Map<String, String> variables) {
        this.command = List.copyOf(command);
        this.variables = variables;
    }

    /** {@return the exit code of the command; 128 plus the number of the signal if a signal ended it} */
    int run(ErrorOutput errors) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(variables);
        try (SignalForwarder signals = SignalForwarder.start()) {
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                errors.print("wellhead: cannot run '" + command.get(0)
                        + "': it is not on the PATH, or it is not executable.");
                return NOT_FOUND;
            } finally {
                // do not keep the password in memory for as long as the command runs
                environment.clear();
            }
            signals.forwardTo(process);
            return process.waitFor();
        }
    }
}
