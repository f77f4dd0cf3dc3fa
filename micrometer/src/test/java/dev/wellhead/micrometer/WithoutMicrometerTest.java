package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module is on the class path and Micrometer is not, as in an application with the Spring Boot starter and no Actuator. */
class WithoutMicrometerTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void databases_withoutMicrometer_openWithoutAWarning() throws IOException, InterruptedException {
        List<String> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("micrometer-"))
                .toList();
        PostgresServer server = PostgresServer.shared();
        Path output = directory.resolve("output");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        PlainProgram.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // so that variables and files of libpq on this machine have no effect
        program.environment().clear();
        program.environment().put("HOME", directory.toString());
        program.environment()
                .put(
                        "DATABASE_URL",
                        "postgresql://postgres:" + PostgresServer.SUPERUSER_PASSWORD + "@" + server.host() + ":"
                                + server.port() + "/postgres");
        Process process = program.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();

        String text = Files.readString(output);
        assertThat(ended).as(text).isTrue();
        assertThat(text.strip()).as("warnings would be here").isEqualTo("valid: true, Micrometer: false");
    }
}
