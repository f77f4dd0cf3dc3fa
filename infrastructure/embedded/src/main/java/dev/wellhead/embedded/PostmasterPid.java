package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself in {@code postmaster.pid}. Source: PostgreSQL documentation, "Database File Layout".
 *
 * @param pid its process
 * @param port its port, 0 where it has not said so yet
 * @param address the first address it listens on, blank where it has not said so yet
 */
record PostmasterPid(long pid, int port, String address) {

    private static final String FILE = "postmaster.pid";

    /** {@return what the file says, or empty where there is none or nothing sensible in it} */
    static Optional<PostmasterPid> read(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve(FILE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PostmasterPid(
                    Long.parseLong(line(lines, 0)),
                    line(lines, 3).isEmpty() ? 0 : Integer.parseInt(line(lines, 3)),
                    line(lines, 5)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void delete(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }

    /** {@return the process, where it lives and is this server: after a crash the number may belong to anything} */
    Optional<ProcessHandle> process(Path data) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> {
            ProcessHandle.Info info = process.info();
            // Windows does not tell the arguments
            return info.commandLine()
                    .map(line -> line.contains("postgres") && line.contains(data.toString()))
                    .or(() -> info.command().map(program -> program.contains("postgres")))
                    .orElse(false);
        });
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }
}
