package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.LogCapture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The log line of a database that has opened. */
class StartLineTest {

    @Test
    void write_defaults_listsOnlyServerUserAndDerivedValues() {
        assertThat(logged(Resolve.settings("")))
                .containsExactly("Database 'default' is open in environment 'local': host=localhost (default for"
                        + " environment 'local'), port=5432 (default), name=monorepo_dev (default for environment"
                        + " 'local'), user=postgres (default for environment 'local'), sslmode=disable (default for"
                        + " environment 'local' on loopback), applicationName=wellhead (from a constant).");
    }

    @Test
    void write_configuredSettings_areListedWithTheirOrigins() {
        String line = logged(Resolve.settings("DB_HOST=127.0.0.1 DB_MAXIMUM_POOL_SIZE=7 DB_SSLMODE=disable"))
                .get(0);

        assertThat(line)
                .contains("host=127.0.0.1 (environment variable DB_HOST)")
                .contains("maximumPoolSize=7 (environment variable DB_MAXIMUM_POOL_SIZE)")
                .contains("sslmode=disable (environment variable DB_SSLMODE)")
                .endsWith(").");
    }

    @Test
    void write_password_isRedacted() {
        String line = logged(Resolve.settings("DB_PASSWORD=correct-horse")).get(0);

        assertThat(line)
                .contains("password=<redacted> (environment variable DB_PASSWORD)")
                .doesNotContain("horse");
    }

    /** Warnings are logged before the first connection, so that they are visible even if it fails. */
    @Test
    void write_settingsWithWarnings_isStillOneLine() {
        DatabaseSettings settings = Resolve.settings(Resolve.STRICT + " DB_SSLMODE=require");

        assertThat(settings.warnings()).isNotEmpty();
        assertThat(logged(settings)).singleElement().satisfies(line -> assertThat(line)
                .contains("sslmode=require (environment variable DB_SSLMODE)"));
    }

    private static List<String> logged(DatabaseSettings settings) {
        try (LogCapture log = LogCapture.start()) {
            StartLine.write(settings);
            assertThat(log.events())
                    .allSatisfy(event -> assertThat(event.logger()).isEqualTo("dev.wellhead.Database"));
            return log.messages(Level.INFO);
        }
    }
}
