package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings as an application sees them. */
class DecidedSettingsTest {

    @Test
    void equals_sameValuesFromTheSameOrigins_isTrue() {
        DatabaseSettings one = Resolve.settings("DB_HOST=db DB_PASSWORD=pw");
        DatabaseSettings other = Resolve.settings("DB_PASSWORD=pw DB_HOST=db");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOST=db2 DB_PASSWORD=pw",
                "DB_HOST=db DB_PASSWORD=pw2",
                "DB_HOST=db DB_PASSWORD=pw DB_USER=app",
                "DB_HOST=db DB_PASSWORD=pw ENVIRONMENT=test",
                "DB_HOST=db DB_PASSWORD=pw DB_READER_HOST=replica",
                "DATABASE_URL=postgresql://:pw@db",
            })
    void equals_otherValueOrOrigin_isFalse(String other) {
        assertThat(Resolve.settings(other)).isNotEqualTo(Resolve.settings("DB_HOST=db DB_PASSWORD=pw"));
    }

    @Test
    void equals_otherName_isFalse() {
        DatabaseSettings ledger =
                Resolve.settings(SettingsRequest.of("ledger", Resolve.environment("LEDGER_DB_HOST=127.0.0.1")));

        assertThat(ledger).isNotEqualTo(Resolve.settings("DB_HOST=127.0.0.1"));
    }

    @Test
    void toString_settings_omitsGeneralDefaultsAndPasswords() {
        String text = Resolve.settings("DB_HOST=db DB_PASSWORD=correct-horse").toString();

        assertThat(text)
                .startsWith("DatabaseSettings[default, environment=local, ")
                .contains("host=db (environment variable DB_HOST)")
                .contains("password=<redacted> (environment variable DB_PASSWORD)")
                .contains("user=postgres (default for environment 'local')")
                .doesNotContain("horse")
                .doesNotContain("maximumPoolSize")
                .endsWith("]");
    }

    @Test
    void hostIsDefault_noHost_isTrue() {
        assertThat(Resolve.settings("").hostIsDefault()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_HOST=localhost", "DATABASE_URL=postgresql://localhost/app", "PGHOST=localhost"})
    void hostIsDefault_configuredHost_isFalse(String variables) {
        assertThat(Resolve.settings(variables).hostIsDefault()).isFalse();
    }

    /** Otherwise an embedded database would be started instead of the one that the secret names. */
    @Test
    void hostIsDefault_secretThatMayNameAHost_isFalseUntilItIsRead() {
        DatabaseSettings open = Resolve.settings("DB_SECRET_ID=prod/ledger");
        assertThat(open.hostIsDefault()).isFalse();

        DatabaseSettings completed =
                SettingsCompletion.complete(open, new ServerLocation(null, null, null, null), "secret 'prod/ledger'");

        assertThat(completed.hostIsDefault()).isTrue();
    }

    @Test
    void complete_nothingToAdd_returnsTheSameSettings() {
        DatabaseSettings settings = Resolve.settings("DB_HOST=db");

        assertThat(SettingsCompletion.complete(settings, null, "a vault")).isSameAs(settings);
    }

    @Test
    void variable_ofTheReader_isThatOfTheReadersHost() {
        DatabaseSettings reader = SettingsCompletion.forReader(
                Resolve.settings("DB_HOST=primary DB_READER_HOST=replica DB_READER_PORT=6432"));

        assertThat(reader.hosts()).containsExactly(new HostAndPort("replica", 6432));
        assertThat(reader.variable(Settings.HOST)).isEqualTo("DB_READER_HOST");
        assertThat(reader.variable(Settings.PORT)).isEqualTo("DB_READER_PORT");
        assertThat(reader.variable(Settings.MAXIMUM_POOL_SIZE)).isEqualTo("DB_MAXIMUM_POOL_SIZE");
    }

    @Test
    void get_settingWithoutAValue_namesIt() {
        assertThatThrownBy(() -> Resolve.settings("").get(Settings.SSLROOTCERT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sslrootcert has no value");
    }

    @Test
    void describe_settings_hasOneLinePerSettingAndNoPassword() {
        DatabaseSettings settings = Resolve.settings("DB_PASSWORD=correct-horse");

        String[] lines = settings.describe().split("\\R");

        assertThat(lines).hasSize(1 + settings.all().size());
        assertThat(lines[0]).isEqualTo("database 'default' in environment 'local'");
        assertThat(lines).contains("  password = <redacted>  (environment variable DB_PASSWORD)");
        assertThat(settings.describe()).doesNotContain("horse");
    }
}
