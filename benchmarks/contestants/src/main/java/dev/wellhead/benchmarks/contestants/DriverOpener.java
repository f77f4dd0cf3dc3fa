package dev.wellhead.benchmarks.contestants;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** HikariCP with Wellhead's JDBC driver, which reads the secret. The other time-outs are those of the driver. */
final class DriverOpener implements PoolOpener {

    @Override
    public DataSource open(PoolSetup setup) {
        return new HikariDataSource(HikariOpener.tuned(setup, jdbcUrl(setup)));
    }

    static String jdbcUrl(PoolSetup setup) {
        return "jdbc:wellhead:postgresql://" + setup.hosts() + ":" + setup.ports() + "/" + PoolSetup.DATABASE
                + "?sslmode=disable&connectionTimeout=" + PoolSetup.CONNECTION_TIMEOUT_MILLIS + "ms&secretId="
                + setup.secretId();
    }
}
