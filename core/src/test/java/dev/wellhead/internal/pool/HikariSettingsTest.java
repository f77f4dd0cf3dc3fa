package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.LogCapture;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.event.Level;

class HikariSettingsTest {

    private static final Map<String, String> EVERY_SETTING = Map.ofEntries(
            Map.entry("DB_POOL_NAME", "books"),
            Map.entry("DB_MAXIMUM_POOL_SIZE", "7"),
            Map.entry("DB_MINIMUM_IDLE", "3"),
            Map.entry("DB_CONNECTION_TIMEOUT", "9s"),
            Map.entry("DB_VALIDATION_TIMEOUT", "2s"),
            Map.entry("DB_IDLE_TIMEOUT", "1m"),
            Map.entry("DB_MAX_LIFETIME", "20m"),
            Map.entry("DB_KEEPALIVE_TIME", "45s"),
            Map.entry("DB_LEAK_DETECTION_THRESHOLD", "30s"),
            Map.entry("DB_AUTO_COMMIT", "false"),
            Map.entry("DB_READ_ONLY", "true"),
            Map.entry("DB_TRANSACTION_ISOLATION", "TRANSACTION_SERIALIZABLE"),
            Map.entry("DB_CONNECTION_INIT_SQL", "select 1"),
            Map.entry("DB_ISOLATE_INTERNAL_QUERIES", "true"),
            Map.entry("DB_ALLOW_POOL_SUSPENSION", "true"),
            Map.entry("DB_REGISTER_MBEANS", "true"));

    @Test
    void assemble_defaults_arePinned() {
        HikariConfig config = assemble(Map.of());

        assertThat(config.getPoolName()).isEqualTo("default");
        assertThat(config.getMaximumPoolSize()).isEqualTo(10);
        assertThat(config.getMinimumIdle()).isEqualTo(10);
        assertThat(config.getConnectionTimeout()).isEqualTo(30_000);
        assertThat(config.getValidationTimeout()).isEqualTo(2_000);
        assertThat(config.getIdleTimeout()).isEqualTo(600_000);
        assertThat(config.getMaxLifetime()).isEqualTo(1_800_000);
        assertThat(config.getKeepaliveTime()).isEqualTo(120_000);
        assertThat(config.getLeakDetectionThreshold()).isZero();
        assertThat(config.isAutoCommit()).isTrue();
        assertThat(config.isReadOnly()).isFalse();
        assertThat(config.getTransactionIsolation()).isNull();
        assertThat(config.getConnectionInitSql()).isNull();
        assertThat(config.isIsolateInternalQueries()).isFalse();
        assertThat(config.isAllowPoolSuspension()).isFalse();
        assertThat(config.isRegisterMbeans()).isFalse();
        assertThat(config.getSchema()).isNull();
    }

    @Test
    void assemble_everySetting_arrives() {
        HikariConfig config = assemble(EVERY_SETTING);

        assertThat(config.getPoolName()).isEqualTo("books");
        assertThat(config.getMaximumPoolSize()).isEqualTo(7);
        assertThat(config.getMinimumIdle()).isEqualTo(3);
        assertThat(config.getConnectionTimeout()).isEqualTo(9_000);
        assertThat(config.getValidationTimeout()).isEqualTo(2_000);
        assertThat(config.getIdleTimeout()).isEqualTo(60_000);
        assertThat(config.getMaxLifetime()).isEqualTo(1_200_000);
        assertThat(config.getKeepaliveTime()).isEqualTo(45_000);
        assertThat(config.getLeakDetectionThreshold()).isEqualTo(30_000);
        assertThat(config.isAutoCommit()).isFalse();
        assertThat(config.isReadOnly()).isTrue();
        assertThat(config.getTransactionIsolation()).isEqualTo("TRANSACTION_SERIALIZABLE");
        assertThat(config.getConnectionInitSql()).isEqualTo("select 1");
        assertThat(config.isIsolateInternalQueries()).isTrue();
        assertThat(config.isAllowPoolSuspension()).isTrue();
        assertThat(config.isRegisterMbeans()).isTrue();
    }

    @Test
    void copyStateTo_copiesEveryField() throws IllegalAccessException {
        HikariConfig config = assemble(EVERY_SETTING);
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            config.setScheduledExecutor(executor);
            config.setInitializationFailTimeout(-1);
            config.validate();
            HikariConfig pool = new HikariConfig();
            config.copyStateTo(pool);

            for (Field field : HikariConfig.class.getDeclaredFields()) {
                field.setAccessible(true);
                assertThat(value(field, pool)).as(field.getName()).isEqualTo(value(field, config));
            }
            assertThat(pool.getScheduledExecutor()).isSameAs(executor);
        } finally {
            executor.shutdownNow();
        }
    }

    private static @Nullable Object value(Field field, HikariConfig config) throws IllegalAccessException {
        Object value = field.get(config);
        Object inside = value instanceof AtomicReference<?> reference ? reference.get() : value;
        // it has no equals
        return inside instanceof Credentials credentials
                ? credentials.getUsername() + "/" + credentials.getPassword()
                : inside;
    }

    @Test
    void assemble_shortTimes_giveHikariNothingToRepair() {
        try (LogCapture log = LogCapture.start()) {
            assemble(Map.of("DB_MAX_LIFETIME", "1m", "DB_MINIMUM_IDLE", "1", "DB_CONNECTION_TIMEOUT", "1s"))
                    .validate();

            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    @Test
    void assemble_namedDatabase_namesThePool() {
        DatabaseSettings settings = Databases.resolve("ledger", new HashMap<>());

        assertThat(HikariSettings.poolName(settings)).isEqualTo("ledger");
    }

    @Test
    void assemble_poolNameThatNoMbeanCanHave_isRefused() {
        assertThatThrownBy(() -> assemble(Map.of("DB_POOL_NAME", "a:b", "DB_REGISTER_MBEANS", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The pool name 'a:b' cannot be part of an MBean name.");
        assertThat(assemble(Map.of("DB_POOL_NAME", "a:b")).getPoolName()).isEqualTo("a:b");
    }

    @Test
    void assemble_configuration_holdsNoCredentials() {
        HikariConfig config = assemble(Map.of("DB_PASSWORD", "recognisable"));

        assertThat(config.getUsername()).isNull();
        assertThat(config.getPassword()).isNull();
        assertThat(config.getDataSourceProperties()).isEmpty();
    }

    private static HikariConfig assemble(Map<String, String> environment) {
        return new HikariSettings(Databases.resolve(environment))
                .assemble(new PGSimpleDataSource(), new EvictionRules(null));
    }
}
