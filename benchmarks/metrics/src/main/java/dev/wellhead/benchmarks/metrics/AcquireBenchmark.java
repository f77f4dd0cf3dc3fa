package dev.wellhead.benchmarks.metrics;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Acquires and returns a connection, and does nothing with it. All connections of the pool are open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AcquireBenchmark {

    @Param("")
    String poolClass = "";

    @Param("localhost")
    String host = "";

    @Param("5432")
    int port;

    private DataSource pool = new com.zaxxer.hikari.HikariDataSource();

    /**
     * Opens the pool by class name, because the class path contains only the dependencies of the measured library. It uses
     * another thread, like a service that opens its database at the start: otherwise the ThreadLocals of the opening
     * would slow down HikariCP's own.
     */
    @Setup
    public void open() throws InterruptedException, ExecutionException {
        ExecutorService opener = Executors.newSingleThreadExecutor();
        try {
            pool = opener.submit(() -> {
                        MeasuredPool opened = Class.forName(poolClass)
                                .asSubclass(MeasuredPool.class)
                                .getDeclaredConstructor()
                                .newInstance();
                        return MeasuredPool.filled(opened.open(host, port));
                    })
                    .get();
        } finally {
            opener.shutdown();
        }
    }

    @TearDown
    public void close() throws Exception {
        ((AutoCloseable) pool).close();
    }

    @Benchmark
    public void acquire() throws SQLException {
        pool.getConnection().close();
    }
}
