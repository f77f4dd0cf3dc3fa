package dev.wellhead.spi;

import dev.wellhead.settings.DatabaseSettings;
import javax.sql.DataSource;

/** Makes a listener per database. Found with {@link java.util.ServiceLoader}: one that fails is left out, with a warning. */
@FunctionalInterface
public interface DatabaseListenerFactory {

    /**
     * {@return a listener for one database}
     *
     * @param settings as resolved, before the first connection
     * @param pool unwraps to {@code HikariDataSource} for figures of the pool; not open yet
     */
    DatabaseListener create(DatabaseSettings settings, DataSource pool);
}
