package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.RedisServer;
import io.lettuce.core.api.StatefulRedisConnection;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of credentials, as wellhead-otel reports them for a Redis. */
class RedisMetricsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RedisServer server = RedisServer.start();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void register() {
        GlobalOpenTelemetry.resetForTest();
        OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(reader).build())
                .buildAndRegisterGlobal();
    }

    @AfterEach
    void close() {
        GlobalOpenTelemetry.resetForTest();
        server.close();
    }

    private List<PointData> points(MetricDefinition metric) {
        List<PointData> points = new ArrayList<>();
        for (MetricData data : reader.collectAllMetrics()) {
            if (data.getName().equals(metric.metricName())) {
                points.addAll(data.getData().getPoints());
            }
        }
        return points;
    }

    /** {@return the value of a counter with an attribute; -1 if there is none} */
    private long count(MetricDefinition metric, String key, String value) {
        long sum = -1;
        for (PointData point : points(metric)) {
            if (value.equals(point.getAttributes().get(AttributeKey.stringKey(key)))) {
                sum = Math.max(sum, 0) + ((LongPointData) point).getValue();
            }
        }
        return sum;
    }

    private long rotations() {
        return count(MetricDefinition.ROTATIONS, "db.client.connection.pool.name", "redis-sessions");
    }

    private long connections(String generation) {
        return count(MetricDefinition.GENERATION_CONNECTIONS, "wellhead.credentials.generation", generation);
    }

    private Redis open(Path file) {
        return Redis.open(Redis.resolve(
                "sessions",
                Map.of(
                        "ENVIRONMENT",
                        "test",
                        "SESSIONS_REDIS_HOST",
                        server.host(),
                        "SESSIONS_REDIS_PORT",
                        Integer.toString(server.port()),
                        "SESSIONS_REDIS_USER",
                        "app",
                        "SESSIONS_REDIS_PASSWORD_FILE",
                        file.toString())));
    }

    @Test
    void rotation_ofAPasswordFile_isReported() throws Exception {
        server.setPasswords("app", "first-password");
        Path file = Files.writeString(directory.resolve("password"), "first-password");
        try (Redis redis = open(file);
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            Await.until(SOON, "the connection", () -> connections("current") == 1);
            assertThat(rotations()).isZero();
            assertThat(((DoublePointData)
                                    points(MetricDefinition.CREDENTIALS_AGE).get(0))
                            .getValue())
                    .isBetween(0.0, 60.0);

            server.setPasswords("app", "second-password");
            Files.writeString(file, "second-password");

            Await.until(SOON, "the rotation", () -> rotations() == 1);
            Await.until(SOON, "the login of the open connection", () -> connections("previous") == 0);
            assertThat(connections("current")).isEqualTo(1);
            assertThat(((HistogramPointData)
                                    points(MetricDefinition.REFRESH_DURATION).get(0))
                            .getCount())
                    .isPositive();
            assertThat(((DoublePointData) points(MetricDefinition.REFRESH_AGE).get(0)).getValue())
                    .isBetween(0.0, 60.0);
            assertThat(connection.sync().ping()).isEqualTo("PONG");
            for (MetricData metric : reader.collectAllMetrics()) {
                assertThat(metric.getName()).startsWith("wellhead.");
                for (PointData point : metric.getData().getPoints()) {
                    assertThat(point.getAttributes().get(AttributeKey.stringKey("db.system.name")))
                            .isEqualTo("redis");
                    assertThat(point.getAttributes().toString()).doesNotContain("password ", directory.toString());
                }
            }
        }
        assertThat(reader.collectAllMetrics()).as("the observed series end").noneMatch(metric -> metric.getName()
                .equals(MetricDefinition.CREDENTIALS_AGE.metricName()));
    }

    @Test
    void refresh_ofADeletedFile_isCountedAsFailed() throws Exception {
        server.setPasswords("app", "first-password");
        Path file = Files.writeString(directory.resolve("password"), "first-password");
        try (Redis redis = open(file);
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            Files.delete(file);

            Await.until(
                    SOON,
                    "the failure",
                    () -> count(MetricDefinition.REFRESH_FAILURES, "wellhead.credentials.source", "password_file") > 0);
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }
}
