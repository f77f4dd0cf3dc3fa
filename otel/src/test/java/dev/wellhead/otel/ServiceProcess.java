package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link PlainService} in a separate process. */
final class ServiceProcess {

    private static final long SECONDS = 90;

    private final Path output;

    /** @param output the file for the output of the service */
    ServiceProcess(Path output) {
        this.output = output;
    }

    /**
     * {@return the output of the service}
     *
     * @param classPath the entries of the class path
     * @param poolMetrics the value of {@code DB_POOL_METRICS}
     * @param options options of the JVM
     */
    String run(List<String> classPath, String poolMetrics, String... options) throws IOException, InterruptedException {
        PostgresServer server = PostgresServer.shared();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-classpath",
                String.join(File.pathSeparator, classPath),
                PlainService.class.getName(),
                server.host(),
                Integer.toString(server.port()),
                poolMetrics));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    /** {@return the class path of this process without the entries that contain one of {@code parts}} */
    static List<String> classPathWithout(String... parts) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> Arrays.stream(parts).noneMatch(entry::contains))
                .toList();
    }
}
