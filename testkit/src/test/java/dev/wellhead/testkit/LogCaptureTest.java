package dev.wellhead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogCaptureTest {

    private final Logger slf4j = LoggerFactory.getLogger("com.example");
    private final java.util.logging.Logger driver = java.util.logging.Logger.getLogger("org.postgresql.example");

    @Test
    void capture_bothLoggingSystemsAtTheLowestLevel_holdsMessagesAndStackTraces() {
        try (LogCapture log = LogCapture.start()) {
            slf4j.trace("one {}", 1, new IllegalStateException("cause"));
            driver.log(java.util.logging.Level.FINEST, "two {0}", 2);
            driver.warning("three");

            assertThat(log.messages(Level.TRACE)).containsExactly("one 1", "two 2", "three");
            assertThat(log.messages(Level.WARN)).containsExactly("three");
            assertThat(log.text()).contains("IllegalStateException: cause");
        }
        assertThat(slf4j.isTraceEnabled()).isFalse();
        assertThat(driver.isLoggable(java.util.logging.Level.FINE)).isFalse();
    }
}
