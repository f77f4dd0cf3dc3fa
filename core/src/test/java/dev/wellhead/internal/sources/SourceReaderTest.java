package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sources are read for a database, and in which order. */
class SourceReaderTest {

    private final Problems problems = new Problems();

    @Test
    void read_everySource_isInTheOrderOfPrecedence() {
        SettingsRequest request = new SettingsRequest(
                        "default",
                        Resolve.environment("DB_HOST=environment PGHOST=libpq"),
                        Map.of("wellhead.databases.default.host", "property"),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        false)
                .with(Settings.HOST, "builder");

        assertThat(texts(read(request), Settings.HOST)).containsExactly("builder", "property", "environment", "libpq");
    }

    @Test
    void read_namedDatabase_readsNoVariablesOfLibpq() {
        SourceContents contents = read("ledger", "LEDGER_DB_USER=app PGHOST=libpq PGUSER=libpq PGPASSFILE=/tmp/pgpass");

        assertThat(texts(contents, Settings.HOST)).isEmpty();
        assertThat(texts(contents, Settings.USER)).containsExactly("app");
    }

    /** The lines of a password file name their servers, so it is safe for every database. */
    @Test
    void read_namedDatabase_readsThePasswordFileOfLibpq() {
        assertThat(read("ledger", "PGPASSFILE=/tmp/pgpass").values())
                .filteredOn(value -> value.setting() == Settings.PASSFILE)
                .extracting(RawValue::origin)
                .containsExactly(Origin.Variable.ofLibpq("PGPASSFILE"));
    }

    @Test
    void unread_namedDatabaseBesideTheUnnamedOne_hasItsVariables() {
        assertThat(read("ledger", "PGHOST=libpq DB_NAME=app").unread())
                .extracting(NearMiss::message)
                .containsExactly(
                        "DB_NAME is set, but it belongs to the unnamed database. Did you mean LEDGER_DB_NAME?",
                        "PGHOST is set, but it belongs to the unnamed database. Did you mean LEDGER_DB_HOST?");
    }

    @Test
    void unread_similarVariable_isSuggested() {
        assertThat(read("default", "DATABSE_URL=x").unread())
                .extracting(NearMiss::message)
                .containsExactly("DATABSE_URL is set, but nothing reads it. Did you mean DATABASE_URL?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_HOST=db DATABSE_URL=x", "PGHOST=db POSTGRES_HOST=x", "DATABASE_URL=postgresql://db/a"})
    void unread_valueIsKnown_isEmpty(String variables) {
        assertThat(read("default", variables).unread()).isEmpty();
    }

    /** Without an environment, a misspelt variable leads to the database on this machine, without an error. */
    @Test
    void warnings_similarVariableInALocalEnvironment_includeTheHint() {
        assertThat(read("default", "DATABSE_URL=x").warnings()).anyMatch(warning -> warning.contains("DATABSE_URL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL=mysql://db/app", "DATABASE_URL=postgresql://db:x/app"})
    void isIncomplete_invalidUrl_isTrue(String variables) {
        SourceContents contents = read("default", variables);

        assertThat(contents.hasUrl()).isTrue();
        assertThat(contents.isIncomplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_URL=postgresql://db/app", "DB_PORT=x", "DB_HOST=db"})
    void isIncomplete_readableSources_isFalse(String variables) {
        assertThat(read("default", variables).isIncomplete()).isFalse();
    }

    @Test
    void notSet_setting_namesTheVariableOfTheDatabase() {
        assertThat(read("ledger", "").notSet(Settings.HOST).place()).isEqualTo("LEDGER_DB_HOST");
        assertThat(read("ledger", "").notSet(Settings.HOST).result()).isEqualTo("not set");
    }

    private SourceContents read(String name, String variables) {
        return read(SettingsRequest.of(name, Resolve.environment(variables)));
    }

    private SourceContents read(SettingsRequest request) {
        return new SourceReader(request, DatabaseName.of(request.name(), Catalogue.DATABASES, problems), problems)
                .read();
    }

    private static List<String> texts(SourceContents contents, Setting<?> setting) {
        return contents.values().stream()
                .filter(value -> value.setting() == setting)
                .map(value -> value.text().reveal())
                .toList();
    }
}
