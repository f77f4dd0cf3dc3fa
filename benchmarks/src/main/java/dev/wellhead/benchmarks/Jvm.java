package dev.wellhead.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An installed Java that can start programs. */
record Jvm(Path home, int feature, String version) {

    /** The first version that creates an ahead-of-time cache with one flag (JEP 514). */
    private static final int AOT_CACHE = 25;

    static Jvm current() {
        return new Jvm(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                System.getProperty("java.runtime.version"));
    }

    /** {@return the current Java if it has an ahead-of-time cache, or else a newer one installed in the same directory} */
    static Optional<Jvm> withAotCache() throws IOException {
        Jvm current = current();
        if (current.feature >= AOT_CACHE) {
            return Optional.of(current);
        }
        List<Jvm> found = new ArrayList<>();
        Path siblings = current.home.toRealPath().getParent();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(siblings)) {
            for (Path home : homes) {
                of(home).filter(jvm -> jvm.feature >= AOT_CACHE).ifPresent(found::add);
            }
        }
        return found.stream().min(Comparator.comparingInt(Jvm::feature));
    }

    String java() {
        return home.resolve("bin").resolve("java").toString();
    }

    private static Optional<Jvm> of(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)
                || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            return Optional.empty();
        }
        for (String line : Files.readAllLines(release)) {
            if (line.startsWith("JAVA_VERSION=")) {
                String version = line.substring(line.indexOf('=') + 1).replace("\"", "");
                return Optional.of(new Jvm(home, Runtime.Version.parse(version).feature(), version));
            }
        }
        return Optional.empty();
    }
}
