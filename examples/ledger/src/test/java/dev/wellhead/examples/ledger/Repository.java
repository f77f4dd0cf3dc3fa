package dev.wellhead.examples.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The working tree that the tests run in. */
final class Repository {

    private Repository() {}

    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(".ci/run"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new AssertionError("no parent directory contains .ci/run");
            }
        }
        return directory;
    }

    static String read(String path) throws IOException {
        return Files.readString(root().resolve(path));
    }

    /** {@return the documentation pages, sorted, relative to the root} */
    static List<String> pages() throws IOException {
        try (Stream<Path> docs = Files.list(root().resolve("docs"))) {
            Stream<String> names =
                    docs.map(page -> "docs/" + page.getFileName()).filter(page -> page.endsWith(".md"));
            return Stream.concat(
                            Stream.of(
                                    "README.md",
                                    "CONTRIBUTING.md",
                                    "examples/ledger/README.md",
                                    "infrastructure/README.md",
                                    "infrastructure/terraform/README.md"),
                            names)
                    .sorted()
                    .toList();
        }
    }
}
