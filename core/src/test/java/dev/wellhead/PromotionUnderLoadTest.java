package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.BorrowLoad.Recovery;
import dev.wellhead.testkit.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of hosts, whose primary ends and whose standby is promoted while threads write. */
@Timeout(240)
class PromotionUnderLoadTest {

    private static final int THREADS = 8;

    @Test
    void promotion_writersOnAHostList_followWithoutAFailedBorrow() throws Exception {
        try (PostgresServer primary = PostgresServer.start()) {
            TestDatabase app = TestDatabase.on(primary, "app");
            primary.execute(
                    "create table notes (id bigint generated always as identity)",
                    "grant all on notes to " + app.role());
            try (PostgresServer standby = primary.standby();
                    Database database = open(app, primary, standby);
                    BorrowLoad load = BorrowLoad.start(
                            database,
                            THREADS,
                            "insert into notes default values returning id",
                            Duration.ofMillis(20))) {
                load.awaitUses(50);
                primary.kill();
                standby.promote();
                Recovery recovery = load.awaitRecovery();

                load.print("standby promoted", recovery);
                assertThat(load.failedBorrows()).isEmpty();
                // a standby that is not yet promoted must not be used, and a lost connection costs one statement
                assertThat(load.lostStatements())
                        .hasSizeLessThanOrEqualTo(THREADS)
                        .noneMatch(failure -> "25006".equals(failure.getSQLState()));
            }
        }
    }

    private static Database open(TestDatabase app, PostgresServer primary, PostgresServer standby) throws SQLException {
        return Databases.builder()
                .environment(app.environmentWithPassword(
                        "DB_HOST",
                        primary.host() + "," + standby.host(),
                        "DB_PORT",
                        primary.port() + "," + standby.port(),
                        "DB_MAXIMUM_POOL_SIZE",
                        Integer.toString(THREADS),
                        "DB_CONNECTION_TIMEOUT",
                        "60s"))
                .open();
    }
}
