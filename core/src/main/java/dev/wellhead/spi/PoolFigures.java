package dev.wellhead.spi;

import dev.wellhead.settings.DatabaseSettings;

/**
 * A pool as it is now. Made by Wellhead alone; accessors may be added. Thread-safe; zero before the pool has started and
 * after it was closed.
 */
public interface PoolFigures {

    /** {@return the setting poolName, or else the name of the database; the reader's ends in {@code -reader}} */
    String name();

    /** {@return whether it is the pool of {@code Database.reader()}} */
    boolean isReader();

    /** {@return what the pool was opened with, as completed by what a secret said} */
    DatabaseSettings settings();

    /** {@return connections that lie in the pool} */
    int idle();

    /** {@return connections that are borrowed} */
    int used();

    /** {@return threads that wait for a connection} */
    int pending();

    /** {@return how many connections it may have, as set now} */
    int maximumPoolSize();

    /** {@return how many idle connections it tries to keep, as set now} */
    int minimumIdle();
}
