package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages refer to a setting, for every kind of origin. */
class SettingReferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DATABASE_URL=postgresql://app@db:5433/shop     | the host or the port in DATABASE_URL | the database name in DATABASE_URL
            DATABASE_URL=jdbc:postgresql://db/shop?user=app | the host or the port in DATABASE_URL | the database name in DATABASE_URL
            DATABASE_URL=postgresql://app@db DB_NAME=shop  | the host or the port in DATABASE_URL | DB_NAME
            DB_HOST=db DB_PORT=5433 DB_NAME=shop           | DB_HOST or DB_PORT                   | DB_NAME
            DB_HOST=db                                     | DB_HOST or DB_PORT                   | DB_NAME
            PGHOST=db PGPORT=5433 PGDATABASE=shop          | PGHOST or PGPORT                     | PGDATABASE
            ''                                             | DB_HOST or DB_PORT                   | DB_NAME
            """)
    void of_variables_isTheOneThatWasSet(String environment, String server, String database) {
        DatabaseSettings settings = Resolve.settings(environment);

        assertThat(SettingReference.of(settings, Settings.HOST, "or", Settings.PORT))
                .isEqualTo(server);
        assertThat(SettingReference.of(settings, Settings.NAME)).isEqualTo(database);
    }

    @Test
    void of_readerHost_isItsOwnVariable() {
        DatabaseSettings reader =
                SettingsCompletion.forReader(Resolve.settings("DB_HOST=db-1 DB_READER_HOST=db-2 DB_READER_PORT=5433"));

        assertThat(SettingReference.of(reader, Settings.HOST, "and", Settings.PORT))
                .isEqualTo("DB_READER_HOST and DB_READER_PORT");
    }

    @Test
    void of_namedDatabase_isItsOwnVariable() {
        DatabaseSettings settings = SettingsResolver.resolve(
                SettingsRequest.of("ledger", Map.of("LEDGER_DATABASE_URL", "postgresql://db/ledger")));

        assertThat(SettingReference.of(settings, Settings.PORT)).isEqualTo("the port in LEDGER_DATABASE_URL");
        assertThat(SettingReference.of(settings, Settings.SSLMODE)).isEqualTo("LEDGER_DB_SSLMODE");
    }

    @Test
    void atStart_ofAReference_hasACapitalLetter() {
        DatabaseSettings settings = Resolve.settings("DATABASE_URL=postgresql://db/ledger");

        assertThat(SettingReference.atStart(settings, Settings.HOST)).isEqualTo("The host in DATABASE_URL");
        assertThat(SettingReference.atStart(settings, Settings.SSLMODE)).isEqualTo("DB_SSLMODE");
    }
}
