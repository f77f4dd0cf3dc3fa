package dev.wellhead.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.wellhead.Database;
import dev.wellhead.testkit.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Acquiring and returning a connection allocates no more with meters than without. */
class AllocationTest {

    private static final int BORROWS = 20_000;

    private final MeteredRole role = new MeteredRole(PostgresServer.shared());
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void acquireAndReturn_withMeters_allocateNothingExtra() throws SQLException {
        long without;
        try (Database database =
                role.builder().listener(DatabaseMeters.unbound()).open()) {
            without = bytesPerBorrow(database);
        }
        try (Database database = role.builder()
                .listener(DatabaseMeters.on(new SimpleMeterRegistry()))
                .open()) {
            assertThat(bytesPerBorrow(database)).isLessThanOrEqualTo(without);
        }
    }

    /** {@return the least of five rounds, in whole bytes: the first rounds also load classes, and an event now and then is no borrow} */
    private long bytesPerBorrow(Database database) throws SQLException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BORROWS; i++) {
                database.getConnection().close();
            }
            double allocated = threads.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, Math.round(allocated / BORROWS));
        }
        return least;
    }
}
