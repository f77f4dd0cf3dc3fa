package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.PoolStats;
import org.jspecify.annotations.Nullable;

/** The state of HikariCP's pool, once it has started. */
final class HikariStats implements PoolStats {

    private final DatabaseSettings settings;
    private final boolean reader;
    private volatile @Nullable HikariDataSource hikari;

    HikariStats(DatabaseSettings settings, boolean reader) {
        this.settings = settings;
        this.reader = reader;
    }

    void started(HikariDataSource pool) {
        hikari = pool;
    }

    @Override
    public String name() {
        return HikariSettings.poolName(settings);
    }

    @Override
    public boolean isReader() {
        return reader;
    }

    @Override
    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public int idle() {
        HikariPoolMXBean pool = pool();
        return pool == null ? 0 : pool.getIdleConnections();
    }

    @Override
    public int used() {
        HikariPoolMXBean pool = pool();
        return pool == null ? 0 : pool.getActiveConnections();
    }

    @Override
    public int pending() {
        HikariPoolMXBean pool = pool();
        return pool == null ? 0 : pool.getThreadsAwaitingConnection();
    }

    @Override
    public int maximumPoolSize() {
        HikariDataSource started = hikari;
        return started == null ? settings.get(Settings.MAXIMUM_POOL_SIZE) : started.getMaximumPoolSize();
    }

    @Override
    public int minimumIdle() {
        HikariDataSource started = hikari;
        return started == null
                ? settings.find(Settings.MINIMUM_IDLE).orElse(maximumPoolSize())
                : started.getMinimumIdle();
    }

    private @Nullable HikariPoolMXBean pool() {
        HikariDataSource started = hikari;
        return started == null || started.isClosed() ? null : started.getHikariPoolMXBean();
    }
}
