package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Spring Boot's OpenTelemetry starter exports the meters over OTLP. The collector is an HTTP server of this test. */
class OtlpExportTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** The exported metrics by name. */
    private final Map<String, Metric> exported = new ConcurrentHashMap<>();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void openTelemetryStarter_exportsTheMetersByTheNamesOfTheConventions() throws Exception {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", this::receive);
        collector.start();
        try (ConfigurableApplicationContext context = Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .argument("management.otlp.metrics.export.enabled", "true")
                .argument(
                        "management.otlp.metrics.export.url",
                        "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics")
                .argument("management.otlp.metrics.export.step", "500ms")
                .argument("management.otlp.metrics.export.base-time-unit", "seconds")
                .run()) {
            context.getBean(Database.class).getConnection().close();

            Await.until(SOON, () -> exported.keySet()
                    .containsAll(List.of(
                            "db.client.connection.count",
                            "db.client.connection.limit",
                            "db.client.connection.idle.min",
                            "db.client.connection.idle.max",
                            "db.client.connection.pending_requests",
                            "db.client.connection.timeouts",
                            "db.client.connection.create_time",
                            "db.client.connection.wait_time",
                            "db.client.connection.use_time",
                            "wellhead.connection.creations",
                            "wellhead.credentials.age",
                            "hikaricp.connections.active")));
            Metric limit = Objects.requireNonNull(exported.get("db.client.connection.limit"));
            assertThat(limit.getGauge().getDataPoints(0).getAsDouble()).isEqualTo(10);
            assertThat(limit.getGauge().getDataPoints(0).getAttributesList().stream()
                            .map(attribute -> attribute.getKey()))
                    .contains("db.client.connection.pool.name", "db.system.name", "server.address");
            Metric waits = Objects.requireNonNull(exported.get("db.client.connection.wait_time"));
            assertThat(waits.getUnit()).isEqualTo("seconds");
        } finally {
            collector.stop(0);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            ExportMetricsServiceRequest request =
                    ExportMetricsServiceRequest.parseFrom(compressed ? new GZIPInputStream(body) : body);
            for (ResourceMetrics resource : request.getResourceMetricsList()) {
                for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                    scope.getMetricsList().forEach(metric -> exported.put(metric.getName(), metric));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
