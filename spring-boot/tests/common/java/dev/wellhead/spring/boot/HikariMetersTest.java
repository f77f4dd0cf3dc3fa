package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring Boot's {@code hikaricp.*} stay whole, whatever else measures the pool. Each application is a process of its own. */
class HikariMetersTest {

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void meters_ofHikari_areAllTen_withAndWithoutOpenTelemetryAndMicrometer(boolean otel, boolean micrometer)
            throws IOException, InterruptedException {
        List<String> meters = meters(otel, micrometer);

        assertThat(meters.stream().filter(name -> name.startsWith("hikaricp.")))
                .containsExactly(
                        "hikaricp.connections",
                        "hikaricp.connections.acquire",
                        "hikaricp.connections.active",
                        "hikaricp.connections.creation",
                        "hikaricp.connections.idle",
                        "hikaricp.connections.max",
                        "hikaricp.connections.min",
                        "hikaricp.connections.pending",
                        "hikaricp.connections.timeout",
                        "hikaricp.connections.usage");
        List<String> ours = meters.stream()
                .filter(name -> name.startsWith("db.client.connection.") || name.startsWith("wellhead."))
                .toList();
        if (micrometer) {
            assertThat(ours)
                    .contains(
                            "db.client.connection.count",
                            "db.client.connection.wait_time",
                            "wellhead.connection.creations",
                            "wellhead.credentials.age");
        } else {
            assertThat(ours).isEmpty();
        }
    }

    private List<String> meters(boolean otel, boolean micrometer) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = new ArrayList<>(Arrays.asList(classPath.split(File.pathSeparator, -1)));
        entries.removeIf(entry -> (!otel && isModule(entry, "otel")) || (!micrometer && isModule(entry, "micrometer")));
        Path output = directory.resolve("output");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(File.pathSeparator, entries),
                        MetersProgram.class.getName(),
                        "--management.otlp.metrics.export.enabled=false",
                        // it is on the class path for other tests
                        "--spring.liquibase.enabled=false")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // so that variables and files of libpq on this machine have no effect
        program.environment().clear();
        program.environment().put("HOME", directory.toString());
        program.environment().put("DATABASE_URL", Start.url());
        Process process = program.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended && process.waitFor() == 0).as(text).isTrue();
        return text.lines()
                .filter(line -> line.startsWith("meter "))
                .map(line -> line.substring("meter ".length()))
                .toList();
    }

    /** In a reactor, an entry is the directory {@code otel/target/classes}; otherwise the jar {@code wellhead-otel-<version>.jar}. */
    private static boolean isModule(String entry, String module) {
        String path = entry.replace(File.separatorChar, '/');
        return path.endsWith("/" + module + "/target/classes") || path.contains("wellhead-" + module + "-");
    }
}
