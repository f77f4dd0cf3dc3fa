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

/** How long a collection takes with a hundred pools. Prints milliseconds, the median: idle, then a hundred borrows each. */
public final class Collection {

    private static final int POOLS = 100;
    private static final int BORROWS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private Collection() {}

    /** Arguments: host, port, collections. */
    public static void main(String[] arguments) throws SQLException {
        InMemoryMetricReader reader = InMemoryMetricReader.create();
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
        List<Database> databases = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            Map<String, String> environment =
                    new HashMap<>(Subject.environment(arguments[0], Integer.parseInt(arguments[1]), 1));
            environment.put("DB_POOL_NAME", "pool" + i);
            databases.add(Databases.builder()
                    .environment(environment)
                    .listener(DatabaseTelemetry.on(sdk))
                    .open());
        }
        int times = Integer.parseInt(arguments[2]);
        measure(reader, databases, times, BORROWS);
        System.out.println(
                "result " + measure(reader, databases, times, 0) + " " + measure(reader, databases, times, BORROWS));
        for (Database database : databases) {
            database.close();
        }
    }

    private static double measure(InMemoryMetricReader reader, List<Database> databases, int times, int borrows)
            throws SQLException {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            for (Database database : databases) {
                for (int n = 0; n < borrows; n++) {
                    database.getConnection().close();
                }
            }
            long begin = System.nanoTime();
            if (reader.collectAllMetrics().isEmpty()) {
                throw new IllegalStateException("nothing was collected");
            }
            millis[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        }
        Arrays.sort(millis);
        return millis[times / 2];
    }
}
