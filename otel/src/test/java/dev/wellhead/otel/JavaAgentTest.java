package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

        assertThat(said)
                .contains("name=db.client.connection.wait_time")
                .contains("name=db.client.connections.wait_time");
    }

    @Test
    void agent_toldToLeaveHikariCpAlone_isNotWaitedFor() throws IOException, InterruptedException {
        String said = run("auto", "-Dotel.instrumentation.hikaricp.enabled=false");

        assertThat(said)
                .contains("name=db.client.connection.wait_time")
                .doesNotContain("name=db.client.connections.wait_time");
    }

    private String run(String poolMetrics, String... more) throws IOException, InterruptedException {
        // as a service has it: the API alone, and neither an SDK nor what other tests need
        List<String> classPath =
                ServiceProcess.classPathWithout("opentelemetry-sdk", "opentelemetry-exporter", "opentelemetry-jdbc");
        List<String> options = new ArrayList<>(List.of(
                "-javaagent:" + AGENT.toAbsolutePath(),
                "-Dotel.metrics.exporter=logging",
                "-Dotel.traces.exporter=none",
                "-Dotel.logs.exporter=none"));
        options.addAll(List.of(more));
        return new ServiceProcess(directory.resolve("output"))
                .run(classPath, poolMetrics, options.toArray(new String[0]));
    }
}
