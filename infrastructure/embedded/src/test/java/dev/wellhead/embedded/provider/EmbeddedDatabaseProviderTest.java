package dev.wellhead.embedded.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.spi.LocalDatabaseProvider.Request;
import dev.wellhead.spi.LocalDatabaseProvider.RunningServer;
import dev.wellhead.testkit.FreePort;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseProviderTest {

    @Test
    void provider_onTheClassPath_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LocalDatabaseProvider.class))
                .singleElement()
                .isInstanceOfSatisfying(EmbeddedDatabaseProvider.class, provider -> assertThat(provider.description())
                        .isEqualTo("embedded PostgreSQL 16"));
    }

    @Test
    void provider_calledAgain_returnsTheSameServer() throws Exception {
        RunningServer first = new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "postgres"));
        RunningServer second = new EmbeddedDatabaseProvider().start(new Request("orders", "postgres"));
        assertThat(second).isEqualTo(first);
        assertThat(first.host()).isEqualTo("127.0.0.1");
        assertThat(first.settings()).isEmpty();
        try (Connection connection = connect(second.port(), "orders")) {
            assertThat(rows(connection, "select current_database()")).containsExactly("orders");
        }
    }

    @Test
    void provider_afterItsServerWasKilled_startsAnother() throws Exception {
        RunningServer killed = new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "postgres"));
        try (Connection connection = connect(killed.port(), "monorepo_dev")) {
            String pid = rows(connection, "select split_part(pg_read_file('postmaster.pid'), chr(10), 1)")
                    .get(0);
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().get(60, TimeUnit.SECONDS);
        }

        RunningServer another = new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "postgres"));

        try (Connection connection = connect(another.port(), "monorepo_dev")) {
            assertThat(rows(connection, "select 1")).containsExactly("1");
        }
    }

    @Test
    void provider_withAnotherUser_failsWithTheRemedy() {
        assertThatThrownBy(() -> new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "app")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "its only user is 'postgres', and the settings require the user 'app'. Leave the user and the"
                                + " password unset, or start a server that has this user and set the host.");
    }

    @Test
    void database_ofALocalEnvironmentWithoutAServer_isTheEmbeddedOne() throws Exception {
        String unusedPort = Integer.toString(FreePort.find());
        try (Database database = Databases.builder()
                        .environment(Map.of("DB_PORT", unusedPort))
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(rows(
                            connection,
                            "select currency from ledger.trial_balance where debits = credits order by currency"))
                    .isEqualTo(List.of("EUR", "JPY", "USD"));
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "postgres");
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
