package dev.wellhead.otel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds installed programs that tests use if they are available. */
final class Programs {

    private Programs() {}

    static Optional<Path> find(String name) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }
}
