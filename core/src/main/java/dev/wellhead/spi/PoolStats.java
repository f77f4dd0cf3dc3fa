package dev.wellhead.spi;

import dev.wellhead.settings.DatabaseSettings;

/**
 * The present state of one pool. Implemented by Wellhead only; methods may be added. Thread-safe. All numbers of
 * connections are 0 before the pool has started and after it was closed.
 */
public interface PoolStats {

    /** {@return the setting poolName, or the name of the database; for the reader's pool it ends in {@code -reader}} */
    String name();

    /** {@return whether this is the pool of {@code Database.reader()}} */
    boolean isReader();

    /** {@return the settings of the pool, completed by the values of a secret} */
    DatabaseSettings settings();

    /** {@return the number of idle connections} */
    int idle();

    /** {@return the number of connections that are used} */
    int used();

    /** {@return the number of threads that wait for a connection} */
    int pending();

    /** {@return the highest number of connections, as configured now} */
    int maximumPoolSize();

    /** {@return the number of idle connections that the pool tries to keep, as configured now} */
    int minimumIdle();
}
