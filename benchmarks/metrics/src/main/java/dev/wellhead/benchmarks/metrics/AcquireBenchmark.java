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

/** Acquire and return, and nothing in between: the connections are open and are left alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AcquireBenchmark {

    @Param("")
    String subject = "";

    @Param("localhost")
    String host = "";

    @Param("5432")
    int port;

    private DataSource pool = new com.zaxxer.hikari.HikariDataSource();

    /**
     * By name: the class path has the one that is measured, and not what the others need. On a thread of its own, as a
     * service opens its database: what that leaves in the thread's ThreadLocals would be in the way of HikariCP's own.
     */
    @Setup
    public void open() throws InterruptedException, ExecutionException {
        ExecutorService opener = Executors.newSingleThreadExecutor();
        try {
            pool = opener.submit(() -> {
                        Subject opened = Class.forName(subject)
                                .asSubclass(Subject.class)
                                .getDeclaredConstructor()
                                .newInstance();
                        return Subject.filled(opened.open(host, port));
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
