package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.internal.connect.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class WakeUpConnectionTest {

    private final Connection wakeUp = WakeUpConnection.create("Database 'ledger'");

    /** HikariCP does this before it passes a connection to a waiting thread. */
    @Test
    void setUp_onTheCreatingThread_succeeds() throws SQLException {
        wakeUp.setNetworkTimeout(Runnable::run, wakeUp.getNetworkTimeout());
        wakeUp.setReadOnly(!wakeUp.isReadOnly());
        wakeUp.setAutoCommit(true);
        wakeUp.setTransactionIsolation(wakeUp.getTransactionIsolation());
        wakeUp.setSchema(wakeUp.getSchema());
        try (Statement statement = wakeUp.createStatement()) {
            statement.execute("set search_path to ledger");
        }
        wakeUp.commit();

        assertThat(wakeUp.isValid(1)).isTrue();
        assertThat(wakeUp.isClosed()).isFalse();
    }

    @Test
    void createStatement_onAnotherThread_reportsThatTheDatabaseIsClosed() {
        CompletableFuture<Statement> other = CompletableFuture.supplyAsync(() -> {
            try {
                return wakeUp.createStatement();
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });

        assertThatThrownBy(other::join)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"))
                .hasMessage("Database 'ledger' was closed.");
    }

    @Test
    void prepareStatement_anyThread_reportsThatTheDatabaseIsClosed() {
        assertThatThrownBy(() -> wakeUp.prepareStatement("select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessage("Database 'ledger' was closed.");
    }

    @Test
    void identity_isThatOfAnObjectAndNotOfOurConnections() {
        Object same = wakeUp;

        assertThat(wakeUp)
                .isEqualTo(same)
                .isNotEqualTo(WakeUpConnection.create("Database 'ledger'"))
                .hasSameHashCodeAs(same)
                .hasToString("a wake-up connection: Database 'ledger' was closed");
        assertThat(Connector.generationOf(wakeUp)).isEqualTo(-1);
    }
}
