package dev.wellhead.benchmarks.load;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens the pool of one library. Found with {@link java.util.ServiceLoader}. */
public interface PoolFactory {

    /**
     * {@return an open pool} It unwraps to {@link HikariDataSource} and is {@link AutoCloseable}.
     *
     * @param connectionTimeoutMillis how long acquiring a connection may take
     */
    DataSource open(long connectionTimeoutMillis) throws SQLException;
}
