package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.LoadBalanceHosts;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsCompletionTest {

    private static final String SECRET = "secret 'prod/ledger'";
    private static final ServerLocation NOTHING = new ServerLocation(null, null, null, null);

    @Test
    void completed_settingsWithoutAServer_useTheServerOfTheSecret() {
        DatabaseSettings open = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=prod/ledger");

        DatabaseSettings completed =
                SettingsCompletion.complete(open, new ServerLocation("db", 6432, "ledger", null), SECRET);

        assertThat(completed.hosts()).containsExactly(new HostAndPort("db", 6432));
        assertThat(completed.databaseName()).isEqualTo("ledger");
        assertThat(completed.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(completed.explain(Settings.HOST).orElseThrow().origin())
                .isEqualTo(new Origin.SecretField(SECRET, "host"));
    }

    @Test
    void completed_valuesOfStrongerSources_areKept() {
        DatabaseSettings open = Resolve.settings("DB_SECRET_ID=s DB_HOST=mine PGPORT=7777 PGDATABASE=libpq");

        DatabaseSettings completed =
                SettingsCompletion.complete(open, new ServerLocation("db", 6432, "ledger", null), SECRET);

        assertThat(completed.hosts()).containsExactly(new HostAndPort("mine", 6432));
        assertThat(completed.databaseName()).isEqualTo("ledger");
        assertThat(completed.explain(Settings.HOST).orElseThrow().shadowed())
                .extracting(shadowed -> shadowed.origin().kind())
                .containsExactly(Origin.Kind.SECRET, Origin.Kind.DEFAULT);
    }

    @Test
    void completed_localDefaults_areReplacedAndTlsIsDecidedAgain() {
        TrustAnchors anchors = TrustAnchors.ofFile(Path.of("rds.pem"));
        DatabaseSettings open = Resolve.settings(Resolve.request("DB_SECRET_ID=s")
                .with(host -> host.equals("db.rds.test") ? Optional.of(anchors) : Optional.empty()));
        assertThat(open.hosts()).isEmpty();
        assertThat(open.databaseName()).isEmpty();
        assertThat(open.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(open.hostIsDefault()).isFalse();

        DatabaseSettings completed =
                SettingsCompletion.complete(open, new ServerLocation("db.rds.test", null, null, null), SECRET);

        assertThat(completed.hosts()).containsExactly(new HostAndPort("db.rds.test", 5432));
        assertThat(completed.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(completed.trustAnchors()).containsSame(anchors);
    }

    @Test
    void completed_byNothing_keepsTheLocalDefault() {
        DatabaseSettings completed = SettingsCompletion.complete(Resolve.settings("DB_SECRET_ID=s"), NOTHING, SECRET);

        assertThat(completed.hosts()).containsExactly(new HostAndPort("localhost", 5432));
        assertThat(completed.hostIsDefault()).isTrue();
    }

    @Test
    void completed_byNothingInAStrictEnvironment_isAProblem() {
        DatabaseSettings open = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=s");

        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> SettingsCompletion.complete(open, NOTHING, SECRET));

        assertThat(thrown.problems())
                .extracting(Problem::message, Problem::source)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "There is no host.",
                                "Checked: DB_HOST, DATABASE_URL (not set), secret 'prod/ledger' (has none),"
                                        + " PGHOST (not set)."),
                        org.assertj.core.groups.Tuple.tuple(
                                "There is no database name.",
                                "Checked: DB_NAME, DATABASE_URL (not set), secret 'prod/ledger' (has none),"
                                        + " PGDATABASE (not set)."));
    }

    @Test
    void completed_modeOfTheSecret_raisesTheMode() {
        DatabaseSettings open = Resolve.settings("DB_SECRET_ID=s DB_SSLMODE=prefer DB_HOST=db");

        DatabaseSettings completed =
                SettingsCompletion.complete(open, new ServerLocation(null, null, null, SslMode.REQUIRE), SECRET);

        assertThat(completed.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(completed.explain(Settings.SSLMODE).orElseThrow().origin().description())
                .isEqualTo("sslmode in secret 'prod/ledger'");
    }

    @Test
    void completed_modeOfTheSecret_neverLowersTheMode() {
        DatabaseSettings open = Resolve.settings("DB_SECRET_ID=s DB_SSLROOTCERT=/ca.pem DB_HOST=db");

        assertThat(SettingsCompletion.complete(open, new ServerLocation(null, null, null, SslMode.DISABLE), SECRET)
                        .sslMode())
                .isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void completed_disableForAHostThatIsNotLoopback_isRefusedOnceTheHostIsKnown() {
        DatabaseSettings open = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=s DB_SSLMODE=disable");

        assertThatThrownBy(
                        () -> SettingsCompletion.complete(open, new ServerLocation("db", null, "ledger", null), SECRET))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DB_SSLMODE is 'disable', which is weaker than environment 'production' allows.");
        assertThat(SettingsCompletion.complete(open, new ServerLocation("127.0.0.1", null, "ledger", null), SECRET)
                        .sslMode())
                .isEqualTo(SslMode.DISABLE);
    }

    @Test
    void completed_invalidHost_isAProblemOfTheSecret() {
        DatabaseSettings open = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=s DB_NAME=app");

        assertThatThrownBy(
                        () -> SettingsCompletion.complete(open, new ServerLocation("/tmp", null, null, null), SECRET))
                .hasMessageContaining("host contains '/tmp', which is a Unix socket")
                .hasMessageContaining("From: host in secret 'prod/ledger'");
    }

    @Test
    void startedServer_replacesHostAndPort() {
        Origin origin = new Origin.StartedServer("embedded PostgreSQL 16");
        DatabaseSettings settings = SettingsCompletion.withServer(
                Resolve.settings("DB_PORT=5433 DB_NAME=mine PGUSER=me"),
                new HostAndPort("127.0.0.1", 40001),
                Map.of(Settings.USER, "postgres"),
                origin);

        assertThat(settings.hosts()).containsExactly(new HostAndPort("127.0.0.1", 40001));
        assertThat(settings.databaseName()).isEqualTo("mine");
        assertThat(settings.user()).isEqualTo("postgres");
        assertThat(settings.sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(settings.explain(Settings.PORT))
                .contains(new ResolvedSetting(
                        "port",
                        "40001",
                        origin,
                        List.of(
                                new ResolvedSetting.Shadowed("5433", Origin.Variable.of("DB_PORT")),
                                new ResolvedSetting.Shadowed("5432", new Origin.DefaultOf(null)))));
        assertThat(settings.hostIsDefault()).isFalse();
    }

    @Test
    void startedServer_withItsPassword_isNotASecondSource() {
        DatabaseSettings settings = SettingsCompletion.withServer(
                Resolve.settings("DB_PASSWORD_FILE=/run/pw"),
                new HostAndPort("127.0.0.1", 40001),
                Map.of(Settings.PASSWORD, "pw"),
                new Origin.StartedServer("embedded PostgreSQL 16"));

        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Fixed("postgres", Sensitive.of("pw")));
    }

    @Test
    void reader_hasItsHostsAndPrefersStandbys() {
        DatabaseSettings settings = Resolve.settings("DB_HOST=db DB_READER_HOST=r1,r2 DB_READER_PORT=1,2");

        DatabaseSettings reader = SettingsCompletion.forReader(settings);

        assertThat(reader.hosts()).containsExactly(new HostAndPort("r1", 1), new HostAndPort("r2", 2));
        assertThat(reader.readerHosts()).isEmpty();
        assertThat(reader.get(Settings.READ_ONLY)).isTrue();
        assertThat(reader.get(Settings.TARGET_SERVER_TYPE)).isEqualTo(TargetServerType.PREFER_STANDBY);
        assertThat(reader.get(Settings.POOL_NAME)).isEqualTo("default-reader");
        assertThat(reader.get(Settings.HOST)).containsExactly("r1", "r2");
        assertThat(reader.variable(Settings.HOST)).isEqualTo("DB_READER_HOST");
        assertThat(reader.variable(Settings.PORT)).isEqualTo("DB_READER_PORT");
        assertThat(reader.variable(Settings.USER)).isEqualTo("DB_USER");
        assertThat(settings.get(Settings.HOST)).containsExactly("db");
    }

    @Test
    void complete_settingsOfAnotherImplementation_areRejected() {
        DatabaseSettings other = (DatabaseSettings) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DatabaseSettings.class}, (proxy, method, args) -> null);

        assertThatThrownBy(() -> SettingsCompletion.complete(other, NOTHING, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Only settings that were resolved by Wellhead can be opened.");
    }

    @Test
    void reader_withoutReaderHosts_hasTheHostsOfTheDatabaseAndKeepsNoIdleConnections() {
        DatabaseSettings settings = Resolve.settings("DB_HOST=a,b DB_PORT=1,2");

        DatabaseSettings reader = SettingsCompletion.forReader(settings);

        assertThat(reader.hosts()).containsExactly(new HostAndPort("a", 1), new HostAndPort("b", 2));
        assertThat(reader.get(Settings.READ_ONLY)).isTrue();
        assertThat(reader.get(Settings.MINIMUM_IDLE)).isZero();
        assertThat(reader.get(Settings.TARGET_SERVER_TYPE)).isEqualTo(TargetServerType.PREFER_STANDBY);
        assertThat(reader.variable(Settings.HOST)).isEqualTo("DB_HOST");
    }

    @Test
    void reader_order_isRandomUnlessItIsSet() {
        String hosts = "DB_HOST=db DB_READER_HOST=r1,r2";

        assertThat(reader(hosts).get(Settings.LOAD_BALANCE_HOSTS)).isEqualTo(LoadBalanceHosts.RANDOM);
        assertThat(reader(hosts + " DB_LOAD_BALANCE_HOSTS=disable").get(Settings.LOAD_BALANCE_HOSTS))
                .isEqualTo(LoadBalanceHosts.DISABLE);
        assertThat(reader(hosts).find(Settings.MINIMUM_IDLE)).isEmpty();
    }

    @Test
    void reader_fallbackNone_usesOnlyStandbys() {
        DatabaseSettings reader = reader("DB_HOST=db DB_READER_HOST=r1 DB_READER_FALLBACK=none");

        assertThat(reader.get(Settings.TARGET_SERVER_TYPE)).isEqualTo(TargetServerType.STANDBY);
        assertThat(reader.explain(Settings.TARGET_SERVER_TYPE))
                .hasValueSatisfying(
                        target -> assertThat(target.origin().description()).isEqualTo("follows from readerFallback"));
    }

    private static DatabaseSettings reader(String variables) {
        return SettingsCompletion.forReader(Resolve.settings(variables));
    }

    static Stream<Arguments> serverTypes() {
        return Stream.of(
                Arguments.of("DB_HOST=a", TargetServerType.ANY),
                Arguments.of("DB_HOST=a,b", TargetServerType.READ_WRITE),
                Arguments.of("PGHOST=a,b", TargetServerType.READ_WRITE),
                Arguments.of("DATABASE_URL=postgresql://u@a:1,b:2/d", TargetServerType.READ_WRITE),
                Arguments.of("DB_HOST=a,b DB_TARGET_SERVER_TYPE=any", TargetServerType.ANY),
                Arguments.of("DB_HOST=a,b PGTARGETSESSIONATTRS=primary", TargetServerType.PRIMARY),
                Arguments.of("DB_HOST=a,b DB_READ_ONLY=true", TargetServerType.ANY),
                Arguments.of("DB_HOST=a,b DB_OPTIONS=-cdefault_transaction_read_only=on", TargetServerType.ANY));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("serverTypes")
    void targetServerType_severalHosts_meansReadWriteUnlessSomethingElseIsSet(String variables, TargetServerType type) {
        assertThat(Resolve.settings(variables).get(Settings.TARGET_SERVER_TYPE)).isEqualTo(type);
    }
}
