package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The factory that is found on the class path, with the global OpenTelemetry. */
@Tag("oldest-api")
class LateBindingTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestPool pool = new TestPool(PostgresServer.shared());

    @AutoClose
    private final CollectedMetrics metrics = new CollectedMetrics();

    @BeforeEach
    @AfterEach
    void resetTheGlobal() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void database_openedBeforeTheGlobalIsSet_isMeasuredAsSoonAsItIsSet() throws SQLException {
        try (Database database = pool.builder().open()) {
            database.getConnection().close();
            GlobalOpenTelemetry.set(metrics.openTelemetry());
            Await.until(SOON, () -> metrics.count(MetricDefinition.TIMEOUTS, "default") == 0);
            database.getConnection().close();

            assertThat(metrics.recorded(MetricDefinition.WAIT_TIME, "default")).isEqualTo(1);
            assertThat(metrics.recorded(MetricDefinition.CREATE_TIME, "default"))
                    .as("connections that were created before")
                    .isPositive();
        }
    }

    @Test
    void database_thatIsNotUsed_isMeasuredAsSoonAsTheGlobalIsSet() throws SQLException {
        try (Database database = pool.builder("DB_POOL_METRICS", "off").open();
                Database measured = pool.builder("DB_POOL_NAME", "measured").open()) {
            GlobalOpenTelemetry.set(metrics.openTelemetry());

            Await.until(SOON, () -> metrics.count(MetricDefinition.CONNECTION_LIMIT, "measured") == 2);
            Await.until(SOON, () -> metrics.count(MetricDefinition.POOLS, "default") == 1);
            assertThat(measured.settings().name()).isEqualTo(database.settings().name());
        }
    }

    @Test
    void database_openedWithoutAGlobal_doesNotSetOne() throws SQLException {
        try (Database database = pool.builder().open()) {
            database.getConnection().close();
        }

        // throws if the global is set already, which GlobalOpenTelemetry.get() would have done
        GlobalOpenTelemetry.set(metrics.openTelemetry());
        assertThat(metrics.all()).isEmpty();
    }

    @Test
    void database_withAnExplicitOpenTelemetry_doesNotUseTheGlobal() throws SQLException {
        try (CollectedMetrics global = new CollectedMetrics()) {
            GlobalOpenTelemetry.set(global.openTelemetry());
            try (Database database = pool.open(metrics)) {
                database.getConnection().close();

                assertThat(metrics.recorded(MetricDefinition.WAIT_TIME)).isEqualTo(1);
                assertThat(global.all()).isEmpty();
            }
        }
    }
}
