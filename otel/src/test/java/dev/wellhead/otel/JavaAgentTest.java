package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's Java agent itself, attached to a process of its own; it exports to the process's output. */
class JavaAgentTest {

    private static final Path AGENT = Path.of("target", "agent", "opentelemetry-javaagent.jar");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void agent_attached_measuresThePoolAlone_andCarriesOurMetrics() throws IOException, InterruptedException {
        String said = run("auto");

        assertThat(said)
                .contains("name=wellhead.connection.creations")
                .contains("name=db.client.connections.wait_time")
                .doesNotContain("name=db.client.connection.wait_time");
    }

    @Test
    void agent_attachedAndForcedOn_bothMeasure() throws IOException, InterruptedException {
        String said = run("on");

        assertThat(said).contains("name=db.client.connection.wait_time");
    }

    private String run(String poolMetrics) throws IOException, InterruptedException {
        PostgresServer server = PostgresServer.shared();
        Path output = directory.resolve("output-" + poolMetrics);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + AGENT.toAbsolutePath(),
                        "-Dotel.metrics.exporter=logging",
                        "-Dotel.traces.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-classpath",
                        classPath(),
                        AgentProgram.class.getName(),
                        server.host(),
                        Integer.toString(server.port()),
                        poolMetrics)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    /** As a service has it: the API alone, and neither an SDK nor what other tests need. */
    private static String classPath() {
        List<String> entries =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        return entries.stream()
                .filter(entry -> !entry.contains("opentelemetry-sdk")
                        && !entry.contains("opentelemetry-exporter")
                        && !entry.contains("opentelemetry-jdbc"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
