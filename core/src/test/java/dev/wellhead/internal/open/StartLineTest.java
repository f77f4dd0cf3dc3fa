package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.LogCapture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The log lines of a database that has opened. */
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

    @Test
    void write_warnings_followOneByOne() {
        DatabaseSettings settings = Resolve.settings(Resolve.STRICT + " DB_SSLMODE=require");

        List<String> lines = logged(settings);

        assertThat(lines).hasSize(1 + settings.warnings().size()).hasSizeGreaterThan(1);
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(line).startsWith("Database 'default': "))
                .allSatisfy(line ->
                        assertThat(settings.warnings()).contains(line.substring("Database 'default': ".length())));
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
