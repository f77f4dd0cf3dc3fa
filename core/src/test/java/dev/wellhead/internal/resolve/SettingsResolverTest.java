package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsResolverTest {

    private static final String N = System.lineSeparator();

    @Test
    void resolve_emptyEnvironment_takesTheLocalDefaults() {
        DatabaseSettings settings = Resolve.settings("");

        assertThat(settings.toString())
                .isEqualTo(
                        "DatabaseSettings[default, environment=local, host=localhost (default for environment 'local'),"
                                + " name=monorepo_dev (default for environment 'local'),"
                                + " user=postgres (default for environment 'local'),"
                                + " password=<redacted> (default for environment 'local'),"
                                + " sslmode=disable (default for environment 'local' on loopback),"
                                + " applicationName=wellhead (from the name of the library)]");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void resolve_strictEnvironment_hasNoDefaultsForServerAndCredentials() {
        assertThat(Resolve.problems("ENVIRONMENT=production"))
                .extracting(Problem::message)
                .containsExactly(
                        "There is no host: DB_HOST is not set.",
                        "There is no database name: DB_NAME is not set.",
                        "There is no user: DB_USER is not set.",
                        "There is no password: DB_PASSWORD is not set.");
    }

    @Test
    void exception_severalProblems_listsEachOfThem() {
        assertThatThrownBy(() -> Resolve.settings("ENVIRONMENT=production DB_HOST=db DB_NAME=ledger DB_USER=app"
                        + " DB_SSLMODE=yes HOME=/nonexistent"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Cannot open the database: 2 settings need attention." + N + N
                        + "  1. DB_SSLMODE is 'yes', which is not an SSL mode." + N
                        + "     From: environment variable DB_SSLMODE" + N
                        + "     Use one of: disable, allow, prefer, require, verify-ca, verify-full." + N + N
                        + "  2. There is no password for user 'app': DB_PASSWORD is not set." + N
                        + "     Checked: DB_PASSWORD, DB_PASSWORD_FILE, DB_PASSWORD_COMMAND, DB_SECRET_FILE, DB_SECRET_ID (not set),"
                        + " .pgpass (no such file)." + N
                        + "     Set one of them; DB_SECRET_ID needs the wellhead-aws module." + N
                        + "     If the server asks for no password, set DB_AUTH to none, or to certificate." + N);
    }

    @Test
    void host_missing_isAProblemThatListsTheCheckedPlaces() {
        assertThat(Resolve.problem("ENVIRONMENT=production DB_NAME=ledger DB_USER=app DB_PASSWORD=pw"))
                .containsExactly(
                        "There is no host: DB_HOST is not set.",
                        "Checked: DB_HOST, DATABASE_URL, PGHOST (not set).",
                        "Set one of them; environment 'production' has no default.");
    }

    @Test
    void host_missingInTheUrl_isReported() {
        assertThat(Resolve.problem("ENVIRONMENT=production DATABASE_URL=postgresql:///app DB_USER=app DB_PASSWORD=pw")
                        .get(1))
                .isEqualTo("Checked: DB_HOST (not set), DATABASE_URL (has none), PGHOST (not set).");
    }

    @Test
    void host_missingBesideASimilarVariable_suggestsTheSetting() {
        assertThat(Resolve.problem("ENVIRONMENT=production DATABASEURL=x DB_NAME=ledger DB_USER=app DB_PASSWORD=pw"))
                .containsExactly(
                        "There is no host: DB_HOST is not set.",
                        "Checked: DB_HOST, DATABASE_URL, PGHOST (not set).",
                        "DATABASEURL is set, but nothing reads it. Did you mean DATABASE_URL?",
                        "Set one of them; environment 'production' has no default.");
        assertThat(Resolve.settings("DATABSE_URL=x").warnings())
                .containsExactly("DATABSE_URL is set, but nothing reads it. Did you mean DATABASE_URL?");
    }

    @Test
    void url_thatIsWrong_isTheOnlyProblem() {
        assertThat(Resolve.problems("ENVIRONMENT=production DATABASE_URL=mysql://app:hunter2@db/app"))
                .extracting(Problem::setting)
                .containsExactly("DATABASE_URL");
    }

    @Test
    void strict_withASecret_leavesHostAndNameOpen() {
        DatabaseSettings settings = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=prod/ledger");

        assertThat(settings.hosts()).isEmpty();
        assertThat(settings.databaseName()).isEmpty();
        assertThat(settings.user()).isEmpty();
    }

    static Stream<Arguments> agreeing() {
        return Stream.of(
                arguments("DATABASE_URL=postgresql://db:5432/app DB_HOST=DB DB_PORT=5432 DB_NAME=app"),
                arguments("DATABASE_URL=postgresql://db/app DB_PORT=6432"),
                arguments("DATABASE_URL=postgresql://a:1,b:2/app DB_HOST=a,b DB_PORT=1,2"));
    }

    @ParameterizedTest
    @MethodSource("agreeing")
    void url_thatAgreesWithVariables_isTaken(String variables) {
        assertThat(Resolve.problems(variables)).isEmpty();
    }

    static Stream<Arguments> disagreeing() {
        return Stream.of(
                arguments("postgresql://db/app", "DB_HOST=other", "host", "DB_HOST"),
                arguments("postgresql://db:1/app", "DB_PORT=2", "port", "DB_PORT"),
                arguments("postgresql://db/app", "DB_NAME=other", "dbname", "DB_NAME"),
                arguments("postgresql://u@db/app", "DB_USER=other", "user", "DB_USER"),
                arguments("postgresql://u:hunter2@db/app", "DB_PASSWORD=hunter3", "password", "DB_PASSWORD"),
                arguments("postgresql://db/app?sslmode=require", "DB_SSLMODE=prefer", "sslmode", "DB_SSLMODE"));
    }

    @ParameterizedTest
    @MethodSource("disagreeing")
    void url_thatDisagreesWithAVariable_isRefusedNamingBoth(String url, String variable, String field, String name) {
        assertThat(Resolve.problem("DATABASE_URL=" + url + " " + variable))
                .containsExactly(
                        field + " in DATABASE_URL and " + name + " have different values.",
                        "From: " + field + " in environment variable DATABASE_URL; environment variable " + name,
                        "Keep one of them, or set both to the same value.");
    }

    @Test
    void setting_ofSeveralSources_remembersWinnerAndLosers() {
        SettingsRequest request =
                Resolve.request("DB_HOST=from-env PGHOST=from-libpq").with(Settings.HOST, "from-builder");

        assertThat(Resolve.settings(request).explain(Settings.HOST))
                .contains(new ResolvedSetting(
                        "host",
                        "from-builder",
                        new Origin.BuilderCall(),
                        List.of(
                                new ResolvedSetting.Shadowed("from-env", Origin.Variable.of("DB_HOST")),
                                new ResolvedSetting.Shadowed("from-libpq", Origin.Variable.ofLibpq("PGHOST")),
                                new ResolvedSetting.Shadowed("localhost", new Origin.DefaultOf("local")))));
    }

    @Test
    void overriddenValue_invalid_isNotShown() {
        SettingsRequest request = Resolve.request("PGPORT=hunter2 DB_PORT=5433");

        assertThat(Resolve.settings(request)
                        .explain(Settings.PORT)
                        .orElseThrow()
                        .shadowed()
                        .get(0)
                        .value())
                .isEqualTo("<not valid>");
    }

    @Test
    void builder_calledTwice_takesTheLater() {
        SettingsRequest request =
                Resolve.request("").with(Settings.HOST, "first").with(Settings.HOST, "second");

        assertThat(Resolve.settings(request).hosts())
                .extracting(HostAndPort::host)
                .containsExactly("second");
    }

    @Test
    void builder_blankValue_isRefused() {
        assertThat(Resolve.lines(Resolve.problems(Resolve.request("").with(Settings.NAME, " "))))
                .containsExactly("name is blank.", "From: set on the builder", "Set it or leave it out.");
    }

    @Test
    void blankVariables_countAsUnset() {
        assertThat(Resolve.settings("DB_HOST= DB_PORT= DB_PASSWORD= DATABASE_URL= PGHOST= ENVIRONMENT=")
                        .toString())
                .isEqualTo(Resolve.settings("").toString());
    }

    @Test
    void namedDatabase_readsItsOwnVariablesAndNoOthers() {
        DatabaseSettings settings = Resolve.settings(SettingsRequest.of(
                "ledger-eu",
                Map.of(
                        "LEDGER_EU_DB_PORT", "6432",
                        "DB_HOST", "other",
                        "DATABASE_URL", "postgresql://other/other",
                        "PGHOST", "other",
                        "PGPORT", "1",
                        "PGDATABASE", "other",
                        "PGUSER", "other",
                        "PGPASSWORD", "other",
                        "PGSERVICE", "other")));

        assertThat(settings.hosts()).containsExactly(new HostAndPort("localhost", 6432));
        assertThat(settings.databaseName()).isEqualTo("monorepo_dev");
        assertThat(settings.user()).isEqualTo("postgres");
        assertThat(settings.find(Settings.PASSWORD)).contains(Sensitive.of("postgres"));
        assertThat(settings.variable(Settings.PORT)).isEqualTo("LEDGER_EU_DB_PORT");
    }

    @Test
    void namedDatabase_withAUrl_readsIt() {
        DatabaseSettings settings =
                Resolve.settings(SettingsRequest.of("ledger", Map.of("LEDGER_DATABASE_URL", "postgresql://db/ledger")));

        assertThat(settings.explain(Settings.HOST).orElseThrow().origin().description())
                .isEqualTo("host in environment variable LEDGER_DATABASE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void namedDatabase_withoutSettingsBesideANearMiss_isRefused(String environment) {
        SettingsRequest request =
                SettingsRequest.of("ledger", Map.of("ENVIRONMENT", environment, "LEDGR_DB_HOST", "db"));

        assertThat(Resolve.lines(Resolve.problems(request)))
                .containsExactly(
                        "Nothing is set for database 'ledger', but LEDGR_DB_HOST is set.",
                        "From: environment variable LEDGR_DB_HOST",
                        "Did you mean LEDGER_DB_HOST?",
                        "If LEDGR_DB_HOST belongs to another database, also set LEDGER_DB_HOST.");
    }

    @Test
    void namedDatabase_withoutSettingsBesideANearUrl_isRefused() {
        SettingsRequest request = SettingsRequest.of("ledger", Map.of("LEGDER_DATABASE_URL", "postgresql://db/ledger"));

        assertThat(Resolve.lines(Resolve.problems(request)))
                .startsWith("Nothing is set for database 'ledger', but LEGDER_DATABASE_URL is set.");
    }

    @Test
    void namedDatabase_besideAnUnrelatedOne_isNoNearMiss() {
        SettingsRequest request = SettingsRequest.of("ledger", Map.of("TREASURY_DB_HOST", "db"));

        assertThat(Resolve.settings(request).hostIsDefault()).isTrue();
    }

    @Test
    void namedDatabase_withoutAHostBesideLibpqs_explainsWhichDatabaseItAppliesTo() {
        SettingsRequest request = SettingsRequest.of(
                "ledger",
                Map.of(
                        "ENVIRONMENT", "production",
                        "PGHOST", "db",
                        "LEDGER_DB_NAME", "ledger",
                        "LEDGER_DB_USER", "app",
                        "LEDGER_DB_PASSWORD", "pw"));

        assertThat(Resolve.lines(Resolve.problems(request)))
                .containsExactly(
                        "There is no host: LEDGER_DB_HOST is not set.",
                        "Checked: LEDGER_DB_HOST, LEDGER_DATABASE_URL (not set).",
                        "PGHOST is set, but it belongs to the unnamed database. Did you mean LEDGER_DB_HOST?",
                        "Set one of them; environment 'production' has no default.");
    }

    static Stream<Arguments> wrongNames() {
        return Stream.of(
                arguments("", "The name of the database is blank."),
                arguments(" ", "The name of the database is blank."),
                arguments("led ger", "The name of the database is 'led ger', which has characters a name cannot have."),
                arguments("led.ger", "The name of the database is 'led.ger', which has characters a name cannot have."),
                arguments("größe", "The name of the database is 'größe', which has characters a name cannot have."),
                arguments("a\0b", "The name of the database has characters a name cannot have."),
                arguments("postgres://u:p@h", "The name of the database has characters a name cannot have."));
    }

    @ParameterizedTest
    @MethodSource("wrongNames")
    void name_invalid_isRejected(String name, String message) {
        assertThat(Resolve.lines(Resolve.problems(SettingsRequest.of(name, Map.of()))))
                .containsExactly(message, "Use letters a to z, digits, _ and -, such as ledger or ledger-eu.");
    }

    @Test
    void sensitiveValue_thatIsMalformed_isNotShown() {
        SettingsRequest request = SettingsRequest.of("default", Map.of("DB_PASSWORD", "hunter2\0"));

        assertThat(Resolve.lines(Resolve.problems(request)))
                .containsExactly(
                        "DB_PASSWORD is a text with a NUL character.",
                        "From: environment variable DB_PASSWORD",
                        "Remove the NUL character: the server does not support it.");
    }

    @Test
    void get_withoutAValue_throws() {
        assertThatThrownBy(() -> Resolve.settings("").get(Settings.SECRET_ID))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("secretId has no value");
    }

    @Test
    void describe_listsASettingPerLine() {
        assertThat(Resolve.settings("DB_HOST=db DB_PASSWORD=hunter2").describe())
                .startsWith(
                        "database 'default' in environment 'local'" + N + "  host = db  (environment variable DB_HOST)")
                .contains(N + "  password = <redacted>  (environment variable DB_PASSWORD)" + N)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_NAME", "DB_USER", "PGDATABASE", "DB_SECRET_ID"})
    void connectionString_inTheWrongVariable_isRefusedAndNotShown(String variable) {
        assertThat(Resolve.problems(variable + "=postgresql://u:hunter2@db/app"))
                .extracting(Problem::message)
                .containsExactly(variable + " contains a URL or a connection string.");
    }
}
