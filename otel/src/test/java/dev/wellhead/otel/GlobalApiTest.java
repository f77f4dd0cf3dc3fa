package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class paths on which the global OpenTelemetry cannot be read. */
class GlobalApiTest {

    private static final Path TOO_OLD = Path.of("target", "opentelemetry-oldest-given");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void open_withAnApiThatIsTooOld_connectsAndLogsWhatToDo() throws IOException, InterruptedException {
        String output = run("opentelemetry-api.jar", "opentelemetry-context.jar");

        assertThat(output)
                .contains("connected")
                .containsOnlyOnce(
                        "Databases are not measured: wellhead-otel needs opentelemetry-api 1.57 or newer, and the"
                                + " class path has 1.49.0. Raise its version (Spring Boot: opentelemetry.version), or pass an"
                                + " OpenTelemetry to DatabaseTelemetry.on, which works with 1.49 or newer.")
                .doesNotContain("Error");
    }

    @Test
    void open_withoutTheApi_connectsAndLogsWhatToDo() throws IOException, InterruptedException {
        String output = run();

        assertThat(output)
                .contains("connected")
                .containsOnlyOnce(
                        "Databases are not measured: wellhead-otel needs opentelemetry-api 1.57 or newer, and the"
                                + " class path has none. Add io.opentelemetry:opentelemetry-api, or remove wellhead-otel.")
                .doesNotContain("Error");
    }

    private String run(String... libraries) throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>(ServiceProcess.classPathWithout("opentelemetry-"));
        for (String library : libraries) {
            classPath.add(TOO_OLD.resolve(library).toAbsolutePath().toString());
        }
        return new ServiceProcess(directory.resolve("output")).run(classPath, "auto");
    }
}
