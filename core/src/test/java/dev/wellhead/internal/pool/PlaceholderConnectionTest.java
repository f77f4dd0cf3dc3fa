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

class PlaceholderConnectionTest {

    private final Connection placeholder = PlaceholderConnection.create("Database 'ledger'");

    /** HikariCP does this before it passes a connection to a waiting thread. */
    @Test
    void setUp_onTheCreatingThread_succeeds() throws SQLException {
        placeholder.setNetworkTimeout(Runnable::run, placeholder.getNetworkTimeout());
        placeholder.setReadOnly(!placeholder.isReadOnly());
        placeholder.setAutoCommit(true);
        placeholder.setTransactionIsolation(placeholder.getTransactionIsolation());
        placeholder.setSchema(placeholder.getSchema());
        try (Statement statement = placeholder.createStatement()) {
            statement.execute("set search_path to ledger");
        }
        placeholder.commit();

        assertThat(placeholder.isValid(1)).isTrue();
        assertThat(placeholder.isClosed()).isFalse();
    }

    @Test
    void createStatement_onAnotherThread_reportsThatTheDatabaseIsClosed() {
        CompletableFuture<Statement> other = CompletableFuture.supplyAsync(() -> {
            try {
                return placeholder.createStatement();
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
        assertThatThrownBy(() -> placeholder.prepareStatement("select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessage("Database 'ledger' was closed.");
    }

    @Test
    void identity_isThatOfAnObjectAndNotOfOurConnections() {
        Object same = placeholder;

        assertThat(placeholder)
                .isEqualTo(same)
                .isNotEqualTo(PlaceholderConnection.create("Database 'ledger'"))
                .hasSameHashCodeAs(same)
                .hasToString("a placeholder: Database 'ledger' was closed");
        assertThat(Connector.generationOf(placeholder)).isEqualTo(-1);
    }
}
