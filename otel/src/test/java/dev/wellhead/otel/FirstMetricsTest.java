package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of docs/metrics.md works as described. */
class FirstMetricsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    @AfterEach
    void resetTheGlobal() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void example_withADatabaseThatWasOpenedBefore_servesItsMetrics() throws IOException, SQLException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Database database = new TestPool(PostgresServer.shared()).builder().open();
                OpenTelemetrySdk sdk = FirstMetrics.serveMetrics(port)) {
            database.getConnection().close();

            Await.until(SOON, () -> scraped(port).contains("db_client_connection_limit{"));
            assertThat(scraped(port)).contains("wellhead_connection_creations_total{");
            assertThat(GlobalOpenTelemetry.getOrNoop().getMeterProvider()).isSameAs(sdk.getMeterProvider());
        }
    }

    private String scraped(int port) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
