package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolFigures;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

/** What a listener is told of borrowers, on real connections. */
class BorrowTimesTest {

    private static final int BORROWS = 30;

    /** What is known to the millisecond alone is told as its middle, or as nothing. */
    private static final long HALF_A_MILLISECOND = 500_000;

    /** HikariCP's aliveBypassWindowMs, and a little more: whoever borrows after that makes it validate. */
    private static final Duration UNVALIDATED = Duration.ofMillis(520);

    private final List<Long> uses = new ArrayList<>();

    @Test
    void use_withAQuery_isKnownMoreExactlyThanToTheMillisecond() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        try (Database database = open(server)) {
            assertExact(database, BorrowTimesTest::query);
        }
    }

    @Test
    void use_withAQueryOverTls_isKnownMoreExactlyThanToTheMillisecond() throws SQLException {
        CertificateAuthority authority = CertificateAuthority.create("Borrows");
        try (PostgresServer server = PostgresServer.builder()
                        .tls(authority.server("localhost", "127.0.0.1"))
                        .start();
                Database database = open(server, "DB_SSLMODE", "require")) {
            assertExact(database, BorrowTimesTest::query);
        }
    }

    @Test
    void use_inWhichTheBorrowerSetsTheNetworkTimeout_isKnownAsExactly() throws SQLException {
        try (Database database = open(PostgresServer.shared())) {
            assertExact(database, connection -> {
                connection.setNetworkTimeout(Runnable::run, 5_000);
                query(connection);
            });
        }
    }

    @Test
    void use_inWhichTheBorrowerSetsTheNetworkTimeoutAndBack_isKnownAsExactly() throws SQLException {
        try (Database database = open(PostgresServer.shared())) {
            assertExact(database, connection -> {
                int before = connection.getNetworkTimeout();
                connection.setNetworkTimeout(Runnable::run, 5_000);
                query(connection);
                connection.setNetworkTimeout(Runnable::run, before);
            });
        }
    }

    @Test
    void use_inWhichTheBorrowerValidates_isKnownAsExactly() throws SQLException {
        try (Database database = open(PostgresServer.shared())) {
            assertExact(
                    database, connection -> assertThat(connection.isValid(1)).isTrue());
        }
    }

    private static void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private void assertExact(Database database, ThrowingConsumer<Connection> borrower) throws SQLException {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < BORROWS; i++) {
            long begin = System.nanoTime();
            try (Connection connection = database.getConnection()) {
                borrower.accept(connection);
            }
            took.add(System.nanoTime() - begin);
        }
        assertThat(uses).hasSize(BORROWS);
        for (int i = 0; i < BORROWS; i++) {
            assertThat(uses.get(i)).isPositive().isLessThanOrEqualTo(took.get(i) + HALF_A_MILLISECOND);
        }
        assertThat(uses).filteredOn(nanos -> nanos % HALF_A_MILLISECOND != 0).hasSizeGreaterThan(BORROWS / 2);
    }

    @Test
    void use_inWhichNothingIsSent_isKnownToTheMillisecond() throws SQLException {
        try (Database database = open(PostgresServer.shared())) {
            for (int i = 0; i < BORROWS; i++) {
                database.getConnection().close();
            }
        }

        assertThat(uses).hasSize(BORROWS).allMatch(nanos -> nanos % HALF_A_MILLISECOND == 0);
        assertThat(uses).filteredOn(nanos -> nanos == 0).hasSizeGreaterThan(BORROWS / 2);
    }

    @Test
    void use_ofAConnectionThatWasValidatedFirst_doesNotCountWhatThatSent() throws SQLException {
        try (Database database = open(PostgresServer.shared())) {
            database.getConnection().close();
            long idleSince = System.nanoTime();
            Await.until(Duration.ofSeconds(10), () -> System.nanoTime() - idleSince > UNVALIDATED.toNanos());
            database.getConnection().close();
        }

        assertThat(uses).hasSize(2).allMatch(nanos -> nanos % HALF_A_MILLISECOND == 0);
    }

    private Database open(PostgresServer server, String... more) throws SQLException {
        String password = "hush-4713";
        TestDatabase database = TestDatabase.on(server, password);
        List<String> settings = new ArrayList<>(List.of("DB_PASSWORD", password, "DB_MAXIMUM_POOL_SIZE", "1"));
        settings.addAll(List.of(more));
        return Databases.builder()
                .environment(database.environment(settings.toArray(new String[0])))
                .listener(new Uses())
                .open();
    }

    private final class Uses implements DatabaseListener {

        @Override
        public BorrowListener poolOpening(PoolFigures pool) {
            return new BorrowListener() {
                @Override
                public void acquired(long nanos) {
                    assertThat(nanos).isNotNegative();
                }

                @Override
                public void returned(long nanos) {
                    uses.add(nanos);
                }

                @Override
                public void timedOut() {
                    throw new AssertionError("nobody waits");
                }
            };
        }
    }
}
