package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
                        + ": it is a standby, and targetServerType is primary."
                        + "|  From: targetServerType (environment variable DB_TARGET_SERVER_TYPE)"
                        + "|  List a server with this role in DB_HOST, or change DB_TARGET_SERVER_TYPE.");
    }

    @Test
    void open_wrongRole_closesTheSession() {
        Connecting connecting =
                list("standby").with("DB_TARGET_SERVER_TYPE", "primary").with("DB_APPLICATION_NAME", "leftover");

        assertThat(connecting.failure().kind()).isEqualTo(FailureKind.WRONG_SERVER_ROLE);
        Await.until(Connecting.BUDGET, () -> standby.query(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'leftover'")
                .get(0)
                .equals("0"));
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
        Connector connector =
                list("primary, standby").with("DB_LOAD_BALANCE_HOSTS", "random").connector();
        Set<String> taken = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            try (Connection connection = connector.open(Connecting.BUDGET)) {
                taken.add(role(connection));
            }
        }

        assertThat(taken).containsExactlyInAnyOrder("primary", "standby");
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
