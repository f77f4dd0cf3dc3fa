package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code postmaster.pid}, which a running server keeps in its data directory. Source: PostgreSQL
 * documentation, "Database File Layout".
 *
 * @param pid the process id of the server
 * @param port the port of the server, 0 if the file does not contain it yet
 * @param address the first address that the server listens on, blank if the file does not contain it yet
 */
public record PostmasterPidFile(long pid, int port, String address) {

    private static final String FILE = "postmaster.pid";

    /** {@return the content, or empty if there is no such file or it cannot be parsed} */
    public static Optional<PostmasterPidFile> read(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve(FILE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PostmasterPidFile(
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

    /**
     * {@return the process, if it is alive and is this server} The program is compared, because after a crash the
     * operating system may have assigned the process id to another program.
     */
    public Optional<ProcessHandle> process(Path data) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> {
            ProcessHandle.Info info = process.info();
            // Windows does not report the arguments of a process
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
