package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.driver.ReplicationLag;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The choice of a server by libpq's rules, with a real primary and a real standby. */
class ServerListsTest {

    private static PostgresServer primary = PostgresServer.shared();
    private static PostgresServer standby = PostgresServer.shared();

    @BeforeAll
    static void startPair() {
        primary = PostgresServer.builder().setting("max_connections", "20").start();
        standby = primary.standby();
    }

    @AfterAll
    static void stopPair() {
        standby.close();
        primary.close();
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of("any", "primary, standby", "primary"),
                Arguments.of("any", "standby, primary", "standby"),
                Arguments.of("primary", "standby, primary", "primary"),
                Arguments.of("primary", "standby", "wrong_server_role"),
                Arguments.of("standby", "primary, standby", "standby"),
                Arguments.of("standby", "primary", "wrong_server_role"),
                Arguments.of("read-write", "standby, primary", "primary"),
                Arguments.of("read-write", "standby", "wrong_server_role"),
                Arguments.of("read-only", "primary, standby", "standby"),
                Arguments.of("read-only", "primary", "wrong_server_role"),
                Arguments.of("prefer-standby", "primary, standby", "standby"),
                Arguments.of("prefer-standby", "standby, primary", "standby"),
                Arguments.of("prefer-standby", "primary", "primary"));
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @MethodSource("targets")
    void open_everyTargetServerType_choosesTheServerThatLibpqChooses(String target, String servers, String taken)
            throws SQLException {
        assertThat(taken(list(servers).with("DB_TARGET_SERVER_TYPE", target))).isEqualTo(taken);
    }

    @Test
    void open_noServerWithTheRole_namesTheRoleOfEach() {
        ConnectionFailedException failure =
                list("standby").with("DB_TARGET_SERVER_TYPE", "primary").failure();

        assertThat(Connecting.lines(failure))
                .isEqualTo("Cannot connect to 127.0.0.1:" + standby.port()
                        + ": it is a standby, and targetServerType is primary (DB_TARGET_SERVER_TYPE)."
                        + "|  From: targetServerType (environment variable DB_TARGET_SERVER_TYPE)"
                        + "|  List a server with this role in DB_HOST, or change DB_TARGET_SERVER_TYPE.");
    }

    @Test
    void open_wrongRole_closesTheSession() {
        Connecting connecting =
                list("standby").with("DB_TARGET_SERVER_TYPE", "primary").with("DB_APPLICATION_NAME", "leftover");

        assertThat(connecting.failure().kind()).isEqualTo(FailureKind.WRONG_SERVER_ROLE);
        awaitNoSession(standby, "leftover");
        assertThat(connecting.events().recorded()).containsExactly("failed wrong_server_role 08001");
    }

    @Test
    void open_preferredStandbyIsDown_returnsThePrimary() throws SQLException {
        try (FaultProxy gone = FaultProxy.to(standby)) {
            gone.refuse();
            Connecting connecting = Connecting.to(primary)
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", primary.port() + "," + gone.port())
                    .with("DB_TARGET_SERVER_TYPE", "prefer-standby");

            assertThat(taken(connecting)).isEqualTo("primary");
            assertThat(connecting.events().recorded())
                    .containsExactly("failed refused 08001", "opened generation 1 tls none", "closed generation 1");
        }
    }

    @Test
    void open_firstServerRefusesTheCredentials_doesNotTryTheNext() {
        try (FaultProxy second = FaultProxy.to(primary)) {
            ConnectionFailedException failure = Connecting.to(primary)
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", primary.port() + "," + second.port())
                    .with(CredentialsProvider.fixed("postgres", "not-the-password"))
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
            assertThat(second.connectionCount()).isZero();
        }
    }

    @Test
    void open_loadBalanced_usesEveryServer() throws SQLException {
        Connector connector = list("primary, standby")
                .with("DB_TARGET_SERVER_TYPE", "any")
                .with("DB_LOAD_BALANCE_HOSTS", "random")
                .connector();
        Set<String> taken = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            try (Connection connection = connector.open(Connecting.BUDGET)) {
                taken.add(role(connection));
            }
        }

        assertThat(taken).containsExactlyInAnyOrder("primary", "standby");
    }

    /** By libpq's rules, a former primary that refuses writes is a primary. It is used if no other server is better. */
    @Test
    void open_primaryThatIsReadOnly_isOnlyASecondChoice() throws SQLException {
        try (PostgresServer former = PostgresServer.start()) {
            former.execute("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
            Await.until(Duration.ofSeconds(60), () -> former.query("show default_transaction_read_only")
                    .get(0)
                    .equals("on"));
            Connecting both = Connecting.to(primary)
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", former.port() + "," + primary.port())
                    .with("DB_TARGET_SERVER_TYPE", "primary");
            Connecting readOnly = Connecting.to(former).with("DB_TARGET_SERVER_TYPE", "primary");

            assertThat(port(both.connector())).isEqualTo(Integer.toString(primary.port()));
            assertThat(port(both.with("DB_READ_ONLY", "true").connector())).isEqualTo(Integer.toString(former.port()));
            assertThat(port(readOnly.connector())).isEqualTo(Integer.toString(former.port()));
        }
    }

    @Test
    void open_severalHostsWithoutAType_usesTheServerThatAcceptsWrites() throws SQLException {
        assertThat(taken(list("standby, primary"))).isEqualTo("primary");
        assertThat(Connecting.lines(list("standby, standby").failure()))
                .contains(
                        ": it is read-only by default, and targetServerType is read-write (targetServerType: there are several hosts)."
                                + "|  From: targetServerType (there are several hosts)");
    }

    /** The driver closes a connection that is no longer referenced, but only when it is collected as garbage. */
    @Test
    void open_errorAfterASecondChoiceWasFound_closesItsSession() {
        List<String> sessions = new ArrayList<>();
        Connecting connecting = Connecting.to("127.0.0.1,localhost", primary.port())
                .with("DB_TARGET_SERVER_TYPE", "prefer-standby")
                .with("DB_APPLICATION_NAME", "second-choice")
                .with(localhost -> {
                    sessions.add(sessions(primary, "second-choice"));
                    throw new OutOfMemoryError();
                });

        assertThatThrownBy(() -> connecting.connector().open(Connecting.BUDGET)).isInstanceOf(OutOfMemoryError.class);

        assertThat(sessions).containsExactly("1");
        awaitNoSession(primary, "second-choice");
    }

    @Test
    void open_readerHostsFail_usesTheFallback() throws SQLException {
        try (FaultProxy gone = FaultProxy.to(standby)) {
            gone.refuse();
            Connecting reader = Connecting.to(gone.host(), gone.port())
                    .with("DB_TARGET_SERVER_TYPE", "prefer-standby")
                    .with(new ReaderRule(List.of(new HostAndPort(primary.host(), primary.port())), null));

            assertThat(role(reader.connector())).isEqualTo("primary");
            gone.pass();
            assertThat(role(reader.connector())).isEqualTo("standby");
        }
    }

    @Test
    void open_standbyTooFarBehind_namesTheLag() throws Exception {
        primary.execute("create table if not exists lag (at timestamptz)");
        Await.until(
                Duration.ofSeconds(60),
                () -> standby.query("select to_regclass('lag')").get(0).equals("lag"));
        standby.execute("select pg_wal_replay_pause()");
        try {
            primary.execute("insert into lag values (now())");
            Connecting reader = list("standby")
                    .with("DB_TARGET_SERVER_TYPE", "standby")
                    .with(new ReaderRule(List.of(), Duration.ofMillis(100)));

            Await.until(Duration.ofSeconds(60), () -> taken(reader).equals("wrong_server_role"));

            assertThat(reader.failureMessage())
                    .matches("Cannot connect to 127\\.0\\.0\\.1:" + standby.port()
                            + ": it is \\d+ ms behind its primary, and readerMaxLag is 100 ms\\."
                            + "\\|  Check the replication to this standby, or raise DB_READER_MAX_LAG\\.");
        } finally {
            standby.execute("select pg_wal_replay_resume()");
        }
    }

    /** The last transaction may be hours old although nothing is missing. */
    @Test
    void open_standbyOfAnIdlePrimary_isNotBehind() throws Exception {
        Connecting reader = list("standby")
                .with("DB_TARGET_SERVER_TYPE", "standby")
                .with(new ReaderRule(List.of(), Duration.ofMillis(1)));
        primary.execute("create table if not exists idle (at timestamptz)");

        Await.until(Duration.ofSeconds(60), () -> taken(reader).equals("standby"));
    }

    /** A standby without a connection to its primary has replayed everything that it received, and is still behind. */
    @Test
    void lag_standbyThatLostItsPrimary_isTheAgeOfTheLastTransaction() throws Exception {
        try (PostgresServer lost = primary.standby()) {
            primary.execute("create table if not exists lost (at timestamptz)");
            Await.until(
                    Duration.ofSeconds(60),
                    () -> lost.query("select to_regclass('lost')").get(0).equals("lost"));
            lost.execute("alter system set primary_conninfo = ''", "select pg_reload_conf()");
            try (Connection connection = lost.connect("postgres")) {
                Await.until(Duration.ofSeconds(60), () -> {
                    Duration lag = ReplicationLag.of(connection);
                    return lag != null && lag.toMillis() > 100;
                });
            }
        }
    }

    private static void awaitNoSession(PostgresServer server, String applicationName) {
        Await.until(
                Duration.ofSeconds(60), () -> sessions(server, applicationName).equals("0"));
    }

    private static String sessions(PostgresServer server, String applicationName) {
        return server.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + applicationName + "'")
                .get(0);
    }

    private static String port(Connector connector) throws SQLException {
        try (Connection connection = connector.open(Connecting.BUDGET);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW port")) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static String role(Connector connector) throws SQLException {
        try (Connection connection = connector.open(Connecting.BUDGET)) {
            return role(connection);
        }
    }

    private static Connecting list(String servers) {
        StringBuilder hosts = new StringBuilder();
        StringBuilder ports = new StringBuilder();
        for (String server : List.of(servers.split(", ", -1))) {
            hosts.append(hosts.isEmpty() ? "" : ",").append("127.0.0.1");
            ports.append(ports.isEmpty() ? "" : ",").append((server.equals("primary") ? primary : standby).port());
        }
        return Connecting.to(primary).with("DB_HOST", hosts.toString()).with("DB_PORT", ports.toString());
    }

    private static String taken(Connecting connecting) throws SQLException {
        try (Connection connection = connecting.connector().open(Connecting.BUDGET)) {
            return role(connection);
        } catch (ConnectionFailedException failed) {
            return failed.kind().value();
        }
    }

    private static String role(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(
                        "SELECT CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END")) {
            answer.next();
            return answer.getString(1);
        }
    }
}
