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
        Origin variable = Origin.Variable.of("DB_HOST");
        Origin file = new Origin.ConfigurationLine("application.conf", 12, null);
        Origin fallback = new Origin.DefaultOf(null);
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
                        "            old.db.internal  application.conf:12 (overridden)",
                        "  password  <redacted>       default");
    }
}
