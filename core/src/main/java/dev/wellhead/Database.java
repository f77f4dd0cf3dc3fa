package dev.wellhead;

import dev.wellhead.settings.DatabaseSettings;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An open database: a pooled {@link DataSource} that follows its credentials when they rotate. Thread-safe. The code that
 * opened it closes it.
 *
 * <p>{@link #getConnection()} waits at most connectionTimeout for a connection; closing the connection returns it to the
 * pool. {@code unwrap(HikariDataSource.class)} returns the HikariCP pool behind this database. The methods that would change
 * credentials, time-outs or logging throw {@link java.sql.SQLFeatureNotSupportedException}: settings decide about them.
 */
public interface Database extends DataSource, AutoCloseable {

    /** {@return the resolved settings, completed by the secret or the local database that was started} */
    DatabaseSettings settings();

    /**
     * {@return a database whose connections only read} It uses the standbys among the reader hosts, or among the hosts of
     * this database if there are no reader hosts. If no standby is available, it uses the primary unless readerFallback is
     * {@code none}. Its sessions are read-only on every server: a write fails with SQLSTATE 25006.
     *
     * <p>The reader has a pool of its own, which connects in the background and is closed together with this database.
     * Without reader hosts, the pool opens when this method is called first, and keeps no idle connections by default.
     */
    Database reader();

    /**
     * Asks the source of the credentials for newer ones. If there are any, they are proven with a real connection, and older
     * connections are then retired in the background. Blocks for at most connectionTimeout for each of its pools.
     *
     * @return whether newer credentials were found and proven; {@code false} if the credentials cannot change
     * @throws SQLException if the source failed or the server refused the new credentials; the pool keeps working with the
     *     previous ones
     */
    boolean refreshCredentials() throws SQLException;

    /**
     * Closes the pool with all its connections, the reader, and the credentials provider, including one that was passed to
     * {@link DatabaseBuilder#credentials}. Further calls have no effect. Afterwards {@link #getConnection()} throws an
     * exception with SQLSTATE 08003.
     */
    @Override
    void close();
}
