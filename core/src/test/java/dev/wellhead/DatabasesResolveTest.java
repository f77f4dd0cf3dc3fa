package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabasesResolveTest {

    @Test
    void resolve_emptyEnvironment_takesLocalDefaults() {
        DatabaseSettings settings = Databases.resolve(Map.of());

        assertThat(settings.hosts()).containsExactly(new HostAndPort("localhost", 5432));
        assertThat(settings.databaseName()).isEqualTo("monorepo_dev");
        assertThat(settings.user()).isEqualTo("postgres");
        assertThat(settings.sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(settings.hostIsDefault()).isTrue();
    }

    @Test
    void resolve_namedDatabase_readsOnlyItsOwnVariables() {
        DatabaseSettings settings = Databases.resolve(
                "ledger-eu", Map.of("DB_HOST", "elsewhere", "LEDGER_EU_DB_HOST", "ledger", "DB_NAME", "other"));

        assertThat(settings.hosts()).containsExactly(new HostAndPort("ledger", 5432));
        assertThat(settings.databaseName()).isEqualTo("monorepo_dev");
    }

    @Test
    void builder_setting_overridesTheEnvironment() {
        DatabaseSettings settings = Databases.builder()
                .environment(Map.of("DB_PORT", "5433"))
                .set(Settings.PORT, "5434")
                .resolve();

        assertThat(settings.hosts()).containsExactly(new HostAndPort("localhost", 5434));
    }
}
