package dev.wellhead.pool;

import com.zaxxer.hikari.HikariConfig;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TransactionIsolation;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns settings into HikariCP's configuration. HikariCP gets our data source and no user name, so it calls
 * {@code getConnection()} and knows no credentials. What the start-up parameters of a session already set (search path,
 * time-outs) is not set again here: it would cost a round trip per connection.
 */
final class HikariSettings {

    /** HikariCP switches idleTimeout off, with a warning, where it is closer than this to maxLifetime. */
    private static final Duration IDLE_TO_LIFETIME = Duration.ofSeconds(1);

    private final DatabaseSettings settings;

    HikariSettings(DatabaseSettings settings) {
        this.settings = settings;
    }

    HikariConfig assemble(DataSource physical) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(physical);
        config.setPoolName(poolName(settings));
        int maximum = settings.get(Settings.MAXIMUM_POOL_SIZE);
        Integer minimumIdle = optional(Settings.MINIMUM_IDLE);
        config.setMaximumPoolSize(maximum);
        config.setMinimumIdle(minimumIdle == null ? maximum : minimumIdle);
        durations(config);
        config.setAutoCommit(settings.get(Settings.AUTO_COMMIT));
        config.setReadOnly(settings.get(Settings.READ_ONLY));
        TransactionIsolation isolation = optional(Settings.TRANSACTION_ISOLATION);
        if (isolation != null) {
            config.setTransactionIsolation(isolation.value());
        }
        String initSql = optional(Settings.CONNECTION_INIT_SQL);
        if (initSql != null) {
            config.setConnectionInitSql(initSql);
        }
        config.setIsolateInternalQueries(settings.get(Settings.ISOLATE_INTERNAL_QUERIES));
        config.setAllowPoolSuspension(settings.get(Settings.ALLOW_POOL_SUSPENSION));
        config.setRegisterMbeans(settings.get(Settings.REGISTER_MBEANS));
        config.setExceptionOverride(new EvictionRules(!settings.get(Settings.READ_ONLY)));
        return config;
    }

    static String poolName(DatabaseSettings settings) {
        return settings.find(Settings.POOL_NAME).orElse(settings.name());
    }

    private void durations(HikariConfig config) {
        Duration connectionTimeout = settings.get(Settings.CONNECTION_TIMEOUT);
        Duration maxLifetime = settings.get(Settings.MAX_LIFETIME);
        config.setConnectionTimeout(connectionTimeout.toMillis());
        config.setMaxLifetime(maxLifetime.toMillis());
        // Where only a default clashes with what was set, the default gives way; HikariCP would repair it with a
        // warning.
        Duration validation = settings.get(Settings.VALIDATION_TIMEOUT);
        if (isDefault(Settings.VALIDATION_TIMEOUT) && validation.compareTo(connectionTimeout) > 0) {
            validation = connectionTimeout;
        }
        config.setValidationTimeout(validation.toMillis());
        Duration idle = settings.get(Settings.IDLE_TIMEOUT);
        boolean idleOutlives =
                !maxLifetime.isZero() && idle.plus(IDLE_TO_LIFETIME).compareTo(maxLifetime) > 0;
        config.setIdleTimeout(isDefault(Settings.IDLE_TIMEOUT) && idleOutlives ? 0 : idle.toMillis());
        Duration keepalive = settings.get(Settings.KEEPALIVE_TIME);
        boolean keepaliveOutlives = !maxLifetime.isZero() && keepalive.compareTo(maxLifetime) >= 0;
        config.setKeepaliveTime(isDefault(Settings.KEEPALIVE_TIME) && keepaliveOutlives ? 0 : keepalive.toMillis());
        config.setLeakDetectionThreshold(
                settings.get(Settings.LEAK_DETECTION_THRESHOLD).toMillis());
    }

    private boolean isDefault(Setting<?> setting) {
        ResolvedSetting explained = settings.explain(setting).orElse(null);
        return explained == null || explained.origin().kind() == Origin.Kind.DEFAULT;
    }

    private <T> @Nullable T optional(Setting<T> setting) {
        return settings.find(setting).orElse(null);
    }
}
