package dev.wellhead.benchmarks.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;

/** HikariCP with the Micrometer tracker that is part of HikariCP. */
final class MicrometerHikari implements MeasuredPool {

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public DataSource open(String host, int port) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        double[] nanos =
                BUCKETS.stream().mapToDouble(bound -> bound * NANOS_PER_SECOND).toArray();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(nanos)
                        .build()
                        .merge(config);
            }
        });
        HikariConfig config = MeasuredPool.hikariCp(host, port);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        return new HikariDataSource(config);
    }
}
