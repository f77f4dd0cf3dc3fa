package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttemptHistoryTest {

    private final AttemptHistory history = new AttemptHistory();

    @Test
    void contradictions_outcomesThatHold_areNone() {
        history.committed(history.begin());
        history.failed(history.begin(), "08007");
        history.failed(history.begin(), "08007");
        history.failed(history.begin(), "08006");

        Set<Long> inDatabase = Set.of(1L, 2L);

        assertThat(history.contradictions(inDatabase)).isEmpty();
        assertThat(history.unknownButCommitted(inDatabase)).isEqualTo(1);
        assertThat(history.counts()).isEqualTo(Map.of("committed", 1, "08007", 2, "08006", 1));
    }

    @Test
    void contradictions_outcomesThatDoNotHold_areNamed() {
        history.committed(history.begin());
        history.failed(history.begin(), "08006");
        history.begin();

        assertThat(history.contradictions(Set.of(2L, 3L, 4L)))
                .containsExactly(
                        "attempt 1 was acknowledged and lost",
                        "attempt 2 was committed, but its client received 08006",
                        "attempt 3 was committed, but its client received unfinished",
                        "attempt 4 was never made");
    }

    @Test
    void inDatabase_afterARollback_containsOnlyCommittedAttempts() throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create temporary table attempts (id bigint primary key)");
            connection.setAutoCommit(false);
            history.mark(connection, history.begin());
            connection.commit();
            history.mark(connection, history.begin());
            connection.rollback();

            assertThat(AttemptHistory.inDatabase(connection)).containsExactly(1L);
        }
    }
}
