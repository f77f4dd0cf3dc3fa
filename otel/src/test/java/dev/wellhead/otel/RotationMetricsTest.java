package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationMetricsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestPool pool = new TestPool(PostgresServer.shared());

    @AutoClose
    private final CollectedMetrics metrics = new CollectedMetrics();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void rotation_ofAPasswordFile_isReportedUntilItIsCompleted() throws SQLException, IOException {
        Path file = Files.writeString(directory.resolve("password"), TestPool.PASSWORD);
        try (Database database = openWith(file)) {
            Await.until(SOON, () -> metrics.count(MetricDefinition.GENERATION_CONNECTIONS, "current") == 2);
            assertThat(metrics.count(MetricDefinition.ROTATIONS)).isZero();
            assertThat(metrics.count(MetricDefinition.REFRESH_FAILURES)).isZero();

            pool.setPassword("new-password");
            Files.writeString(file, "new-password");

            Await.until(SOON, () -> metrics.recorded(MetricDefinition.ROTATION_DURATION) == 1);
            Await.until(SOON, () -> metrics.count(MetricDefinition.GENERATION_CONNECTIONS, "current") == 2);
            assertThat(metrics.count(MetricDefinition.ROTATIONS)).isEqualTo(1);
            assertThat(metrics.count(MetricDefinition.GENERATION_CONNECTIONS, "previous"))
                    .isZero();
            assertThat(metrics.count(MetricDefinition.TIMEOUTS)).isZero();
            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME))
                    .as("connections that the rotation acquired")
                    .isZero();
            assertThat(metrics.recorded(MetricDefinition.REFRESH_DURATION, "password_file"))
                    .isPositive();
            assertThat(metrics.gauge(MetricDefinition.REFRESH_AGE)).isBetween(0.0, 20.0);
            database.getConnection().close();
            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(1);
        }
        for (MetricData metric : metrics.all().values()) {
            for (PointData point : metric.getData().getPoints()) {
                assertThat(CollectedMetrics.texts(point.getAttributes()))
                        .noneMatch(text -> text.contains(directory.toString()) || text.contains("password "));
            }
        }
    }

    @Test
    void refresh_ofADeletedFile_isCountedAsFailed() throws SQLException, IOException {
        Path file = Files.writeString(directory.resolve("password"), TestPool.PASSWORD);
        try (Database database = openWith(file)) {
            Files.delete(file);

            Await.until(SOON, () -> metrics.count(MetricDefinition.REFRESH_FAILURES, "password_file") > 0);
            assertThat(database.getConnection()).satisfies(connection -> connection.close());
        }
    }

    @Test
    void server_withTls_reportsTheTlsVersionAndTheExpiryOfItsCertificate() throws SQLException {
        CertificateAuthority authority = CertificateAuthority.create("Metrics");
        try (PostgresServer server = PostgresServer.builder()
                .tls(authority.server("localhost", "127.0.0.1"))
                .start()) {
            TestPool encrypted = new TestPool(server);
            try (Database database = encrypted.open(metrics, "DB_SSLMODE", "require")) {
                database.getConnection().close();

                Await.until(SOON, () -> metrics.count(MetricDefinition.TLS_CONNECTIONS, "1.3") == 2);
                assertThat(metrics.gauge(MetricDefinition.CERTIFICATE_EXPIRY, "127.0.0.1"))
                        .isGreaterThan(0.0);
            }
        }
    }

    private Database openWith(Path file) throws SQLException {
        return pool.open(metrics, "DB_PASSWORD", "", "DB_PASSWORD_FILE", file.toString());
    }
}
