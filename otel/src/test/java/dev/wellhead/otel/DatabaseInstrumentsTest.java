package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.internal.metrics.PoolNames;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost.Reason;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events in an unusual order. */
class DatabaseInstrumentsTest {

    private final CollectedMetrics collected = new CollectedMetrics();
    private final PoolNames names = new PoolNames();
    private final DatabaseSettings settings = Databases.resolve("ledger", Map.of());
    private final DatabaseListener metrics = DatabaseInstruments.listener(
            settings, collected::openTelemetry, () -> false, names, InstantSource.system());

    @AfterEach
    void end() {
        collected.close();
    }

    @Test
    void events_afterDatabaseClosed_claimNoNameAndRecordNothing() {
        metrics.databaseClosed();

        metrics.connectionClosed(new Closed("ledger", "db.example", 5432, 0, "none"));
        metrics.credentialsRefreshed(new Refreshed(Duration.ZERO, false, false));
        metrics.rotationCompleted(new Completed("ledger-reader", 1, Duration.ZERO, 0));

        assertThat(names.claim("ledger")).isEqualTo("ledger");
        assertThat(names.claim("ledger-reader")).isEqualTo("ledger-reader");
        assertThat(collected.all()).isEmpty();
    }

    @Test
    void databaseClosed_releasesTheName() {
        metrics.rotationCompleted(new Completed("ledger", 1, Duration.ZERO, 0));
        assertThat(names.claim("ledger")).isEqualTo("ledger#2");

        metrics.databaseClosed();

        assertThat(names.claim("ledger")).isEqualTo("ledger");
    }

    @Test
    void events_beforeThereIsAnOpenTelemetry_areRecordedOnceThereIs() {
        AtomicReference<@Nullable OpenTelemetry> available = new AtomicReference<>();
        DatabaseListener waiting =
                DatabaseInstruments.listener(settings, available::get, () -> false, names, InstantSource.system());
        waiting.rotationCompleted(new Completed("ledger", 1, Duration.ofSeconds(1), 0));
        assertThat(collected.all()).isEmpty();

        available.set(collected.openTelemetry());
        waiting.rotationCompleted(new Completed("ledger", 2, Duration.ofSeconds(2), 0));

        assertThat(collected.recorded(MetricDefinition.ROTATION_DURATION)).isEqualTo(2);
        waiting.databaseClosed();
    }

    @Test
    void events_moreThanAreKept_dropTheOldest() {
        AtomicReference<@Nullable OpenTelemetry> available = new AtomicReference<>();
        DatabaseListener waiting =
                DatabaseInstruments.listener(settings, available::get, () -> false, names, InstantSource.system());
        for (int i = 0; i < 1_000; i++) {
            waiting.rotationCompleted(new Completed("ledger", i, Duration.ofSeconds(i < 744 ? 100_000 : 1), 0));
        }
        available.set(collected.openTelemetry());

        waiting.databaseClosed();

        HistogramPointData durations = (HistogramPointData)
                collected.points(MetricDefinition.ROTATION_DURATION).get(0);
        assertThat(durations.getCount()).isEqualTo(256);
        assertThat(durations.getMax()).isEqualTo(1.0);
    }

    @Test
    void connectionsLost_areCountedByServerAndReason() {
        metrics.connectionsLost(new Lost("ledger", "db.example", 5432, 3, Reason.SERVER_REPLACED));
        metrics.connectionsLost(new Lost("ledger", "db.example", 5432, 2, Reason.SERVER_REPLACED));
        metrics.connectionsLost(new Lost("ledger", "db2.example", 5432, 1, Reason.STATEMENT_LOST));

        assertThat(collected.count(MetricDefinition.LOSSES, "db.example", "server_replaced"))
                .isEqualTo(5);
        assertThat(collected.count(MetricDefinition.LOSSES, "db2.example", "statement_lost"))
                .isEqualTo(1);
        // a rate can be computed from the first loss on
        assertThat(collected.count(MetricDefinition.LOSSES, "server_unresponsive"))
                .isZero();
        assertThat(collected.count(MetricDefinition.LOSSES, "validation_unanswered"))
                .isZero();
        metrics.databaseClosed();
    }

    private record Lost(String pool, String host, int port, int connections, Reason reason)
            implements DatabaseListener.ConnectionsLost {}

    private record Closed(String pool, String host, int port, long generation, String tls)
            implements DatabaseListener.ConnectionClosed {}

    private record Refreshed(Duration duration, boolean succeeded, boolean changed)
            implements DatabaseListener.CredentialsRefreshed {}

    private record Completed(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}
}
