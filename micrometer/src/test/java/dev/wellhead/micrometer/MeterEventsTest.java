package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost.Reason;
import dev.wellhead.spi.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events that no server causes on demand. */
class MeterEventsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final DatabaseListener meters = DatabaseMeters.on(registry).create(Databases.resolve("ledger", Map.of()));

    @Test
    void failures_withManySqlStates_haveALimitedNumberOfSeries() {
        for (int i = 0; i < 1_000; i++) {
            meters.connectionFailed(new Failed("ledger", "localhost", 5432, String.format("%05d", i)));
        }
        meters.connectionFailed(new Failed("ledger", "localhost", 5432, "what ever"));

        assertThat(registry.get("wellhead.connection.creations").counters()).hasSize(42);
        assertThat(registry.get("wellhead.connection.creations")
                        .tag("error.type", "_OTHER")
                        .counter()
                        .count())
                .isEqualTo(961);
        meters.databaseClosed();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void losses_areCountedByServerAndReason_andStartWithZero() {
        meters.connectionsLost(new LostInTest("ledger", "db.example", 5432, 3, Reason.SERVER_REPLACED));
        meters.connectionsLost(new LostInTest("ledger", "db.example", 5432, 2, Reason.SERVER_REPLACED));

        Counter replaced = registry.get("wellhead.connection.losses")
                .tag("wellhead.loss.reason", "server_replaced")
                .tag("server.address", "db.example")
                .counter();
        assertThat(replaced.count()).isEqualTo(5);
        assertThat(registry.get("wellhead.connection.losses")
                        .tag("wellhead.loss.reason", "statement_lost")
                        .counter()
                        .count())
                .isZero();
        meters.databaseClosed();
    }

    @Test
    void events_afterDatabaseClosed_addNoMeter() {
        meters.rotationCompleted(new CompletedInTest("ledger", 1, Duration.ofSeconds(1), 0));
        assertThat(registry.get("wellhead.credentials.rotation.duration")
                        .timer()
                        .count())
                .isEqualTo(1);
        meters.databaseClosed();

        meters.rotationCompleted(new CompletedInTest("ledger", 2, Duration.ofSeconds(1), 0));
        meters.connectionFailed(new Failed("ledger", "localhost", 5432, "08001"));

        assertThat(registry.getMeters()).isEmpty();
    }

    private record Failed(String pool, String host, int port, String sqlState)
            implements DatabaseListener.ConnectionFailed {

        @Override
        public Duration duration() {
            return Duration.ofMillis(1);
        }

        @Override
        public FailureKind failure() {
            return FailureKind.OTHER;
        }
    }

    private record LostInTest(String pool, String host, int port, int connections, Reason reason)
            implements DatabaseListener.ConnectionsLost {}

    private record CompletedInTest(String pool, long generation, Duration duration, int retired)
            implements DatabaseListener.RotationCompleted {}
}
