package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.internal.connect.net.NameResolver;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every step of an attempt ends at its deadline, and an unresponsive server leaves time for the next one. */
@Timeout(120)
class DeadlinesTest {

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void open_addressThatDropsPackets_timesOut() {
        try (BlackHole hole = BlackHole.open()) {
            ConnectionFailedException failure = Connecting.to(hole.host(), hole.port())
                    .with("DB_CONNECT_TIMEOUT", "300ms")
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + hole.port()
                            + ": the address does not answer within 300 ms (DB_HOST, DB_PORT)."
                            + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                            + "|  Check DB_HOST and DB_PORT. A firewall or security group that drops packets has the"
                            + " same effect.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require"})
    void open_serverThatSendsNothing_timesOut(String mode) {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.blackHole();

            ConnectionFailedException failure = Connecting.to(proxy.host(), proxy.port())
                    .with("DB_SSLMODE", mode)
                    .with("DB_CONNECT_TIMEOUT", "300ms")
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + proxy.port()
                            + ": it accepted the connection but sent nothing within 300 ms (DB_HOST, DB_PORT)."
                            + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                            + "|  Correct DB_PORT if it is not the port of a PostgreSQL server."
                            + " If the server is slow, raise DB_CONNECT_TIMEOUT.");
        }
    }

    @Test
    void open_serverThatSendsSlowly_timesOut() {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.trickle(Duration.ofMillis(50));

            ConnectionFailedException failure = Connecting.to(proxy.host(), proxy.port())
                    .with("DB_CONNECT_TIMEOUT", "1500ms")
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + proxy.port()
                            + ": it did not complete the login within 1500 ms (DB_HOST, DB_PORT)."
                            + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                            + "|  If the server is slow, raise DB_CONNECT_TIMEOUT.");
        }
    }

    @Test
    void open_resolverThatDoesNotAnswer_timesOut() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try {
            Connecting connecting = Connecting.to("db.example.com", 5432)
                    .with("DB_CONNECT_TIMEOUT", "300ms")
                    .with((NameResolver.Lookup) host -> {
                        awaitQuietly(never);
                        return new InetAddress[0];
                    });

            ConnectionFailedException failure = connecting.failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo(
                            "Cannot connect to db.example.com:5432: the host name does not resolve within 300 ms (DB_HOST, DB_PORT)."
                                    + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                                    + "|  Check that the DNS servers of this machine answer.");
        } finally {
            never.countDown();
        }
    }

    @Test
    void open_anyConnectTimeout_staysBelowConnectionTimeout() {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.blackHole();
            Connecting connecting = Connecting.to(proxy.host(), proxy.port())
                    .with("DB_CONNECT_TIMEOUT", "600ms")
                    .with("DB_CONNECTION_TIMEOUT", "600ms")
                    .with("DB_VALIDATION_TIMEOUT", "250ms");

            ConnectionFailedException failure = Connecting.failure(connecting.connector(), Duration.ofMinutes(10));

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(failure.getMessage()).contains("within 540 ms");
        }
    }

    @Test
    void open_firstServerDropsPackets_reachesTheSecond() throws SQLException {
        try (BlackHole hole = BlackHole.open()) {
            Connecting connecting = Connecting.to(server)
                    .with("DB_HOST", hole.host() + "," + server.host())
                    .with("DB_PORT", hole.port() + "," + server.port())
                    .with("DB_CONNECT_TIMEOUT", "30s");

            try (Connection connection = connecting.connector().open(Duration.ofSeconds(4))) {
                assertThat(connection.isValid(10)).isTrue();
            }

            assertThat(connecting.events().recorded())
                    .containsExactly("failed timed_out 08001", "opened generation 1 tls none", "closed generation 1");
        }
    }

    @Test
    void open_firstAddressOfTheHostRefuses_reachesTheSecond() throws SQLException {
        // the server listens on 127.0.0.1 only
        Connecting connecting = Connecting.to("db.example.com", server.port())
                .with((NameResolver.Lookup) host -> new InetAddress[] {loopback(2), loopback(1)});

        try (Connection connection = connecting.connector().open(Connecting.BUDGET)) {
            assertThat(connection.isValid(1)).isTrue();
        }

        assertThat(connecting.events().recorded())
                .containsExactly("failed refused 08001", "opened generation 1 tls none", "closed generation 1");
    }

    @Test
    void open_onceConnected_connectTimeoutNoLongerApplies() throws SQLException {
        Connecting connecting = Connecting.to(server).with("DB_CONNECT_TIMEOUT", "1500ms");

        try (Connection connection = connecting.connector().open(Connecting.BUDGET);
                Statement statement = connection.createStatement()) {
            assertThat(connection.getNetworkTimeout()).isZero();
            assertThat(statement.execute("SELECT pg_sleep(2)")).isTrue();
        }
    }

    @Test
    void open_withSocketTimeout_limitsReadsOfTheConnection() throws SQLException {
        Connecting connecting = Connecting.to(server).with("DB_SOCKET_TIMEOUT", "250ms");

        try (Connection connection = connecting.connector().open(Connecting.BUDGET);
                Statement statement = connection.createStatement()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(250);
            assertThat(catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(5)"))
                            .getSQLState())
                    .isEqualTo("08006");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }
}
