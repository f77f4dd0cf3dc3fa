package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariConfig;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TransactionIsolation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Converts settings into HikariCP's configuration. HikariCP gets our data source and no user name, so it calls
 * {@code getConnection()} and has no credentials. Values that the start-up parameters of a session contain (search path,
 * time-outs) are not set here again, because that costs a round trip per connection.
 */
final class HikariSettings {

    /** The characters that an unquoted value must not contain. Source: javax.management.ObjectName. */
    private static final String NOT_IN_AN_OBJECT_NAME = ":,=*?\"\n";

    private final DatabaseSettings settings;

    HikariSettings(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** {@return a configuration for a pool on {@code physical}} */
    HikariConfig assemble(DataSource physical, EvictionRules rules) {
        HikariConfig config = new Direct();
        fill(config);
        config.setDataSource(physical);
        config.setExceptionOverride(rules);
        return config;
    }

    /**
     * Is copied into the pool by setters. HikariCP copies its fields by reflection, which takes about 10 ms in a process that
     * starts on Java 25.
     */
    private final class Direct extends HikariConfig {

        @Override
        public void copyStateTo(HikariConfig other) {
            fill(other);
            other.setDataSource(getDataSource());
            other.setExceptionOverride(getExceptionOverride());
            other.setScheduledExecutor(getScheduledExecutor());
            other.setInitializationFailTimeout(getInitializationFailTimeout());
        }
    }

    /** {@return the configuration by HikariCP's names; durations in milliseconds, as in HikariCP} */
    Map<String, String> shown() {
        HikariConfig config = new HikariConfig();
        fill(config);
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("poolName", config.getPoolName());
        shown.put("maximumPoolSize", Integer.toString(config.getMaximumPoolSize()));
        shown.put("minimumIdle", Integer.toString(config.getMinimumIdle()));
        shown.put("connectionTimeout", Long.toString(config.getConnectionTimeout()));
        shown.put("validationTimeout", Long.toString(config.getValidationTimeout()));
        shown.put("idleTimeout", Long.toString(config.getIdleTimeout()));
        shown.put("maxLifetime", Long.toString(config.getMaxLifetime()));
        shown.put("keepaliveTime", Long.toString(config.getKeepaliveTime()));
        shown.put("leakDetectionThreshold", Long.toString(config.getLeakDetectionThreshold()));
        shown.put("autoCommit", Boolean.toString(config.isAutoCommit()));
        shown.put("readOnly", Boolean.toString(config.isReadOnly()));
        if (config.getTransactionIsolation() != null) {
            shown.put("transactionIsolation", config.getTransactionIsolation());
        }
        if (config.getConnectionInitSql() != null) {
            shown.put("connectionInitSql", SafeText.listed(config.getConnectionInitSql()));
        }
        shown.put("isolateInternalQueries", Boolean.toString(config.isIsolateInternalQueries()));
        shown.put("allowPoolSuspension", Boolean.toString(config.isAllowPoolSuspension()));
        shown.put("registerMbeans", Boolean.toString(config.isRegisterMbeans()));
        return shown;
    }

    /** Sets every value, so that no default of HikariCP applies. */
    private void fill(HikariConfig config) {
        removeItsFile(config);
        config.setPoolName(nameForMbeans(poolName(settings)));
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
    }

    /**
     * Removes the values of HikariCP's own file. HikariCP reads the file that the system property
     * {@code hikaricp.configurationFile} names. It is meant for other pools of the process, and its values would have no
     * origin. With a user name, HikariCP would not call {@code getConnection()}.
     */
    private static void removeItsFile(HikariConfig config) {
        config.setJdbcUrl(null);
        config.setUsername(null);
        config.setPassword(null);
        config.setCatalog(null);
        config.setSchema(null);
        config.setTransactionIsolation(null);
        config.setConnectionInitSql(null);
        config.setConnectionTestQuery(null);
    }

    /** {@return the setting poolName, or the name of the database} */
    static String poolName(DatabaseSettings settings) {
        return settings.find(Settings.POOL_NAME).orElse(settings.name());
    }

    /**
     * {@return the pool name}
     *
     * @throws ConfigurationException if MBeans are registered and the name cannot be part of an MBean name
     */
    private String nameForMbeans(String poolName) {
        if (settings.get(Settings.REGISTER_MBEANS)) {
            for (int i = 0; i < poolName.length(); i++) {
                if (NOT_IN_AN_OBJECT_NAME.indexOf(poolName.charAt(i)) >= 0) {
                    throw new ConfigurationException(List.of(Problem.of(
                            ProblemCode.INVALID_VALUE,
                            settings.variable(Settings.POOL_NAME),
                            "The pool name '" + poolName + "' cannot be part of an MBean name.",
                            List.of(),
                            List.of(
                                    "Set " + SettingReference.of(settings, Settings.POOL_NAME)
                                            + " to letters, digits, '_' and '-'.",
                                    "Or set " + SettingReference.of(settings, Settings.REGISTER_MBEANS)
                                            + " to false."))));
                }
            }
        }
        return poolName;
    }

    /** The resolver has rejected inconsistent durations: HikariCP would change them with a warning. */
    private void durations(HikariConfig config) {
        config.setConnectionTimeout(millis(Settings.CONNECTION_TIMEOUT));
        config.setValidationTimeout(millis(Settings.VALIDATION_TIMEOUT));
        config.setIdleTimeout(millis(Settings.IDLE_TIMEOUT));
        config.setMaxLifetime(millis(Settings.MAX_LIFETIME));
        config.setKeepaliveTime(millis(Settings.KEEPALIVE_TIME));
        config.setLeakDetectionThreshold(millis(Settings.LEAK_DETECTION_THRESHOLD));
    }

    private long millis(Setting<Duration> setting) {
        return settings.get(setting).toMillis();
    }

    private <T> @Nullable T optional(Setting<T> setting) {
        return settings.find(setting).orElse(null);
    }
}
