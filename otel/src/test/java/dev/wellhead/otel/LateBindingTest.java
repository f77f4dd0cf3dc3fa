package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.PostgresServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The factory that is found on the class path, and the global OpenTelemetry. */
@Tag("oldest-api")
class LateBindingTest {

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
            database.getConnection().close();

            assertThat(emitted.recorded(Metric.WAIT_TIME, "default")).isEqualTo(1);
            assertThat(emitted.recorded(Metric.CREATE_TIME, "default"))
                    .as("what was created before is not lost")
                    .isPositive();
            assertThat(emitted.count(Metric.TIMEOUTS, "default")).isZero();
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
