package dev.wellhead.benchmarks.contestants;

import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Wellhead with its defaults, except for the size of the pool, connectionTimeout, and startupTimeout for a busy
 * machine.
 */
final class WellheadOpener implements PoolOpener {

    @Override
    public DataSource open(PoolSetup setup) throws SQLException {
        DatabaseBuilder builder = Databases.builder()
                .name(setup.name())
                .set(Settings.HOST, setup.hosts())
                .set(Settings.PORT, setup.ports())
                .set(Settings.NAME, PoolSetup.DATABASE)
                .set(Settings.MAXIMUM_POOL_SIZE, Integer.toString(setup.size()))
                .set(Settings.STARTUP_TIMEOUT, PoolSetup.START_MILLIS + "ms")
                .set(Settings.CONNECTION_TIMEOUT, PoolSetup.CONNECTION_TIMEOUT_MILLIS + "ms");
        if (setup.rootCertificate() == null) {
            builder.set(Settings.SSLMODE, "disable");
        }
        if (setup.pooler()) {
            builder.set(Settings.POOLER, "pgbouncer");
        }
        set(builder, Settings.USER, setup.user());
        set(builder, Settings.PASSWORD, setup.password());
        set(builder, Settings.PASSWORD_FILE, setup.passwordFile());
        set(builder, Settings.SECRET_ID, setup.secretId());
        set(builder, Settings.SSLROOTCERT, setup.rootCertificate());
        return builder.open();
    }

    private static void set(DatabaseBuilder builder, Setting<?> setting, @Nullable String value) {
        if (value != null) {
            builder.set(setting, value);
        }
    }
}
