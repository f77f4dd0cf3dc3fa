package dev.wellhead.benchmarks.contestants;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One thread of the load: it acquires a connection, runs a statement, returns the connection and pauses. */
final class Borrower implements Runnable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int number;
    private final DataSource pool;
    private final @Nullable HikariDataSource hikari;
    private final LoadPlan plan;
    private final LoadGate gate;
    private final OperationLog log;

    /** When the current operation began and acquired its connection; 0 if it has not. */
    private volatile long began;

    private volatile long acquired;
    private volatile boolean connected;

    Borrower(int number, DataSource pool, LoadPlan plan, LoadGate gate, OperationLog log) throws SQLException {
        this.number = number;
        this.pool = pool;
        this.hikari = pool.isWrapperFor(HikariDataSource.class) ? pool.unwrap(HikariDataSource.class) : null;
        this.plan = plan;
        this.gate = gate;
        this.log = log;
    }

    @Override
    public void run() {
        for (int round = 1; gate.isOpen(); round++) {
            operate(plan.evictOneIn() > 0 && round % plan.evictOneIn() == 0);
            LockSupport.parkNanos(plan.pauseMillis() * NANOS_PER_MILLI);
        }
    }

    /** {@return whether this thread has run a statement} */
    boolean isConnected() {
        return connected;
    }

    /** Logs the operation that has not ended yet, if there is one. */
    void logPending() {
        long begin = began;
        if (begin != 0) {
            log.pending(number, isWriter(), begin, acquired);
        }
    }

    private void operate(boolean evict) {
        acquired = 0;
        began = OperationLog.now();
        try (Connection connection = pool.getConnection()) {
            acquired = OperationLog.now();
            try (Statement statement = connection.createStatement()) {
                statement.execute(isWriter() ? plan.write() : plan.read());
            }
            log.answered(number, isWriter(), began, acquired);
            connected = true;
            if (evict) {
                evict(connection);
            }
        } catch (SQLException | RuntimeException e) {
            log.failed(number, isWriter(), began, acquired, e);
        } finally {
            began = 0;
        }
    }

    /** Makes the pool open another connection in place of this one when it is returned. */
    private void evict(Connection connection) {
        if (hikari != null) {
            hikari.evictConnection(connection);
            return;
        }
        // Agroal has no method for it, but it closes a connection whose session has ended
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pg_backend_pid())");
        } catch (SQLException e) {
            // the answer of a session that ends
        }
    }

    private boolean isWriter() {
        return !plan.write().isEmpty() && number % 2 == 0;
    }
}
