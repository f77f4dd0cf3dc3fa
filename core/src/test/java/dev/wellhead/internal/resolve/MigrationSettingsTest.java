package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.CommandLine;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationSettingsTest {

    private static final String STRICT = Resolve.STRICT + " DB_SSLROOTCERT=/ca.pem ";
    private static final String OWNER = "DB_MIGRATION_USER=owner DB_MIGRATION_PASSWORD=own ";

    static Stream<Arguments> logins() {
        return Stream.of(
                arguments("nothing", "", fixed("app", "pw")),
                arguments("a password", OWNER, fixed("owner", "own")),
                arguments(
                        "a file",
                        "DB_MIGRATION_USER=owner DB_MIGRATION_PASSWORD_FILE=/run/own",
                        new CredentialsSource.PasswordFile("owner", Path.of("/run/own"))),
                arguments(
                        "a command",
                        "DB_MIGRATION_PASSWORD_COMMAND=/bin/print",
                        new CredentialsSource.Command(CommandLine.of(List.of("/bin/print")), null)),
                arguments(
                        "a secret",
                        "DB_MIGRATION_SECRET_ID=prod/owner",
                        new CredentialsSource.Secret("prod/owner", null)),
                arguments(
                        "a secret file",
                        "DB_MIGRATION_SECRET_FILE=/run/owner.json DB_MIGRATION_USER=owner",
                        new CredentialsSource.SecretFile(Path.of("/run/owner.json"), "owner")),
                arguments(
                        "a way to log in",
                        "DB_MIGRATION_USER=owner DB_MIGRATION_AUTH=none",
                        new CredentialsSource.NoPassword("owner", Authentication.NONE)),
                arguments("a password beside libpq's", OWNER + "PGUSER=u PGPASSWORD=no", fixed("owner", "own")));
    }

    private static CredentialsSource fixed(String user, String password) {
        return new CredentialsSource.Fixed(user, Sensitive.of(password));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logins")
    void login_ofMigrations_replacesThatOfTheDatabase(String title, String variables, CredentialsSource expected) {
        DatabaseSettings settings = Resolve.settings(STRICT + variables);

        assertThat(SettingsCompletion.forMigrations(settings).credentialsSource())
                .isEqualTo(expected);
        assertThat(settings.credentialsSource()).isEqualTo(fixed("app", "pw"));
        assertThat(settings.user()).isEqualTo("app");
    }

    @Test
    void login_onlyTheUser_logsInAsTheDatabaseDoes() {
        String withoutPassword = "ENVIRONMENT=production DB_HOST=db DB_NAME=app DB_USER=app DB_AUTH=none";

        assertThat(migrations(withoutPassword + " DB_MIGRATION_USER=owner").credentialsSource())
                .isEqualTo(new CredentialsSource.NoPassword("owner", Authentication.NONE));
        assertThat(migrations(withoutPassword + " " + OWNER).credentialsSource())
                .isEqualTo(fixed("owner", "own"));
    }

    @Test
    void login_ofTheDatabaseInASecret_isReplacedByAPassword() {
        String secret = "ENVIRONMENT=production DB_HOST=db DB_NAME=app DB_SECRET_ID=prod/app " + OWNER;

        assertThat(migrations(secret).credentialsSource()).isEqualTo(fixed("owner", "own"));
    }

    @Test
    void login_passwordMissing_namesTheVariablesOfMigrations() {
        DatabaseSettings settings = Resolve.settings(STRICT + "DB_MIGRATION_USER=owner");

        assertThat(failure(settings))
                .hasMessage(
                        """
                        Cannot open the database: There is no password for user 'owner': DB_MIGRATION_PASSWORD is not set.
                          Checked: DB_MIGRATION_PASSWORD, DB_MIGRATION_PASSWORD_FILE, DB_MIGRATION_PASSWORD_COMMAND, DB_MIGRATION_SECRET_FILE, DB_MIGRATION_SECRET_ID (not set), .pgpass (no home directory).
                          Set one of them; DB_MIGRATION_SECRET_ID needs the wellhead-aws module.
                          If the server asks for no password, set DB_MIGRATION_AUTH to none, or to certificate."""
                                .replace("\n", System.lineSeparator()));
    }

    /** Not even in a local environment, whose default user has another password. */
    @Test
    void login_userMissing_isNeverTheDefault() {
        DatabaseSettings settings = Resolve.settings("DB_MIGRATION_PASSWORD=own");

        assertThat(failure(settings).problems())
                .extracting(Problem::message)
                .containsExactly("There is no user: DB_MIGRATION_USER is not set.");
        assertThat(failure(settings).problems().get(0).source()).isEqualTo("Checked: DB_MIGRATION_USER (not set).");
    }

    @Test
    void login_namedDatabase_hasItsOwnVariables() {
        SettingsRequest request = SettingsRequest.of(
                "ledger",
                Resolve.environment("LEDGER_DB_HOST=db LEDGER_DB_MIGRATION_USER=owner LEDGER_DB_MIGRATION_PASSWORD=own"
                        + " DB_MIGRATION_USER=other"));

        assertThat(Resolve.settings(request.forMigrations()).credentialsSource())
                .isEqualTo(fixed("owner", "own"));
    }

    @Test
    void login_severalSources_isReportedWithTheDatabase() {
        assertThat(Resolve.problem(STRICT + OWNER + "DB_MIGRATION_SECRET_ID=prod/owner"))
                .startsWith("DB_MIGRATION_PASSWORD and DB_MIGRATION_SECRET_ID are both set, but only one source of the"
                        + " password is allowed.");
    }

    @Test
    void login_invalidValue_isReportedOnce() {
        assertThat(Resolve.problem(STRICT + OWNER + "DB_MIGRATION_PORT=x"))
                .first()
                .asString()
                .startsWith("DB_MIGRATION_PORT is 'x', which is");
        assertThat(Resolve.problem(STRICT + OWNER + "DB_MIGRATION_HOST=db:5432"))
                .startsWith("DB_MIGRATION_HOST contains 'db:5432', which has a port.");
    }

    @Test
    void variable_misspelt_hasASuggestion() {
        assertThat(Resolve.problem(STRICT + "DB_MIGRATION_USR=owner"))
                .contains("DB_MIGRATION_USR is not a setting.", "Did you mean DB_MIGRATION_USER?");
        assertThat(Resolve.problem(STRICT + "DB_MIGRATON_PASSWORD_FILE=/run/own"))
                .contains("DB_MIGRATON_PASSWORD_FILE is not a setting.", "Set DB_MIGRATION_PASSWORD_FILE.");
        assertThat(Resolve.problem(STRICT + "DB_MIGRATION_USERNAME=owner")).contains("Set DB_MIGRATION_USER.");
        assertThat(Resolve.problem(STRICT + "DB_MIGRATION_URL=postgresql://owner@db/app"))
                .contains(
                        "Set DB_MIGRATION_HOST and DB_MIGRATION_PORT to the server, DB_MIGRATION_USER to the role, and"
                                + " DB_MIGRATION_PASSWORD or another source of its password.");
    }

    @Test
    void settings_ofTheSession_doNotApply() {
        DatabaseSettings settings = migrations(STRICT
                + "DB_STATEMENT_TIMEOUT=5s DB_LOCK_TIMEOUT=3s DB_SOCKET_TIMEOUT=20s DB_READ_ONLY=true"
                + " DB_AUTO_COMMIT=false DB_TARGET_SERVER_TYPE=standby DB_SCHEMA=shop DB_CONNECTION_TIMEOUT=9s");

        assertThat(settings.find(Settings.STATEMENT_TIMEOUT)).isEmpty();
        assertThat(settings.get(Settings.LOCK_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.get(Settings.SOCKET_TIMEOUT)).isZero();
        assertThat(settings.get(Settings.READ_ONLY)).isFalse();
        assertThat(settings.get(Settings.AUTO_COMMIT)).isTrue();
        assertThat(settings.get(Settings.TARGET_SERVER_TYPE)).isEqualTo(TargetServerType.ANY);
        assertThat(settings.get(Settings.SCHEMA)).containsExactly("shop");
        assertThat(settings.get(Settings.CONNECTION_TIMEOUT)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void settings_severalHosts_useTheOneThatAcceptsWrites() {
        DatabaseSettings settings = migrations("DB_HOST=a,b DB_READ_ONLY=true");

        assertThat(settings.get(Settings.TARGET_SERVER_TYPE)).isEqualTo(TargetServerType.READ_WRITE);
    }

    @Test
    void timeouts_ofMigrations_apply() {
        DatabaseSettings settings = migrations(
                STRICT
                        + "DB_STATEMENT_TIMEOUT=5s DB_LOCK_TIMEOUT=3s DB_MIGRATION_STATEMENT_TIMEOUT=1h DB_MIGRATION_LOCK_TIMEOUT=9s");

        assertThat(settings.get(Settings.STATEMENT_TIMEOUT)).isEqualTo(Duration.ofHours(1));
        assertThat(settings.get(Settings.LOCK_TIMEOUT)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void pooler_serverOfMigrations_leadsPastIt() {
        String pooled = "DB_HOST=pooler DB_PORT=6432 DB_POOLER=pgbouncer ";

        DatabaseSettings host = migrations(pooled + "DB_MIGRATION_HOST=db DB_MIGRATION_STATEMENT_TIMEOUT=1h");
        assertThat(host.hosts()).hasToString("[db:5432]");
        assertThat(host.get(Settings.POOLER)).isEqualTo(Pooler.NONE);
        assertThat(host.get(Settings.PREPARE_THRESHOLD)).isEqualTo(5);
        assertThat(host.warnings()).noneMatch(warning -> warning.startsWith("Migrations connect through"));
        assertThat(migrations(pooled + "DB_MIGRATION_PORT=5433").hosts()).hasToString("[pooler:5433]");
    }

    @Test
    void pooler_noServerOfMigrations_isAWarning() {
        String warning = "Migrations connect through pooler 'pgbouncer', which does not keep a session: a lock for the"
                + " whole migration can be lost, and SET has no effect on later transactions. Set DB_MIGRATION_HOST or"
                + " DB_MIGRATION_PORT to the server itself.";

        assertThat(migrations("DB_HOST=localhost DB_POOLER=pgbouncer").warnings())
                .contains(warning);
        assertThat(Resolve.settings("DB_HOST=localhost DB_POOLER=pgbouncer " + OWNER)
                        .warnings())
                .contains(warning);
        assertThat(Resolve.settings("DB_HOST=localhost DB_POOLER=pgbouncer").warnings())
                .isEmpty();
    }

    @Test
    void tls_strictEnvironment_isDecidedForTheServerOfMigrations() {
        String onLoopback = "ENVIRONMENT=production DB_HOST=127.0.0.1 DB_NAME=app DB_USER=app DB_PASSWORD=pw"
                + " DB_SSLMODE=disable ";

        assertThat(Resolve.problems(onLoopback)).isEmpty();
        assertThat(Resolve.problem(onLoopback + "DB_MIGRATION_HOST=db"))
                .first()
                .isEqualTo("DB_SSLMODE is 'disable', which is weaker than environment 'production' allows.");
    }

    @Test
    void server_inTheSecretOfTheDatabase_isThatOfMigrations() {
        DatabaseSettings settings = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=prod/app " + OWNER);
        DatabaseSettings completed = SettingsCompletion.complete(
                settings, new ServerLocation("db", 5433, "shop", null), "secret 'prod/app'");

        DatabaseSettings migrations = SettingsCompletion.forMigrations(completed);
        assertThat(migrations.hosts()).hasToString("[db:5433]");
        assertThat(migrations.databaseName()).isEqualTo("shop");
        assertThat(migrations.user()).isEqualTo("owner");
    }

    /** A local database that was started has one user, which owns everything in it. */
    @Test
    void login_localDatabaseWasStarted_isThatOfTheDatabase() {
        DatabaseSettings settings = Resolve.settings(
                "ENVIRONMENT=test DB_MIGRATION_USER=owner DB_MIGRATION_HOST=db" + " DB_MIGRATION_LOCK_TIMEOUT=9s");
        DatabaseSettings started = SettingsCompletion.withServer(
                settings,
                new HostAndPort("127.0.0.1", 5555),
                Map.of(Settings.PASSWORD, "random"),
                new Origin.StartedServer("embedded PostgreSQL"));

        DatabaseSettings migrations = SettingsCompletion.forMigrations(started);
        assertThat(migrations.credentialsSource()).isEqualTo(fixed("postgres", "random"));
        assertThat(migrations.hosts()).hasToString("[127.0.0.1:5555]");
        assertThat(migrations.get(Settings.LOCK_TIMEOUT)).isEqualTo(Duration.ofSeconds(9));
        assertThat(SettingsCompletion.haveMigrationsTheirOwnLogin(started)).isFalse();
        assertThat(SettingsCompletion.haveMigrationsTheirOwnLogin(settings)).isTrue();
    }

    @Test
    void login_otherValuesWereOverridden_isThatOfMigrations() {
        DatabaseSettings settings = SettingsCompletion.with(
                Resolve.settings("ENVIRONMENT=test DB_HOST=db DB_PASSWORD=pw DB_MIGRATION_USER=owner"
                        + " DB_MIGRATION_PASSWORD=own"),
                Map.of(Settings.NAME, "copy"),
                new Origin.BuilderCall());

        DatabaseSettings migrations = SettingsCompletion.forMigrations(settings);
        assertThat(migrations.credentialsSource()).isEqualTo(fixed("owner", "own"));
        assertThat(migrations.databaseName()).isEqualTo("copy");
        assertThat(SettingsCompletion.haveMigrationsTheirOwnLogin(settings)).isTrue();
    }

    @Test
    void reference_urlOfTheDatabase_isNotThatOfTheLogin() {
        DatabaseSettings settings = migrations(
                "DATABASE_URL=postgresql://app:pw@db/shop DB_MIGRATION_USER=owner DB_MIGRATION_PASSWORD_FILE=/run/own");

        assertThat(SettingReference.of(settings, Settings.PASSWORD)).isEqualTo("DB_MIGRATION_PASSWORD");
        assertThat(SettingReference.of(settings, Settings.USER)).isEqualTo("DB_MIGRATION_USER");
        assertThat(SettingReference.of(settings, Settings.PORT)).isEqualTo("the port in DATABASE_URL");
    }

    @Test
    void sources_fileOfTheValueAndSystemPropertyAndBlock_areRead(@TempDir Path directory) throws IOException {
        Path user = Files.writeString(directory.resolve("user"), "owner\n");
        assertThat(migrations(OWNER.replace("USER=owner", "USER_FILE=" + user)).user())
                .isEqualTo("owner");

        Path file = Files.writeString(
                directory.resolve("application.conf"),
                "wellhead.databases.default { migration { user = owner, password = own, port = 5433 } }");
        Map<String, String> properties =
                Map.of("config.file", file.toString(), "wellhead.databases.default.migration.port", "5434");
        SettingsRequest request =
                new SettingsRequest("default", Map.of(), properties, null, null, List.of(), List.of(), false);
        DatabaseSettings settings = Resolve.settings(request.forMigrations());

        assertThat(settings.credentialsSource()).isEqualTo(fixed("owner", "own"));
        assertThat(settings.hosts()).hasToString("[localhost:5434]");
        assertThat(settings.explain(Settings.PORT).map(ResolvedSetting::origin))
                .hasValueSatisfying(origin -> assertThat(origin.description())
                        .isEqualTo("system property wellhead.databases.default.migration.port"));
    }

    @Test
    void block_unknownKey_isReported(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.conf"), "wellhead.databases.default.migration.usr = owner");
        SettingsRequest request = new SettingsRequest(
                "default", Map.of(), Map.of("config.file", file.toString()), null, null, List.of(), List.of(), false);

        assertThat(Resolve.lines(Resolve.problems(request)))
                .contains(
                        "wellhead.databases.default.migration.usr is not a setting.",
                        "Did you mean wellhead.databases.default.migration.user?");
    }

    @Test
    void describe_passwordOfMigrations_isHidden() {
        DatabaseSettings settings = Resolve.settings("DB_MIGRATION_USER=owner DB_MIGRATION_PASSWORD=very-secret");

        assertThat(settings.describe()).contains("migration.user = owner").doesNotContain("very-secret");
        assertThat(SettingsCompletion.forMigrations(settings).describe()).doesNotContain("very-secret");
        assertThat(settings.toString()).doesNotContain("very-secret");
    }

    private static DatabaseSettings migrations(String variables) {
        return SettingsCompletion.forMigrations(Resolve.settings(variables));
    }

    private static ConfigurationException failure(DatabaseSettings settings) {
        return catchThrowableOfType(ConfigurationException.class, () -> SettingsCompletion.forMigrations(settings));
    }
}
