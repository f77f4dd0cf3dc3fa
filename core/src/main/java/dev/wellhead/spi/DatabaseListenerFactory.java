package dev.wellhead.spi;

import dev.wellhead.settings.DatabaseSettings;

/**
 * Creates a listener for each database that is opened.
 *
 * <p>Factories are found with {@link java.util.ServiceLoader}. If a factory that was found this way cannot be created,
 * or if it throws, a warning is logged and the database is opened without its listener.
 */
@FunctionalInterface
public interface DatabaseListenerFactory {

    /**
     * {@return a listener for one database}
     *
     * @param settings the resolved settings, before the first connection is opened
     */
    DatabaseListener create(DatabaseSettings settings);
}
