package dev.wellhead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The working tree that the tests run in. */
public final class Repository {

    private static final List<String> PAGES_OUTSIDE_DOCS = List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "RELEASING.md",
            "SECURITY.md",
            "examples/consumers/README.md",
            "examples/ledger/README.md",
            "examples/spring-boot/README.md",
            "infrastructure/README.md",
            "infrastructure/observability/README.md",
            "infrastructure/terraform/README.md",
            "infrastructure/terraform/cache/README.md",
            "infrastructure/terraform/database/README.md",
            "infrastructure/terraform/metrics/README.md",
            "infrastructure/terraform/queue/README.md",
            "infrastructure/terraform/search/README.md",
            "infrastructure/terraform/storage/README.md");

    private Repository() {}

    /** {@return the root directory} */
    public static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(".ci/run"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new AssertionError("no parent directory contains .ci/run");
            }
        }
        return directory;
    }

    /** {@return the content of a file, which is named relative to the root} */
    public static String read(String path) throws IOException {
        return Files.readString(root().resolve(path));
    }

    /** {@return the documentation pages, sorted, relative to the root} */
    public static List<String> pages() throws IOException {
        return Stream.concat(PAGES_OUTSIDE_DOCS.stream(), pagesIn("docs").stream())
                .sorted()
                .toList();
    }

    /** {@return the pages in a directory and in the directories below it, sorted, relative to the root} */
    public static List<String> pagesIn(String directory) throws IOException {
        Path root = root();
        try (Stream<Path> files = Files.walk(root.resolve(directory))) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
