package dev.wellhead.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A library that reads AWS Secrets Manager.
 *
 * @param name the name in the tables
 * @param classPath the class path of the programs that use it; contains only jars
 */
record SecretsLibrary(String name, String classPath) {

    /** {@return the library whose programs are packaged in {@code benchmarks/secrets/<directory>}} */
    static SecretsLibrary of(String name, Path benchmarks, String directory) throws IOException {
        Path target = benchmarks.resolve("secrets").resolve(directory).resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "wellhead-benchmarks-*.jar")) {
            for (Path jar : jars) {
                return new SecretsLibrary(
                        name,
                        jar.toAbsolutePath()
                                + File.pathSeparator
                                + Files.readString(target.resolve("class-path.txt"))
                                        .strip());
            }
        }
        throw new IOException(target + " contains no program. Package it first, with -Pbenchmarks.");
    }

    /** {@return number and size of the jars, without the programs and the logging backend} */
    String weight() throws IOException {
        int jars = 0;
        long bytes = 0;
        for (String jar : classPath.split(File.pathSeparator, -1)) {
            String file = Path.of(jar).getFileName().toString();
            if (!file.startsWith("wellhead-benchmarks-") && !file.startsWith("slf4j-nop")) {
                jars++;
                bytes += Files.size(Path.of(jar));
            }
        }
        return jars + " jars, " + Math.round(bytes / 1e5) / 10.0 + " MB";
    }
}
