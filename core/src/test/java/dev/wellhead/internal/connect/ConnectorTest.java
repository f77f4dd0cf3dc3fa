package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class ConnectorTest {

    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void open_withGoodCredentials_connects() throws Exception {
        try (Connection connection = Connecting.to(server).connector().open(BUDGET);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT current_user")) {
            answer.next();

            assertThat(answer.getString(1)).isEqualTo("postgres");
            assertThat(connection.unwrap(PGConnection.class)).isSameAs(connection);
            assertThat(Connector.generationOf(connection)).isEqualTo(1);
        }
    }
}
