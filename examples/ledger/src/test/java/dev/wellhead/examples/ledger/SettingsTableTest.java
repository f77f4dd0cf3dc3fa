package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.ResolvedSetting.Shadowed;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

    @Test
    void table_settingsWithOriginsAndLosers_isAligned() {
        Origin variable = new Origin(Origin.Kind.ENVIRONMENT_VARIABLE, "environment variable DB_HOST");
        Origin file = new Origin(Origin.Kind.CONFIGURATION_FILE, "application.conf: 12");
        Origin fallback = new Origin(Origin.Kind.DEFAULT, "default");
        List<ResolvedSetting> settings = List.of(
                new ResolvedSetting(
                        "host",
                        "db.internal",
                        variable,
                        List.of(new Shadowed("old.db.internal", file), new Shadowed("localhost", fallback))),
                new ResolvedSetting("password", "<redacted>", fallback, List.of()));

        assertThat(SettingsTable.of(settings).lines())
                .containsExactly(
                        "  host      db.internal      environment variable DB_HOST",
                        "            old.db.internal  application.conf: 12 (overridden)",
                        "  password  <redacted>       default");
    }
}
