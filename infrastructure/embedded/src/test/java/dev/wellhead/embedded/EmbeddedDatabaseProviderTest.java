package dev.wellhead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.spi.LocalDatabaseProvider.Request;
import dev.wellhead.spi.LocalDatabaseProvider.RunningServer;
import dev.wellhead.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseProviderTest {

    @Test
    void provider_isFoundByItsService() {
        assertThat(ServiceLoader.load(LocalDatabaseProvider.class))
                .singleElement()
                .isInstanceOfSatisfying(EmbeddedDatabaseProvider.class, provider -> assertThat(provider.description())
                        .isEqualTo("embedded PostgreSQL 16"));
    }

    @Test
    void provider_askedAgain_answersWithTheSameServer() throws Exception {
        RunningServer first = new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "postgres"));
        RunningServer second = new EmbeddedDatabaseProvider().start(new Request("orders", "postgres"));
        assertThat(second).isEqualTo(first);
        assertThat(first.host()).isEqualTo("127.0.0.1");
        assertThat(first.settings()).isEmpty();
        try (Connection connection = Sql.connect(second.port(), "orders")) {
            assertThat(Queries.rows(connection, "select current_database()")).containsExactly("orders");
        }
    }

    @Test
    void provider_serverWasKilled_startsAnother() throws Exception {
        RunningServer killed = new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "postgres"));
        try (Connection connection = Sql.connect(killed.port(), "monorepo_dev")) {
            Path data = Path.of(Queries.rows(connection, "show data_directory").get(0));
            ProcessHandle postmaster =
                    PostmasterPid.read(data).orElseThrow().process(data).orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().get(10, TimeUnit.SECONDS);
        }

        RunningServer another = new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "postgres"));

        try (Connection connection = Sql.connect(another.port(), "monorepo_dev")) {
            assertThat(Queries.rows(connection, "select 1")).containsExactly("1");
        }
    }

    @Test
    void provider_askedForAnotherUser_saysWhatToDo() {
        assertThatThrownBy(() -> new EmbeddedDatabaseProvider().start(new Request("monorepo_dev", "app")))
                .isInstanceOf(IOException.class)
                .hasMessage("it has the user 'postgres' alone, and the settings name 'app'. Leave the user and the"
                        + " password unset, or start a server that has this user and set the host.");
    }

    @Test
    void database_ofALocalEnvironmentWithNothingThere_isTheEmbeddedOne() throws Exception {
        String nobodyListens = Integer.toString(FreePort.find());
        try (Database database = Databases.builder()
                        .environment(Map.of("DB_PORT", nobodyListens))
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(Queries.rows(
                            connection,
                            "select currency from ledger.trial_balance where debits = credits" + " order by currency"))
                    .isEqualTo(List.of("EUR", "JPY", "USD"));
        }
    }
}
