package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The factory that is found on the class path, and the global OpenTelemetry. */
@Tag("oldest-api")
class LateBindingTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestPool pool = new TestPool(PostgresServer.shared());
    private final Emitted emitted = new Emitted();

    @BeforeEach
    @AfterEach
    void forgetTheGlobal() {
        GlobalOpenTelemetry.resetForTest();
    }

    @AfterEach
    void end() {
        emitted.close();
    }

    @Test
    void database_openedBeforeTheGlobalIsSet_isMeasuredFromThenOn() throws SQLException {
        try (Database database = pool.builder().open()) {
            database.getConnection().close();
            GlobalOpenTelemetry.set(emitted.openTelemetry());
            Await.until(SOON, () -> emitted.count(Metric.TIMEOUTS, "default") == 0);
            database.getConnection().close();

            assertThat(emitted.recorded(Metric.WAIT_TIME, "default")).isEqualTo(1);
            assertThat(emitted.recorded(Metric.CREATE_TIME, "default"))
                    .as("what was created before is not lost")
                    .isPositive();
        }
    }

    @Test
    void database_thatNobodyUses_isMeasuredOnceTheGlobalIsSet() throws SQLException {
        try (Database database = pool.builder("DB_POOL_METRICS", "off").open();
                Database measured = pool.builder("DB_POOL_NAME", "measured").open()) {
            GlobalOpenTelemetry.set(emitted.openTelemetry());

            Await.until(SOON, () -> emitted.count(Metric.CONNECTION_LIMIT, "measured") == 2);
            Await.until(SOON, () -> emitted.count(Metric.POOLS, "default") == 1);
            assertThat(measured.settings().name()).isEqualTo(database.settings().name());
        }
    }

    @Test
    void global_missingForAMinute_isSaidOnce() {
        AtomicLong clock = new AtomicLong();
        AtomicBoolean said = new AtomicBoolean();
        try (LogCapture log = LogCapture.start()) {
            GlobalSource source = new GlobalSource(clock::get, said);
            clock.set(Duration.ofMinutes(1).toNanos());
            assertThat(source.get()).isSameAs(OpenTelemetry.noop());
            assertThat(log.messages(Level.INFO)).isEmpty();

            clock.addAndGet(1);
            source.get();
            source.get();

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Databases are not measured so far: no global OpenTelemetry is set. Register the SDK as"
                                    + " the global one, or give it to DatabaseTelemetry.on.");
        }
    }

    @Test
    void database_openedWithoutAnyGlobal_setsNone() throws SQLException {
        try (Database database = pool.builder().open()) {
            database.getConnection().close();
        }

        // get() would have set it, and this would throw
        GlobalOpenTelemetry.set(emitted.openTelemetry());
        assertThat(emitted.all()).isEmpty();
    }

    @Test
    void database_givenItsOwn_neverUsesTheGlobal() throws SQLException {
        try (Emitted global = new Emitted()) {
            GlobalOpenTelemetry.set(global.openTelemetry());
            try (Database database = pool.open(emitted)) {
                database.getConnection().close();

                assertThat(emitted.recorded(Metric.WAIT_TIME)).isEqualTo(1);
                assertThat(global.all()).isEmpty();
            }
        }
    }
}
