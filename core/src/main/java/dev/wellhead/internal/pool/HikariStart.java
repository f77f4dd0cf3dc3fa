package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.internal.pool.rotation.Housekeeping;
import dev.wellhead.internal.pool.rotation.MaintenanceThread;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Starts HikariCP on our physical connections, so that it uses the first connection that is ready. */
final class HikariStart {

    private HikariStart() {}

    /**
     * @param rules which errors evict a connection
     * @param tracker receives HikariCP's measurements; null if no listener wants them
     */
    static StartedHikari start(
            String subject,
            DatabaseSettings settings,
            PhysicalSource physical,
            EvictionRules rules,
            @Nullable BorrowTracker tracker)
            throws SQLException {
        PoolDataSource source = new PoolDataSource(physical, subject);
        Housekeeping housekeeping = MaintenanceThread.SHARED.housekeeping();
        HikariConfig config = new HikariSettings(settings).assemble(source, rules);
        config.setScheduledExecutor(housekeeping);
        boolean hasFirst = physical.isReady();
        // HikariCP uses the first connection while it starts. With minimumIdle 0 it would close it instead.
        config.setInitializationFailTimeout(hasFirst && config.getMinimumIdle() > 0 ? 1 : -1);
        HikariDataSource hikari;
        try {
            hikari = tracker == null ? new HikariDataSource(config) : new MeasuredHikari(config, tracker);
        } catch (HikariPool.PoolInitializationException e) {
            throw setUpFailed(subject, settings, e);
        }
        source.started();
        if (hasFirst && config.getMinimumIdle() == 0) {
            try {
                hikari.getConnection().close();
            } catch (SQLException | RuntimeException | Error e) {
                hikari.close();
                throw e;
            }
        }
        if (hikari instanceof MeasuredHikari measured) {
            measured.measure();
        }
        return new StartedHikari(hikari, source, housekeeping);
    }

    /**
     * {@return the failure of a first connection that opened and could not be set up, by connectionInitSql for example}
     */
    private static SQLException setUpFailed(
            String subject, DatabaseSettings settings, HikariPool.PoolInitializationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof ConnectionFailedException classified) {
            return classified;
        }
        String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
        String fix = settings.find(Settings.CONNECTION_INIT_SQL).isPresent()
                ? " Check " + SettingReference.of(settings, Settings.CONNECTION_INIT_SQL) + "."
                : "";
        return new ConnectionFailedException(
                subject + " accepted the first connection, but setting it up failed: " + SafeText.of(cause.getMessage())
                        + fix,
                state == null ? "08000" : state,
                FailureKind.OTHER,
                cause);
    }
}
