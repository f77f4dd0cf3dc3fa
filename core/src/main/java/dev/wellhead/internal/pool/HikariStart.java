package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Starts HikariCP over our physical connections, so that it takes over the one that lies ready. */
public final class HikariStart {

    private HikariStart() {}

    /** @param tracker told of every acquire and return; null where nobody asked */
    public static HikariDataSource start(
            String subject, DatabaseSettings settings, PhysicalSource source, @Nullable BorrowTracker tracker)
            throws SQLException {
        HikariConfig config = new HikariSettings(settings).assemble(source);
        if (tracker != null) {
            config.setMetricsTrackerFactory((poolName, stats) -> tracker);
            tracker.ignoreThisThread();
        }
        boolean firstIsThere = source.hasReady();
        // HikariCP takes the first connection over while it starts; with minimumIdle 0 it would close it instead
        config.setInitializationFailTimeout(firstIsThere && config.getMinimumIdle() > 0 ? 1 : -1);
        HikariDataSource hikari;
        try {
            hikari = new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw setUpFailed(subject, settings, e);
        }
        if (firstIsThere && config.getMinimumIdle() == 0) {
            try {
                hikari.getConnection().close();
            } catch (SQLException | RuntimeException | Error e) {
                hikari.close();
                throw e;
            }
        }
        if (tracker != null) {
            tracker.heedAgain();
        }
        return hikari;
    }

    private static SQLException setUpFailed(
            String subject, DatabaseSettings settings, HikariPool.PoolInitializationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof ConnectionFailedException classified) {
            return classified;
        }
        String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
        String fix = settings.find(Settings.CONNECTION_INIT_SQL).isPresent()
                ? " Look at " + settings.variable(Settings.CONNECTION_INIT_SQL) + "."
                : "";
        return new ConnectionFailedException(
                subject + " accepted the first connection, but setting it up failed: " + cause.getMessage() + fix,
                state == null ? "08000" : state,
                FailureKind.OTHER,
                cause);
    }
}
