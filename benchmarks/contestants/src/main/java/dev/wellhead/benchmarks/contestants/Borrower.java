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
    private final @Nullable HikariDataSource evicting;
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
        this.evicting = plan.evictOneIn() > 0 ? pool.unwrap(HikariDataSource.class) : null;
        this.plan = plan;
        this.gate = gate;
        this.log = log;
    }

    @Override
    public void run() {
        for (int round = 1; gate.isOpen(); round++) {
            operate(evicting != null && round % plan.evictOneIn() == 0);
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
            if (evict && evicting != null) {
                evicting.evictConnection(connection);
            }
        } catch (SQLException | RuntimeException e) {
            log.failed(number, isWriter(), began, acquired, e);
        } finally {
            began = 0;
        }
    }

    private boolean isWriter() {
        return !plan.write().isEmpty() && number % 2 == 0;
    }
}
