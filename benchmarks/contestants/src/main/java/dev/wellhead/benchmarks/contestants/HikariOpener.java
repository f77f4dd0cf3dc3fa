package dev.wellhead.benchmarks.contestants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** HikariCP with pgjdbc and the time-outs of an experienced engineer. */
final class HikariOpener implements PoolOpener {

    private static final int VALIDATION_TIMEOUT_MILLIS = 2_500;

    @Override
    public DataSource open(PoolSetup setup) {
        HikariConfig config = tuned(setup, "jdbc:" + setup.jdbcUrl());
        config.setUsername(setup.user());
        config.setPassword(setup.staticPassword());
        return new HikariDataSource(config);
    }

    static HikariConfig tuned(PoolSetup setup, String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(setup.name());
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(setup.size());
        config.setInitializationFailTimeout(PoolSetup.START_MILLIS);
        config.setConnectionTimeout(PoolSetup.CONNECTION_TIMEOUT_MILLIS);
        config.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        return config;
    }
}
