package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.connect.net.NameResolver;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No step of a connect outlives its deadline, and no server of a list starves the next. */
class DeadlinesTest {

    private static final Duration SLACK = Duration.ofSeconds(2);

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void open_addressThatDropsPackets_endsInTime() {
        try (BlackHole hole = BlackHole.open()) {
            ConnectionFailedException failure = endsWithin(
                    Duration.ofMillis(300),
                    Connecting.to(hole.host(), hole.port()).with("DB_CONNECT_TIMEOUT", "300ms"));

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + hole.port()
                            + ": the address does not answer within 300 ms."
                            + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                            + "|  Check DB_HOST and DB_PORT. A firewall or security group that drops packets has the"
                            + " same effect.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require"})
    void open_serverThatStaysSilent_endsInTime(String mode) {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.blackHole();

            ConnectionFailedException failure = endsWithin(
                    Duration.ofMillis(300),
                    Connecting.to(proxy.host(), proxy.port())
                            .with("DB_SSLMODE", mode)
                            .with("DB_CONNECT_TIMEOUT", "300ms"));

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + proxy.port()
                            + ": it accepted the connection but sent nothing within 300 ms."
                            + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                            + "|  Check that DB_PORT is the port of a PostgreSQL server."
                            + " If the server is slow, raise DB_CONNECT_TIMEOUT.");
        }
    }

    @Test
    void open_serverThatTrickles_endsInTime() {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.trickle(Duration.ofMillis(50));

            ConnectionFailedException failure = endsWithin(
                    Duration.ofMillis(400),
                    Connecting.to(proxy.host(), proxy.port()).with("DB_CONNECT_TIMEOUT", "400ms"));

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + proxy.port()
                            + ": it did not complete the login within 400 ms."
                            + "|  From: host (environment variable DB_HOST); port (environment variable DB_PORT)"
                            + "|  If the server is slow, raise DB_CONNECT_TIMEOUT.");
        }
    }

    @Test
    void open_nameThatNobodyResolves_endsInTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try {
            Connecting connecting = Connecting.to("db.example.com", 5432)
                    .with("DB_CONNECT_TIMEOUT", "300ms")
                    .with((NameResolver.Lookup) host -> {
                        awaitQuietly(never);
                        return new InetAddress[0];
                    });

            ConnectionFailedException failure = endsWithin(Duration.ofMillis(300), connecting);

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to db.example.com:5432: the host name does not resolve within 300 ms."
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

            long begin = System.nanoTime();
            ConnectionFailedException failure = Connecting.failure(connecting.connector(), Duration.ofMinutes(1));

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(failure.getMessage()).contains("within 540 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofMillis(540).plus(SLACK));
        }
    }

    @Test
    void open_firstServerIsABlackHole_reachesTheSecond() throws SQLException {
        try (BlackHole hole = BlackHole.open()) {
            Connecting connecting = Connecting.to(server)
                    .with("DB_HOST", hole.host() + "," + server.host())
                    .with("DB_PORT", hole.port() + "," + server.port())
                    .with("DB_CONNECT_TIMEOUT", "30s");

            long begin = System.nanoTime();
            try (Connection connection = connecting.connector().open(Duration.ofSeconds(1))) {
                assertThat(connection.isValid(1)).isTrue();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofMillis(500).plus(SLACK));
            assertThat(connecting.events().told())
                    .containsExactly("failed timed_out 08001", "opened generation 1 tls none", "closed generation 1");
        }
    }

    @Test
    void open_firstAddressOfTheHostAnswersNothing_reachesTheSecond() throws SQLException {
        // 127.0.0.1 and not all of loopback is where the server listens
        Connecting connecting = Connecting.to("db.example.com", server.port()).with((NameResolver.Lookup)
                host -> new InetAddress[] {HostNames.literal("127.0.0.2"), HostNames.literal("127.0.0.1")});

        try (Connection connection = connecting.connector().open(Connecting.BUDGET)) {
            assertThat(connection.isValid(1)).isTrue();
        }

        assertThat(connecting.events().told())
                .containsExactly("failed refused 08001", "opened generation 1 tls none", "closed generation 1");
    }

    @Test
    void open_afterTheAttempt_readsAsLongAsTheySay() throws SQLException {
        Connecting connecting = Connecting.to(server).with("DB_CONNECT_TIMEOUT", "300ms");

        try (Connection connection = connecting.connector().open(Connecting.BUDGET);
                Statement statement = connection.createStatement()) {
            assertThat(connection.getNetworkTimeout()).isZero();
            assertThat(statement.execute("SELECT pg_sleep(0.6)")).isTrue();
        }
    }

    @Test
    void open_withSocketTimeout_boundsLaterReads() throws SQLException {
        Connecting connecting = Connecting.to(server).with("DB_SOCKET_TIMEOUT", "250ms");

        try (Connection connection = connecting.connector().open(Connecting.BUDGET);
                Statement statement = connection.createStatement()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(250);
            long begin = System.nanoTime();
            assertThat(catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(5)"))
                            .getSQLState())
                    .isEqualTo("08006");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofMillis(250).plus(SLACK));
        }
    }

    private static ConnectionFailedException endsWithin(Duration deadline, Connecting connecting) {
        Connector connector = connecting.connector();
        long begin = System.nanoTime();
        ConnectionFailedException failure = Connecting.failure(connector, Connecting.BUDGET);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(took).isBetween(deadline.minusMillis(20), deadline.plus(SLACK));
        return failure;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
