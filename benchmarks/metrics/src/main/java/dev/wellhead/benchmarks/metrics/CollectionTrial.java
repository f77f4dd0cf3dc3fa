package dev.wellhead.benchmarks.metrics;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.otel.DatabaseTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures how long it takes to collect the metrics of a hundred pools. Prints the median and the 95th percentile in
 * milliseconds for four cases: without a borrow, after a hundred borrows from each pool, immediately after several threads
 * each borrowed as often, and while another thread borrows.
 */
public final class CollectionTrial {

    private static final int POOLS = 100;
    private static final int BORROWS = 100;
    private static final int THREADS = 8;
    private static final long PAUSE_MILLIS = 20;
    private static final double NANOS_PER_MILLI = 1e6;

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final List<Database> databases = new ArrayList<>();
    private final int times;

    private CollectionTrial(int times) {
        this.times = times;
    }

    /** Arguments: host, port, collections. */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        CollectionTrial trial = new CollectionTrial(Integer.parseInt(arguments[2]));
        trial.open(arguments[0], Integer.parseInt(arguments[1]));
        trial.measure(BORROWS);
        String idle = trial.measure(0);
        String afterwards = trial.measure(BORROWS);
        String burst = trial.measureBurst();
        System.out.println("result " + idle + " " + afterwards + " " + burst + " " + trial.measureMeanwhile());
        for (Database database : trial.databases) {
            database.close();
        }
    }

    private void open(String host, int port) throws SQLException {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
        for (int i = 0; i < POOLS; i++) {
            Map<String, String> environment = new HashMap<>(MeasuredPool.environment(host, port, 1));
            environment.put("DB_POOL_NAME", "pool" + i);
            databases.add(Databases.builder()
                    .environment(environment)
                    .listener(DatabaseTelemetry.on(sdk))
                    .open());
        }
    }

    private String measure(int borrows) throws SQLException {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            for (int n = 0; n < borrows; n++) {
                borrowFromEach();
            }
            millis[i] = collect();
        }
        return summary(millis);
    }

    private String measureBurst() throws InterruptedException {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            List<Thread> borrowers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t * POOLS / THREADS;
                Thread borrower = new Thread(() -> borrowFromEach(first));
                borrowers.add(borrower);
                borrower.start();
            }
            for (Thread borrower : borrowers) {
                borrower.join();
            }
            millis[i] = collect();
        }
        return summary(millis);
    }

    /** Each thread begins with another pool, so that threads seldom wait for a connection. */
    private void borrowFromEach(int first) {
        try {
            for (int n = 0; n < BORROWS; n++) {
                for (int i = 0; i < POOLS; i++) {
                    databases.get((first + i) % POOLS).getConnection().close();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String measureMeanwhile() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread borrower = new Thread(() -> {
            try {
                while (!over.get()) {
                    borrowFromEach();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        borrower.start();
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            millis[i] = collect();
        }
        over.set(true);
        borrower.join();
        return summary(millis);
    }

    private void borrowFromEach() throws SQLException {
        for (Database database : databases) {
            database.getConnection().close();
        }
    }

    private double collect() {
        long begin = System.nanoTime();
        if (reader.collectAllMetrics().isEmpty()) {
            throw new IllegalStateException("nothing was collected");
        }
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }

    private static String summary(double[] millis) {
        Arrays.sort(millis);
        return millis[millis.length / 2] + " " + millis[millis.length * 95 / 100];
    }
}
