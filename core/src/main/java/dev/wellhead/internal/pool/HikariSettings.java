package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariConfig;
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
 * Turns settings into HikariCP's configuration. HikariCP gets our data source and no user name, so it calls
 * {@code getConnection()} and knows no credentials. What the start-up parameters of a session already set (search path,
 * time-outs) is not set again here: it would cost a round trip per connection.
 */
public final class HikariSettings {

    /** Source: javax.management.ObjectName, what an unquoted value may not hold. */
    private static final String NOT_IN_AN_OBJECT_NAME = ":,=*?\"\n";

    private final DatabaseSettings settings;

    public HikariSettings(DatabaseSettings settings) {
        this.settings = settings;
    }

    public HikariConfig assemble(DataSource physical) {
        HikariConfig config = config();
        config.setDataSource(physical);
        return config;
    }

    /** {@return what HikariCP is given, by its own names; durations in milliseconds, as it has them} */
    public Map<String, String> shown() {
        HikariConfig config = config();
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
            shown.put("connectionInitSql", config.getConnectionInitSql());
        }
        shown.put("isolateInternalQueries", Boolean.toString(config.isIsolateInternalQueries()));
        shown.put("allowPoolSuspension", Boolean.toString(config.isAllowPoolSuspension()));
        shown.put("registerMbeans", Boolean.toString(config.isRegisterMbeans()));
        return shown;
    }

    private HikariConfig config() {
        HikariConfig config = withoutItsFile();
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
        config.setExceptionOverride(new EvictionRules(!settings.get(Settings.READ_ONLY)));
        return config;
    }

    /**
     * HikariCP starts from the file that the system property {@code hikaricp.configurationFile} names: a source without
     * an origin, meant for other pools of the process. What is not set anyway is taken out again; a user name would keep
     * the pool from calling {@code getConnection()}.
     */
    private static HikariConfig withoutItsFile() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(null);
        config.setUsername(null);
        config.setPassword(null);
        config.setCatalog(null);
        config.setSchema(null);
        config.setTransactionIsolation(null);
        config.setConnectionInitSql(null);
        config.setConnectionTestQuery(null);
        return config;
    }

    public static String poolName(DatabaseSettings settings) {
        return settings.find(Settings.POOL_NAME).orElse(settings.name());
    }

    private String nameForMbeans(String poolName) {
        if (settings.get(Settings.REGISTER_MBEANS)) {
            for (int i = 0; i < poolName.length(); i++) {
                if (NOT_IN_AN_OBJECT_NAME.indexOf(poolName.charAt(i)) >= 0) {
                    throw new ConfigurationException(List.of(Problem.of(
                            ProblemCode.INVALID_VALUE,
                            settings.variable(Settings.POOL_NAME),
                            "The pool name '" + poolName + "' cannot be the name of an MBean.",
                            List.of(),
                            List.of(
                                    "Set " + settings.variable(Settings.POOL_NAME)
                                            + " to letters, digits, '_' and '-'.",
                                    "Or leave " + settings.variable(Settings.REGISTER_MBEANS) + " at false."))));
                }
            }
        }
        return poolName;
    }

    /** That they go together is decided where settings are resolved: HikariCP would repair them with a warning. */
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
