package dev.wellhead.benchmarks.wellhead;

import dev.wellhead.Databases;
import dev.wellhead.benchmarks.load.PoolFactory;
import dev.wellhead.settings.Settings;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Wellhead, configured by the environment. */
public final class WellheadPool implements PoolFactory {

    /** Called by {@link java.util.ServiceLoader}. */
    public WellheadPool() {}

    @Override
    public DataSource open(long connectionTimeoutMillis) throws SQLException {
        return Databases.builder()
                .set(Settings.CONNECTION_TIMEOUT, connectionTimeoutMillis + "ms")
                .open();
    }
}
