package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The module is on the class path and Micrometer is not. */
@Tag("no-micrometer")
class WithoutMicrometerTest {

    @Test
    void databases_withoutMicrometer_openWithoutAWarning() throws SQLException {
        assertThatThrownBy(() -> Class.forName("io.micrometer.core.instrument.MeterRegistry"))
                .isInstanceOf(ClassNotFoundException.class);
        try (LogCapture log = LogCapture.start();
                Database database = new MeteredRole(PostgresServer.shared()).builder().open();
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }
}
