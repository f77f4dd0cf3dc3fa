package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real OpenTelemetry Java agent, attached to a separate process. It exports metrics to the output of that process. */
class JavaAgentTest {

    private static final Path AGENT = Path.of("target", "agent", "opentelemetry-javaagent.jar");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void agent_attached_isTheOnlyOneToMeasureThePool_andExportsOurMetrics() throws IOException, InterruptedException {
        String output = run("auto");

        assertThat(output)
                .contains("name=wellhead.connection.creations")
                .contains("name=db.client.connections.wait_time")
                .doesNotContain("name=db.client.connection.wait_time");
    }

    @Test
    void agent_attachedAndPoolMetricsOn_bothMeasureThePool() throws IOException, InterruptedException {
        String output = run("on");

        assertThat(output)
                .contains("name=db.client.connection.wait_time")
                .contains("name=db.client.connections.wait_time");
    }

    @Test
    void agent_withoutHikariCpInstrumentation_isNotUsedForThePool() throws IOException, InterruptedException {
        String output = run("auto", "-Dotel.instrumentation.hikaricp.enabled=false");

        assertThat(output)
                .contains("name=db.client.connection.wait_time")
                .doesNotContain("name=db.client.connections.wait_time");
    }

    private String run(String poolMetrics, String... more) throws IOException, InterruptedException {
        // like a service with the agent: the API without an SDK, and without the dependencies of other tests
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
