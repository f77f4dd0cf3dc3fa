package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.pool.recovery.OfflineConnections;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final OpenConnections connections = new OpenConnections(2);

    @Test
    void newestGeneration_noConnections_isMinusOne() {
        assertThat(connections.newestGeneration()).isEqualTo(-1);
        assertThat(connections.countOlderThan(1)).isZero();
    }

    @Test
    void countOlderThan_closedConnection_isNotCounted() throws SQLException {
        Connection first = OfflineConnections.open();
        connections.add(first);
        connections.add(OfflineConnections.open());
        assertThat(connections.countOlderThan(1)).isEqualTo(2);

        first.close();

        assertThat(connections.countOlderThan(1)).isEqualTo(1);
    }

    /** A connection whose state cannot be read has left the pool or will leave it: it never delays a retirement. */
    @Test
    void countOlderThan_brokenConnection_isNotCounted() {
        connections.add(OfflineConnections.broken());

        assertThat(connections.countOlderThan(1)).isZero();
    }

    @Test
    void countOlderThan_sameGeneration_isNotCounted() {
        connections.add(OfflineConnections.open());

        assertThat(connections.countOlderThan(-1)).isZero();
        assertThat(connections.countOlderThan(0)).isEqualTo(1);
    }

    /** Without the removal, a pool with short-lived connections would keep the closed ones until the next rotation. */
    @Test
    void add_twiceAsManyAsThePoolHolds_removesTheClosedOnes() throws SQLException {
        for (int i = 0; i < 1_000; i++) {
            Connection connection = OfflineConnections.open();
            connections.add(connection);
            connection.close();
        }
        connections.add(OfflineConnections.open());

        assertThat(connections.size()).isLessThanOrEqualTo(4);
    }

    /** The listener identifies the server, which costs a round trip. */
    @Test
    void add_connectionThatWasAddedBefore_notifiesTheListenerOnce() throws SQLException {
        List<PhysicalConnection> opened = new ArrayList<>();
        connections.listenWith(new OpenConnections.OpenListener() {
            @Override
            public void openedFirst(PhysicalConnection connection) {
                throw new AssertionError("no connection was open");
            }

            @Override
            public void opened(PhysicalConnection connection) {
                opened.add(connection);
            }
        });
        try (Connection connection =
                Connecting.to(PostgresServer.shared()).connector().open(Connecting.BUDGET)) {
            connections.add(connection);
            connections.add(connection);

            assertThat(opened).hasSize(1);
        }
    }
}
