package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.internal.metrics.MetricDefinition.Instrument;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus registry shows every metric by the name that OpenTelemetry's Prometheus exporter gives it. */
class PrometheusRegistryTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void rotation_overTls_isScrapedWithEveryMetricByOpenTelemetrysNames() throws SQLException, IOException {
        CertificateAuthority authority = CertificateAuthority.create("Meters");
        try (PostgresServer server = PostgresServer.builder()
                .tls(authority.server("localhost", "127.0.0.1"))
                .start()) {
            MeteredRole role = new MeteredRole(server);
            Path file = Files.writeString(directory.resolve("password"), MeteredRole.PASSWORD);
            try (Database database = role.builder(
                            "DB_PASSWORD", "",
                            "DB_PASSWORD_FILE", file.toString(),
                            "DB_SSLMODE", "require",
                            "DB_CONNECTION_TIMEOUT", "5s",
                            "DB_POOL_NAME", "scraped")
                    .listener(DatabaseMeters.on(registry))
                    .open()) {
                rotate(role, file);
                timeOut(database);
                assertEveryMetricIsScraped(registry.scrape());
            }
        }
        assertThat(registry.scrape().strip()).isEmpty();
    }

    private void rotate(MeteredRole role, Path file) throws IOException {
        // causes a refused login: the file is changed before the password on the server is
        Files.writeString(file, "rotated");
        Await.until(SOON, () -> value("wellhead_connection_creations_total", "error_type=\"28P01\"") >= 1);
        role.setPassword("rotated");
        Await.until(SOON, () -> value("wellhead_credentials_rotations_total", "") == 1);
        Await.until(
                SOON,
                () -> value("wellhead_credentials_connection_count", "wellhead_credentials_generation=\"current\"")
                        == 2);
        Await.until(SOON, () -> value("wellhead_credentials_rotation_duration_seconds_count", "") == 1);
    }

    private void timeOut(Database database) throws SQLException {
        try (Connection one = database.getConnection();
                Connection two = database.getConnection()) {
            assertThatThrownBy(database::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            assertThat(one.isValid(1) && two.isValid(1)).isTrue();
        }
        assertThat(value("db_client_connection_timeouts_total", "")).isEqualTo(1);
        assertThat(value("db_client_connection_wait_time_seconds_count", "")).isEqualTo(2);
        assertThat(value("wellhead_tls_certificate_expiry_days", "")).isPositive();
        assertThat(value("wellhead_tls_connection_count", "tls_protocol_version=\"1.3\""))
                .isEqualTo(2);
    }

    private static void assertEveryMetricIsScraped(String scraped) {
        Map<String, String> types = new TreeMap<>();
        Matcher type = Pattern.compile("# TYPE (\\S+) (\\S+)").matcher(scraped);
        while (type.find()) {
            if (!type.group(1).endsWith("_seconds_max")) {
                types.put(type.group(1), type.group(2));
            }
        }
        Map<String, String> expected = new TreeMap<>();
        for (MetricDefinition metric : MetricDefinition.values()) {
            expected.put(prometheusName(metric), prometheusType(metric.instrument()));
        }
        assertThat(types).isEqualTo(expected);
        assertThat(scraped)
                .doesNotContain(MeteredRole.PASSWORD)
                .doesNotContain("metered")
                .doesNotContain("NaN")
                .contains("db_client_connection_pool_name=\"scraped\"");
    }

    private static String prometheusName(MetricDefinition metric) {
        String unit = Map.of("s", "_seconds", "d", "_days").getOrDefault(metric.unit(), "");
        return metric.metricName().replace('.', '_')
                + unit
                + (metric.instrument() == Instrument.COUNTER ? "_total" : "");
    }

    private static String prometheusType(Instrument instrument) {
        return switch (instrument) {
            case COUNTER -> "counter";
            case GAUGE, UP_DOWN_COUNTER -> "gauge";
            case HISTOGRAM -> "summary";
        };
    }

    @Test
    void percentileHistogram_ifTheApplicationAsksForIt_hasTheBucketsThatTheDashboardNeeds() throws SQLException {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .percentilesHistogram(id.getName().startsWith("db.client.connection."))
                        .build()
                        .merge(config);
            }
        });
        try (Database database = new MeteredRole(PostgresServer.shared())
                .builder()
                .listener(DatabaseMeters.on(registry))
                .open()) {
            database.getConnection().close();

            assertThat(value("db_client_connection_wait_time_seconds_bucket", "le=\"+Inf\""))
                    .isEqualTo(1);
            double smallest = registry.scrape()
                    .lines()
                    .filter(line -> line.startsWith("db_client_connection_wait_time_seconds_bucket"))
                    .map(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1"))
                    .mapToDouble(bound -> bound.equals("+Inf") ? Double.MAX_VALUE : Double.parseDouble(bound))
                    .min()
                    .orElseThrow();
            assertThat(smallest).isLessThanOrEqualTo(0.00002);
        }
    }

    /** {@return the sum of the series; NaN if there is none} */
    private double value(String series, String label) {
        double sum = Double.NaN;
        for (String line : registry.scrape().split("\n", -1)) {
            if (line.startsWith(series + "{") && line.contains(label)) {
                double value = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                sum = Double.isNaN(sum) ? value : sum + value;
            }
        }
        return sum;
    }
}
