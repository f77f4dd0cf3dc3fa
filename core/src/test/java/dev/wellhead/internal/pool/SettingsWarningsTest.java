package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class SettingsWarningsTest {

    private final List<String> alreadyLogged = new ArrayList<>();

    @Test
    void log_settingsWithWarnings_logsEachForItsDatabase() {
        DatabaseSettings settings = Resolve.settings(Resolve.STRICT + " DB_SSLMODE=require");

        List<String> logged = logged(settings);

        assertThat(settings.warnings()).isNotEmpty();
        assertThat(logged)
                .isEqualTo(settings.warnings().stream()
                        .map(warning -> "Database 'default': " + warning)
                        .toList());
    }

    /** A location that a secret names is completed for each connection; its warnings are logged only the first time. */
    @Test
    void log_sameSettingsAgain_logsNothing() {
        DatabaseSettings settings = Resolve.settings(Resolve.STRICT + " DB_SSLMODE=require");
        logged(settings);

        assertThat(logged(settings)).isEmpty();
    }

    @Test
    void log_furtherWarnings_logsOnlyTheNewOnes() {
        logged(Resolve.settings("DB_HOST=db1"));
        DatabaseSettings later = Resolve.settings("DB_HOST=db2");

        assertThat(logged(later)).isNotEmpty().allSatisfy(message -> assertThat(message)
                .contains("db2"));
    }

    @Test
    void log_settingsWithoutWarnings_logsNothing() {
        assertThat(logged(Resolve.settings("DB_HOST=127.0.0.1"))).isEmpty();
    }

    private List<String> logged(DatabaseSettings settings) {
        try (LogCapture log = LogCapture.start()) {
            SettingsWarnings.log(settings, alreadyLogged);
            return log.messages(Level.WARN);
        }
    }
}
