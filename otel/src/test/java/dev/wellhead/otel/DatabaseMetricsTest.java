package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told out of turn. */
class DatabaseMetricsTest {

    private final Emitted emitted = new Emitted();
    private final PoolNames names = new PoolNames();
    private final DatabaseSettings settings = Databases.resolve("ledger", Map.of());
    private final DatabaseMetrics metrics =
            new DatabaseMetrics(settings, emitted::openTelemetry, () -> false, names, InstantSource.system());

    @AfterEach
    void end() {
        emitted.close();
    }

    @Test
    void events_afterDatabaseClosed_claimNoNameAndRecordNothing() {
        metrics.databaseClosed();

        metrics.connectionClosed(new Closed("ledger", "db.example", 5432, 0, "none"));
        metrics.credentialsRefreshed(new Refreshed(Duration.ZERO, false, false));
        metrics.rotationCompleted(new Completed("ledger-reader", 1, Duration.ZERO, 0));

        assertThat(names.claim("ledger")).isEqualTo("ledger");
        assertThat(names.claim("ledger-reader")).isEqualTo("ledger-reader");
        assertThat(emitted.all()).isEmpty();
    }

    @Test
    void databaseClosed_givesTheNameBack() {
        metrics.rotationCompleted(new Completed("ledger", 1, Duration.ZERO, 0));
        assertThat(names.claim("ledger")).isEqualTo("ledger#2");

        metrics.databaseClosed();

        assertThat(names.claim("ledger")).isEqualTo("ledger");
    }

    private record Closed(String pool, String host, int port, long generation, String tls)
            implements DatabaseListener.ConnectionClosed {}

    private record Refreshed(Duration duration, boolean succeeded, boolean changed)
            implements DatabaseListener.CredentialsRefreshed {}

    private record Completed(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}
}
