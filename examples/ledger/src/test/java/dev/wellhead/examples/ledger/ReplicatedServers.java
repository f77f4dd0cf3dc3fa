package dev.wellhead.examples.ledger;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.time.Duration;
import java.util.List;

/**
 * A primary and its synchronous standby. A transaction is acknowledged after the standby has applied it, so no
 * acknowledged transaction is lost if the primary ends.
 */
final class ReplicatedServers implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private PostgresServer primary;
    private PostgresServer standby;

    private ReplicatedServers(PostgresServer primary) {
        this.primary = primary;
        this.standby = standbyOf(primary);
    }

    /** @param database a database of the primary, whose transactions wait for the standby */
    static ReplicatedServers start(PostgresServer primary, String database) {
        // the testkit's servers start with off, which a setting of the database overrides
        primary.execute("alter database " + database + " set synchronous_commit = remote_apply");
        return new ReplicatedServers(primary);
    }

    private static PostgresServer standbyOf(PostgresServer primary) {
        PostgresServer standby = primary.standby();
        primary.execute("alter system set synchronous_standby_names = '*'", "select pg_reload_conf()");
        Await.until(
                LIMIT, "the standby is synchronous", () -> primary.query("select sync_state from pg_stat_replication")
                        .equals(List.of("sync")));
        return standby;
    }

    PostgresServer primary() {
        return primary;
    }

    PostgresServer standby() {
        return standby;
    }

    /** Promotes the standby. The old primary must have ended, so that it cannot acknowledge transactions any more. */
    void promote() {
        primary.close();
        standby.promote();
        primary = standby;
    }

    /** Starts a new standby of the server that {@link #promote} promoted. */
    void replaceStandby() {
        standby = standbyOf(primary);
    }

    @Override
    public void close() {
        primary.close();
        standby.close();
    }
}
