package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of the metrics from a database through the SDK's exporter to a real Prometheus. */
class PrometheusTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void prometheus_scrapingAService_hasItsMetrics() throws Exception {
        assumeTrue(Programs.find("prometheus").isPresent(), "prometheus is not installed");
        int exported = FreePort.find();
        int api = FreePort.find();
        CertificateAuthority authority = CertificateAuthority.create("Prometheus");
        try (PostgresServer server = PostgresServer.builder()
                        .tls(authority.server("localhost", "127.0.0.1"))
                        .start();
                OpenTelemetrySdk sdk = sdk(exported)) {
            Process prometheus = start(exported, api);
            try {
                scenario(server, sdk, exported, api);
            } finally {
                prometheus.destroy();
                assertThat(prometheus.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private void scenario(PostgresServer server, OpenTelemetrySdk sdk, int exported, int api)
            throws SQLException, IOException, InterruptedException {
        TestPool pool = new TestPool(server);
        Path password = Files.writeString(directory.resolve("password"), TestPool.PASSWORD);
        String[] settings = {
            "DB_PASSWORD", "",
            "DB_PASSWORD_FILE", password.toString(),
            "DB_SSLMODE", "require",
            "DB_CONNECTION_TIMEOUT", "500ms",
            "DB_POOL_NAME", "scraped"
        };
        try (Database database =
                pool.builder(settings).listener(DatabaseTelemetry.on(sdk)).open()) {
            // causes a refused login: the file is changed before the password on the server is
            Files.writeString(password, "rotated");
            Await.until(SOON, () -> value(api, "wellhead_connection_creations_total{error_type=\"28P01\"}") >= 1);
            pool.setPassword("rotated");
            Await.until(SOON, () -> value(api, "wellhead_credentials_rotations_total") == 1);
            Await.until(
                    SOON,
                    () -> value(
                                    api,
                                    "wellhead_credentials_connection_count{wellhead_credentials_generation=\"current\"}")
                            == 2);
            assertThat(value(api, "db_client_connection_timeouts_total{db_client_connection_pool_name=\"scraped\"}"))
                    .isZero();

            try (Connection one = database.getConnection();
                    Connection two = database.getConnection()) {
                assertThatThrownBy(database::getConnection).isInstanceOf(SQLTransientConnectionException.class);
                Await.until(
                        SOON, () -> value(api, "db_client_connection_count{db_client_connection_state=\"used\"}") == 2);
                assertThat(one.isValid(1) && two.isValid(1)).isTrue();
            }
            Await.until(SOON, () -> value(api, "db_client_connection_timeouts_total") == 1);
            Await.until(SOON, () -> value(api, "db_client_connection_wait_time_seconds_count") == 2);
            assertThat(value(api, "db_client_connection_wait_time_seconds_bucket{le=\"60.0\"}"))
                    .isEqualTo(2);
            assertThat(value(api, "wellhead_tls_certificate_expiry_days")).isPositive();
            assertEveryFamilyExists(exported);
            assertEveryQueryIsValid(api);
            assertEveryPanelHasData(api);
        }
        Await.until(SOON, () -> Double.isNaN(value(api, "wellhead_pool_count")));
        assertThat(value(api, "db_client_connection_timeouts_total")).isEqualTo(1);
    }

    private void assertEveryFamilyExists(int exported) throws IOException, InterruptedException {
        String scraped = get("http://127.0.0.1:" + exported + "/metrics");
        TreeSet<String> families = new TreeSet<>();
        for (String line : scraped.split("\n", -1)) {
            if (line.startsWith("# TYPE ")) {
                families.add(line.split(" ", -1)[2].replaceAll("_total$", ""));
            }
        }
        for (MetricDefinition metric : MetricDefinition.values()) {
            assertThat(families).contains(PrometheusNames.family(metric));
        }
        assertThat(scraped).doesNotContain(TestPool.PASSWORD).doesNotContain(directory.toString());
    }

    private void assertEveryQueryIsValid(int api) throws IOException, InterruptedException {
        for (String expression : ObservabilityFilesTest.dashboardExpressions()) {
            assertThat(query(api, expression).get("status").getAsString())
                    .as(expression)
                    .isEqualTo("success");
        }
        for (Map<String, Object> rule : ObservabilityFilesTest.rules()) {
            String expression = ObservabilityFilesTest.text(rule, "expr");
            assertThat(query(api, expression).get("status").getAsString())
                    .as(expression)
                    .isEqualTo("success");
        }
    }

    /** A rate or a quantile needs a few scrapes, so a panel without data is queried again. */
    private void assertEveryPanelHasData(int api) throws IOException {
        for (JsonObject panel : ObservabilityFilesTest.panels()) {
            for (String expression : ObservabilityFilesTest.expressions(panel)) {
                assertHasData(api, expression);
            }
        }
        assertHasData(api, ObservabilityFilesTest.annotationExpressions().get(0));
    }

    private void assertHasData(int api, String expression) {
        Await.until(SOON, "data of " + expression, () -> value(api, "count(" + expression + ")") > 0);
    }

    /** {@return the value of the only series; NaN if there is none} */
    private double value(int api, String expression) throws IOException, InterruptedException {
        JsonObject answer;
        try {
            answer = query(api, "sum(" + expression + ")");
        } catch (java.net.ConnectException starting) {
            return Double.NaN;
        }
        if (!answer.has("data")) {
            return Double.NaN;
        }
        JsonArray result = answer.getAsJsonObject("data").getAsJsonArray("result");
        return result.isEmpty()
                ? Double.NaN
                : result.get(0).getAsJsonObject().getAsJsonArray("value").get(1).getAsDouble();
    }

    private JsonObject query(int api, String expression) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        String answer = get("http://127.0.0.1:" + api + "/api/v1/query?query=" + encoded);
        return answer.startsWith("{") ? JsonParser.parseString(answer).getAsJsonObject() : new JsonObject();
    }

    private String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private Process start(int exported, int api) throws IOException {
        Path configuration = Files.writeString(
                directory.resolve("prometheus.yml"),
                String.format(
                        Locale.ROOT,
                        """
                        global:
                          scrape_interval: 500ms
                        scrape_configs:
                          - job_name: test
                            static_configs:
                              - targets: ["127.0.0.1:%d"]
                        """,
                        exported));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + api)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
    }

    private static OpenTelemetrySdk sdk(int port) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(PrometheusHttpServer.builder()
                                .setHost("127.0.0.1")
                                .setPort(port)
                                .build())
                        .build())
                .build();
    }
}
