package dev.wellhead.internal.command;

import dev.wellhead.settings.CommandLine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out why a program cannot be started. Used only after the start has failed. */
final class StartFailure {

    private static final String IN_PATH = "Install it, or write its whole path.";

    private StartFailure() {}

    /**
     * {@return the failure, with what to do}
     *
     * @param path the directories in which a name without a slash is searched for
     */
    static CommandFailedException of(CommandLine command, @Nullable String path, IOException thrown) {
        String program = command.program();
        boolean isPath = program.indexOf('/') >= 0;
        Path file = isPath ? Path.of(program) : find(program, path);
        if (file == null) {
            return command.isProgramShown()
                    ? failure(
                            command,
                            "is not in a directory of PATH",
                            IN_PATH + " No shell runs the command, so it cannot be an alias or a function.",
                            thrown)
                    : failure(
                            command,
                            "is not in a directory of PATH, so its name is not shown",
                            IN_PATH + " If the value is the password itself, set it as the password instead.",
                            thrown);
        }
        if (!Files.exists(file)) {
            return failure(command, "does not exist", "Write the path of the program.", thrown);
        }
        if (Files.isDirectory(file)) {
            return failure(command, "is a directory", "Write the path of the program.", thrown);
        }
        if (!Files.isExecutable(file)) {
            return failure(
                    command,
                    "this process may not execute",
                    "Make it executable (chmod +x) for the user of this process.",
                    thrown);
        }
        return failure(
                command,
                "the operating system cannot execute",
                "Check the interpreter in its first line, and that it was built for this machine.",
                thrown);
    }

    /** {@return the first file with this name in a directory of {@code path}; null if there is none} */
    private static @Nullable Path find(String program, @Nullable String path) {
        for (String directory : path == null ? new String[0] : path.split(File.pathSeparator)) {
            Path candidate = Path.of(directory, program);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static CommandFailedException failure(CommandLine command, String what, String fix, IOException thrown) {
        String program = command.isProgramShown() ? "the program '" + command.program() + "'" : "a program";
        return new CommandFailedException(
                "names " + program + ", which " + what, fix, command.isProgramShown() ? thrown : null);
    }
}
