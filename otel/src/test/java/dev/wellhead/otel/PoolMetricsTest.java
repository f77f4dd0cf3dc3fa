package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag("oldest-api")
@Tag("oldest-given-api")
class PoolMetricsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestPool pool = new TestPool(PostgresServer.shared());

    @AutoClose
    private final CollectedMetrics metrics = new CollectedMetrics();

    @Test
    void database_open_reportsItsConnectionsByState() throws SQLException {
        try (Database database = pool.open(metrics);
                Connection connection = database.getConnection()) {
            Await.until(SOON, () -> metrics.count(MetricDefinition.CONNECTION_COUNT, "idle") == 1);

            assertThat(connection.isValid(1)).isTrue();
            assertThat(metrics.count(MetricDefinition.CONNECTION_COUNT, "used")).isEqualTo(1);
            assertThat(metrics.count(MetricDefinition.CONNECTION_LIMIT)).isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.CONNECTION_IDLE_MIN)).isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.CONNECTION_IDLE_MAX)).isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.PENDING_REQUESTS)).isZero();
            assertThat(metrics.count(MetricDefinition.TIMEOUTS)).isZero();
        }
    }

    @Test
    void metrics_emitted_matchTheirDefinitions() throws SQLException {
        Set<MetricDefinition> seen = EnumSet.noneOf(MetricDefinition.class);
        try (Database database = pool.open(metrics)) {
            database.getConnection().close();
            Map<String, MetricData> all = metrics.all();
            for (MetricDefinition metric : MetricDefinition.values()) {
                MetricData data = all.get(metric.metricName());
                if (data != null) {
                    seen.add(metric);
                    assertThat(data.getUnit()).isEqualTo(metric.unit());
                    assertThat(data.getDescription()).isEqualTo(metric.description());
                    assertThat(data.getType()).isEqualTo(type(metric));
                    if (metric.instrument() == MetricDefinition.Instrument.HISTOGRAM) {
                        HistogramPointData point = (HistogramPointData)
                                data.getData().getPoints().iterator().next();
                        assertThat(point.getBoundaries()).isEqualTo(metric.buckets());
                    }
                }
            }
        }
        Set<MetricDefinition> rotationAndTls = EnumSet.of(
                MetricDefinition.REFRESH_DURATION,
                MetricDefinition.REFRESH_FAILURES,
                MetricDefinition.REFRESH_AGE,
                MetricDefinition.ROTATIONS,
                MetricDefinition.ROTATION_DURATION,
                MetricDefinition.CERTIFICATE_EXPIRY);
        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(rotationAndTls)));
    }

    @Test
    void opentelemetry_onTheClassPath_hasTheExpectedVersion() throws IOException {
        String expected = System.getProperty("expected.opentelemetry");
        Properties version = new Properties();
        try (InputStream file = Attributes.class.getResourceAsStream("/io/opentelemetry/api/version.properties")) {
            version.load(Objects.requireNonNull(file));
        }

        assertThat(version.getProperty("sdk.version")).isEqualTo(expected == null ? "1.68.0" : expected);
    }

    private static MetricDataType type(MetricDefinition metric) {
        return switch (metric.instrument()) {
            case HISTOGRAM -> MetricDataType.HISTOGRAM;
            case GAUGE -> MetricDataType.DOUBLE_GAUGE;
            case COUNTER, UP_DOWN_COUNTER -> MetricDataType.LONG_SUM;
        };
    }

    @Test
    void borrows_short_areRecordedExactly() throws SQLException {
        try (Database database = pool.open(metrics)) {
            for (int i = 0; i < 100; i++) {
                database.getConnection().close();
            }

            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(100);
            assertThat(metrics.recorded(MetricDefinition.USE_TIME)).isEqualTo(100);
            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME))
                    .as("after another collection")
                    .isEqualTo(100);
        }
    }

    @Test
    void borrows_ifAViewDropsAllObservedMetrics_areStillRecorded() throws SQLException {
        try (CollectedMetrics histograms = new CollectedMetrics(
                        Set.of(InstrumentType.OBSERVABLE_UP_DOWN_COUNTER, InstrumentType.OBSERVABLE_GAUGE));
                Database database = pool.open(histograms)) {
            for (int i = 0; i < 100; i++) {
                database.getConnection().close();
            }

            assertThat(histograms.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(100);
            assertThat(histograms.recorded(MetricDefinition.USE_TIME)).isEqualTo(100);
            assertThat(histograms.points(MetricDefinition.CONNECTION_LIMIT)).isEmpty();
        }
    }

    @Test
    void use_shorterThanAMillisecond_isInTheFirstBucket() throws SQLException {
        try (Database database = pool.open(metrics)) {
            for (int i = 0; i < 100; i++) {
                database.getConnection().close();
            }

            HistogramPointData uses = (HistogramPointData)
                    metrics.points(MetricDefinition.USE_TIME).get(0);
            assertThat(uses.getCounts().get(0)).isPositive();
            assertThat(uses.getMin()).isZero();
        }
    }

    @Test
    void borrow_withASampledSpan_hasItAsExemplar() throws SQLException {
        SpanContext span = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        try (Database database = pool.open(metrics)) {
            Scope scope = Span.wrap(span).makeCurrent();
            try {
                database.getConnection().close();
            } finally {
                scope.close();
            }
        }

        // one collection for both: a collection removes the exemplars
        Map<String, MetricData> all = metrics.all();
        for (MetricDefinition metric : List.of(MetricDefinition.WAIT_TIME, MetricDefinition.USE_TIME)) {
            MetricData data = Objects.requireNonNull(all.get(metric.metricName()));
            HistogramPointData point =
                    (HistogramPointData) data.getData().getPoints().iterator().next();
            assertThat(point.getExemplars())
                    .as(metric.metricName())
                    .singleElement()
                    .satisfies(exemplar ->
                            assertThat(exemplar.getSpanContext().getSpanId()).isEqualTo(span.getSpanId()));
        }
    }

    @Test
    void borrow_thatTimesOut_isCountedAsATimeoutAndNotAsAWait() throws SQLException {
        try (Database database = pool.open(metrics, "DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", "300ms")) {
            Connection kept = database.getConnection();

            assertThatThrownBy(database::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            assertThatThrownBy(database::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            kept.close();

            assertThat(metrics.count(MetricDefinition.TIMEOUTS)).isEqualTo(2);
            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(1);
            assertThat(((HistogramPointData)
                                    metrics.points(MetricDefinition.USE_TIME).get(0))
                            .getSum())
                    .isGreaterThan(0.59);
        }
    }

    @Test
    void creation_thatSucceeds_isTimedAndCounted() throws SQLException {
        try (Database database = pool.open(metrics)) {
            Await.until(SOON, () -> metrics.recorded(MetricDefinition.CREATE_TIME) == 2);

            assertThat(database.settings().name()).isEqualTo("default");
            assertThat(metrics.count(MetricDefinition.CREATIONS)).isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.TLS_CONNECTIONS, "none")).isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.GENERATION_CONNECTIONS, "current"))
                    .isEqualTo(2);
            assertThat(metrics.count(MetricDefinition.GENERATION_CONNECTIONS, "previous"))
                    .isZero();
            assertThat(metrics.gauge(MetricDefinition.CREDENTIALS_AGE)).isBetween(0.0, 60.0);
        }
    }

    @Test
    void creation_failed_isCountedWithItsReasonAndNotTimed() {
        assertThatThrownBy(() -> pool.open(metrics, "DB_PASSWORD", "wrong")).isInstanceOf(SQLException.class);

        assertThat(metrics.count(MetricDefinition.CREATIONS, "28P01", "credentials_refused"))
                .isEqualTo(1);
        assertThat(metrics.recorded(MetricDefinition.CREATE_TIME)).isZero();
    }

    @Test
    void start_thatWaitsForTheServer_reportsTheFailedAttempts() throws Exception {
        String freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = Integer.toString(socket.getLocalPort());
        }
        Thread service = new Thread(
                () -> assertThatThrownBy(() -> pool.open(metrics, "DB_PORT", freePort, "DB_STARTUP_TIMEOUT", "30s"))
                        .isInstanceOf(SQLException.class));
        service.start();

        Await.until(SOON, () -> metrics.count(MetricDefinition.CREATIONS, "08001", "refused") > 1);
        assertThat(service.isAlive()).isTrue();
        assertThat(metrics.count(MetricDefinition.CREATIONS, freePort)).isPositive();

        service.interrupt();
        service.join(SOON.toMillis());
        assertThat(service.isAlive()).isFalse();
    }

    @Test
    void database_closed_endsTheObservedSeries() throws SQLException {
        try (Database database = pool.open(metrics)) {
            database.getConnection().close();
        }

        assertThat(metrics.all().keySet())
                .containsExactlyInAnyOrder(
                        MetricDefinition.WAIT_TIME.metricName(),
                        MetricDefinition.USE_TIME.metricName(),
                        MetricDefinition.CREATE_TIME.metricName(),
                        MetricDefinition.TIMEOUTS.metricName(),
                        MetricDefinition.CREATIONS.metricName(),
                        MetricDefinition.LOSSES.metricName());
        assertThat(metrics.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(1);
    }

    @Test
    void agent_attached_measuresThePoolInsteadOfThisModule() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Database database = open(true)) {
            database.getConnection().close();

            assertThat(metrics.all().keySet()).isNotEmpty().noneMatch(name -> name.startsWith("db.client"));
            assertThat(metrics.count(MetricDefinition.CREATIONS)).isPositive();
            assertThat(log.messages(Level.INFO))
                    .containsOnlyOnce(
                            "Database 'default': the OpenTelemetry Java agent measures the pool, so wellhead-otel does not. The"
                                    + " agent uses the names db.client.connection.* if OTEL_SEMCONV_STABILITY_OPT_IN=database."
                                    + " Set DB_POOL_METRICS=on to get them from wellhead-otel as well.");
        }
    }

    @Test
    void agent_attachedAndPoolMetricsOn_isMeasuredByThisModuleToo() throws SQLException {
        try (Database database = open(true, "DB_POOL_METRICS", "on")) {
            database.getConnection().close();

            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(1);
        }
    }

    @Test
    void pool_withPoolMetricsOff_isNotMeasured() throws SQLException {
        try (Database database = open(false, "DB_POOL_METRICS", "off")) {
            database.getConnection().close();

            assertThat(metrics.all().keySet()).isNotEmpty().noneMatch(name -> name.startsWith("db.client"));
        }
    }

    private Database open(boolean agentIsAttached, String... more) throws SQLException {
        return pool.builder(more)
                .listener(settings -> new DatabaseMetrics(
                        settings,
                        metrics::openTelemetry,
                        () -> agentIsAttached,
                        new PoolNames(),
                        InstantSource.system()))
                .open();
    }
}
