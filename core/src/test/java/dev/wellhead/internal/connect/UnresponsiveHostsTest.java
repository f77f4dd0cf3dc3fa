package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Servers and addresses that accept connections or packets and do not answer, in front of one that does. */
class UnresponsiveHostsTest {

    private static final PostgresServer SERVER = PostgresServer.shared();

    @Test
    void open_firstServerAcceptsAndStaysSilent_isTriedLastFromThenOn() throws SQLException {
        try (FaultProxy silent = FaultProxy.to(SERVER)) {
            silent.blackHole();
            Connecting connecting = first(silent);
            Connector connector = connecting.connector();

            assertThat(port(connector)).isEqualTo(Integer.toString(SERVER.port()));
            assertThat(silent.connectionCount()).isEqualTo(1);
            for (int i = 0; i < 5; i++) {
                assertThat(port(connector)).isEqualTo(Integer.toString(SERVER.port()));
            }
            assertThat(silent.connectionCount()).isEqualTo(1);
            assertThat(connecting.events().recorded()).containsOnlyOnce("failed timed_out 08001");
        }
    }

    @Test
    void open_firstServerAnswersNoTlsHandshake_isTriedLastFromThenOn() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(SSLContext.getDefault(), session -> {
            session.hearStartup();
            session.send(ServerSession.text("S"));
            session.hearTls();
            session.hear();
        })) {
            Connecting connecting = Connecting.to(SERVER)
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", silent.port() + "," + SERVER.port())
                    .with("DB_SSLMODE", "prefer");
            Connector connector = connecting.connector();

            for (int i = 0; i < 3; i++) {
                assertThat(port(connector)).isEqualTo(Integer.toString(SERVER.port()));
            }

            assertThat(connecting.events().recorded()).containsOnlyOnce("failed timed_out 08001");
        }
    }

    @Test
    void open_silentServerAnswersAgain_isTriedFirstAfterAboutTenSeconds() throws SQLException {
        try (FaultProxy silent = FaultProxy.to(SERVER)) {
            silent.blackHole();
            Connecting connecting = first(silent);
            Connector connector = connecting.connector();
            port(connector);
            silent.pass();
            int before = silent.connectionCount();

            port(connector);
            assertThat(silent.connectionCount()).isEqualTo(before);
            connecting.elapse(Duration.ofSeconds(12).toNanos());
            port(connector);
            port(connector);

            assertThat(silent.connectionCount()).isEqualTo(before + 2);
        }
    }

    @Test
    void open_firstServerSwallowsPackets_isTriedLastFromThenOn() throws SQLException {
        try (BlackHole hole = BlackHole.open()) {
            Connecting connecting = Connecting.to(SERVER)
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", hole.port() + "," + SERVER.port());
            Connector connector = connecting.connector();

            for (int i = 0; i < 5; i++) {
                assertThat(port(connector)).isEqualTo(Integer.toString(SERVER.port()));
            }

            assertThat(connecting.events().recorded()).containsOnlyOnce("failed timed_out 08001");
        }
    }

    @Test
    void open_silentServerAndTheOthersFail_isTriedWithTheTimeThatIsLeft() throws SQLException {
        try (FaultProxy slow = FaultProxy.to(SERVER);
                FaultProxy down = FaultProxy.to(SERVER)) {
            slow.blackHole();
            Connecting connecting = Connecting.to(SERVER)
                    .with("DB_HOST", "127.0.0.1,127.0.0.1")
                    .with("DB_PORT", slow.port() + "," + down.port());
            Connector connector = connecting.connector();
            port(connector);
            down.refuse();
            slow.delay(Duration.ofMillis(600));

            assertThat(port(connector)).isEqualTo(Integer.toString(SERVER.port()));
        }
    }

    /** One name with two addresses: the first one accepts connections and stays silent. */
    @Test
    void open_firstAddressStaysSilent_isTriedLastFromThenOn() throws Exception {
        try (ServerSocket deaf = new ServerSocket(SERVER.port(), 50, loopback(2))) {
            InetAddress[] addresses = {loopback(2), loopback(1)};
            Connecting connecting = Connecting.to("db.example", SERVER.port()).with(host -> addresses.clone());
            Connector connector = connecting.connector();

            for (int i = 0; i < 5; i++) {
                assertThat(port(connector)).isEqualTo(Integer.toString(SERVER.port()));
            }

            assertThat(connecting.events().recorded()).containsOnlyOnce("failed timed_out 08001");
            assertThat(deaf.isBound()).isTrue();
        }
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static Connecting first(FaultProxy proxy) {
        return Connecting.to(SERVER)
                .with("DB_HOST", "127.0.0.1,127.0.0.1")
                .with("DB_PORT", proxy.port() + "," + SERVER.port());
    }

    private static String port(Connector connector) throws SQLException {
        try (Connection connection = connector.open(Connecting.BUDGET);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW port")) {
            answer.next();
            return answer.getString(1);
        }
    }
}
