package dev.wellhead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What an entry of the catalogue states about itself. */
class SettingTest {

    private static final List<Setting<?>> ALL = List.copyOf(Settings.all());

    @ParameterizedTest
    @CsvSource({
        "host, DB_HOST",
        "maximumPoolSize, DB_MAXIMUM_POOL_SIZE",
        "sslrootcert, DB_SSLROOTCERT",
        "secretId, DB_SECRET_ID",
        "idleInTransactionSessionTimeout, DB_IDLE_IN_TRANSACTION_SESSION_TIMEOUT",
        "migration.passwordFile, DB_MIGRATION_PASSWORD_FILE",
    })
    void variable_ofAName_hasAnUnderscorePerWord(String name, String variable) {
        assertThat(named(name).variable()).isEqualTo(variable);
        assertThat(named(name)).hasToString(name);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void bounds_numbersAndDurations_areARange(Setting<?> setting) {
        boolean isBounded = setting.kind() == Setting.ValueKind.INTEGER || setting.kind() == Setting.ValueKind.DURATION;
        if (isBounded) {
            assertThat(setting.minimum()).isNotNegative().isLessThan(setting.maximum());
        } else {
            assertThat(setting.meaningOfZero()).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void choices_onlyOfAChoice_areListed(Setting<?> setting) {
        assertThat(setting.choices().isEmpty()).isEqualTo(setting.kind() != Setting.ValueKind.CHOICE);
        assertThat(setting.choices()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void valueDescription_everySetting_isAPhrase(Setting<?> setting) {
        assertThat(setting.valueDescription()).isNotBlank().doesNotEndWith(".");
    }

    /** A strict environment must never connect to a server, or log in, with a default. */
    @Test
    void defaultIn_strictEnvironment_hasNoServerAndNoCredentials() {
        for (Setting<?> setting :
                List.of(Settings.HOST, Settings.NAME, Settings.USER, Settings.PASSWORD, Settings.SSLMODE)) {
            assertThat(setting.defaultIn(Profile.STRICT)).as(setting.name()).isEmpty();
        }
    }

    @Test
    void defaultIn_localEnvironment_hasServerAndCredentials() {
        assertThat(Settings.HOST.defaultIn(Profile.LOCAL)).contains("localhost");
        assertThat(Settings.NAME.defaultIn(Profile.LOCAL)).contains("monorepo_dev");
        assertThat(Settings.USER.defaultIn(Profile.LOCAL)).contains("postgres");
        assertThat(Settings.PASSWORD.defaultIn(Profile.LOCAL)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"host, host", "name, dbname", "user, user", "connectTimeout, connect_timeout", "sslmode, sslmode"})
    void libpqName_ofASharedSetting_isLibpqs(String name, String libpq) {
        assertThat(named(name).libpqName()).contains(libpq);
    }

    @Test
    void libpqName_ofAPoolSetting_isEmpty() {
        assertThat(Settings.MAXIMUM_POOL_SIZE.libpqName()).isEmpty();
    }

    private static Setting<?> named(String name) {
        return ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
