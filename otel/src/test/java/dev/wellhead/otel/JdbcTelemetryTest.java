package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tracing with opentelemetry-jdbc, as docs/metrics.md describes it. */
@Tag("jdbc-telemetry")
class JdbcTelemetryTest {

    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");

    private final TestPool pool = new TestPool(PostgresServer.shared());
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();

    @Test
    void statement_onATracedDatabase_isASpanWithNamespaceAndWithoutSensitiveValues() throws SQLException {
        try (Database database = pool.builder().open()) {
            DataSource traced = JdbcTelemetry.create(openTelemetry).wrap(database);
            try (Connection connection = traced.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select 'hush' as answer")) {
                assertThat(rows.next()).isTrue();
            }
        }

        List<SpanData> statements = new ArrayList<>();
        for (SpanData span : spans.getFinishedSpanItems()) {
            assertThat(span.getAttributes().asMap().values())
                    .as(span.getName())
                    .noneMatch(value -> value.toString().contains(TestPool.PASSWORD)
                            || value.toString().contains("hush"));
            if (span.getAttributes().get(QUERY) != null) {
                statements.add(span);
            }
        }
        assertThat(statements).singleElement().satisfies(span -> {
            assertThat(span.getAttributes().get(NAMESPACE)).isEqualTo("postgres");
            assertThat(span.getAttributes().get(QUERY)).isEqualTo("select ? as answer");
            assertThat(span.getAttributes().get(AttributeKey.stringKey("db.system.name")))
                    .isEqualTo("postgresql");
            assertThat(span.getAttributes().get(AttributeKey.stringKey("server.address")))
                    .isEqualTo("127.0.0.1");
        });
    }
}
