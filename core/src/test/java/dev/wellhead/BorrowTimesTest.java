package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The times that a borrow listener receives from real connections. */
class BorrowTimesTest {

    private static final int BORROWS = 30;

    private final List<Long> waits = new ArrayList<>();
    private final List<Long> uses = new ArrayList<>();

    @Test
    void borrows_areReportedOnceEach_andNotLongerThanTheyTook() throws SQLException {
        List<Long> took = new ArrayList<>();
        try (Database database = open()) {
            for (int i = 0; i < BORROWS; i++) {
                long begin = System.nanoTime();
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("select 1");
                }
                took.add(System.nanoTime() - begin);
            }
        }

        assertThat(waits).hasSize(BORROWS).allMatch(nanos -> nanos >= 0);
        assertThat(uses).hasSize(BORROWS);
        for (int i = 0; i < BORROWS; i++) {
            assertThat(waits.get(i)).isLessThanOrEqualTo(took.get(i));
            assertThat(uses.get(i)).isBetween(0L, TimeUnit.NANOSECONDS.toMillis(took.get(i)));
        }
    }

    @Test
    void use_withAStatementOf20Milliseconds_isAtLeastAsLong() throws SQLException {
        try (Database database = open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(0.02)");
        }

        assertThat(uses).singleElement().satisfies(millis -> assertThat(millis).isGreaterThanOrEqualTo(19));
    }

    private Database open() throws SQLException {
        String password = "hush-4713";
        TestDatabase database = TestDatabase.on(PostgresServer.shared(), password);
        return Databases.builder()
                .environment(database.environment("DB_PASSWORD", password, "DB_MAXIMUM_POOL_SIZE", "1"))
                .listener(new BorrowRecorder())
                .open();
    }

    private final class BorrowRecorder implements DatabaseListener {

        @Override
        public BorrowListener poolOpening(PoolStats pool) {
            return new BorrowListener() {
                @Override
                public void acquired(long nanos) {
                    waits.add(nanos);
                }

                @Override
                public void returned(long millis) {
                    uses.add(millis);
                }

                @Override
                public void timedOut() {
                    throw new AssertionError("no wait is expected to time out");
                }
            };
        }
    }
}
