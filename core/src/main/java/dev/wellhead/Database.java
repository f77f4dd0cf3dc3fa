package dev.wellhead;

import dev.wellhead.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An open database: a pooled {@link DataSource} that follows its credentials when they rotate. Thread-safe. The code
 * that opened it closes it.
 *
 * <p>{@link #getConnection()} waits at most connectionTimeout for a connection; closing the connection returns it to
 * the pool. {@code unwrap(HikariDataSource.class)} returns the HikariCP pool behind this database. The methods that
 * would change credentials, time-outs or logging throw {@link java.sql.SQLFeatureNotSupportedException}: settings
 * decide about them.
 */
public interface Database extends DataSource, AutoCloseable {

    /**
     * {@return a connection; closing it returns it to the pool} Waits for at most connectionTimeout.
     *
     * @throws SQLException if no connection is available. The SQLSTATE is
     *     <ul>
     *       <li>that of the last attempt to open a connection, or 08001 if it has none, if no connection could be
     *           opened; {@link dev.wellhead.spi.ConnectionFailedException} is the cause,
     *       <li>53300 if all connections of the pool are used,
     *       <li>08003 if this database was closed, before the call or during it,
     *       <li>57014 if the thread was interrupted while it waited; its interrupt flag is set.
     *     </ul>
     *     The first two are a {@link java.sql.SQLTransientConnectionException}.
     */
    @Override
    Connection getConnection() throws SQLException;

    /** {@return the resolved settings, completed by the secret or the local database that was started} */
    DatabaseSettings settings();

    /**
     * {@return a database whose connections only read} It uses the standbys among the reader hosts, or among the hosts
     * of this database if there are no reader hosts. If no standby is available, it uses the primary unless
     * readerFallback is {@code none}. Its sessions are read-only on every server: a write fails with SQLSTATE 25006.
     *
     * <p>The reader has a pool of its own, which connects in the background and is closed together with this database.
     * Without reader hosts, the pool opens when this method is called first, and keeps no idle connections by default.
     */
    Database reader();

    /**
     * {@return a data source for tools that migrate the schema} It connects as the role that the settings
     * {@code migration.*} name ({@code DB_MIGRATION_USER} and a source of its password), so that the role of the service
     * does not have to own its tables; without these settings, as the role of this database. A password that rotates is
     * followed at every connection.
     *
     * <p>Server, database name, TLS and deadlines are those of this database, except for {@code migration.host} and
     * {@code migration.port}, which lead past a pooler. A server that accepts writes is used. The time-outs of statements
     * and of idle transactions, the socket time-out, and {@code readOnly}, {@code autoCommit} and
     * {@code transactionIsolation} do not apply.
     *
     * <p>There is no pool: {@code getConnection()} opens a new connection within connectionTimeout, and the caller closes
     * it. After this database was closed, it throws an exception with SQLSTATE 08003; connections that are open keep
     * working. Connects to nothing itself. Every call returns the same object, also on the {@link #reader()}.
     *
     * @throws dev.wellhead.settings.ConfigurationException if the settings {@code migration.*} are incomplete; it
     *     contains every problem
     */
    DataSource migrations();

    /**
     * Reads the source of the credentials once. If it has new credentials, they are proven with a real login, and older
     * connections then retire in the background. If it has nothing new, no login is tried: the result does not mean
     * that the server still accepts the credentials in use.
     *
     * <p>Of a secret, AWSCURRENT is read, and AWSPENDING if AWSCURRENT has nothing new, each with one call. Blocks for
     * at most connectionTimeout for each of its pools. A call during another one waits for it and has the same result.
     * In every case the pool keeps working with the credentials that the server accepted last.
     *
     * @return whether the server has accepted newer credentials than before the call; {@code false} if the source has
     *     nothing new, if the new ones are those that the pool uses already, or if the credentials cannot change
     * @throws SQLException if the source failed or did not answer in time (SQLSTATE 28000, a
     *     {@link dev.wellhead.spi.ConnectionFailedException} of kind {@code CREDENTIALS_UNAVAILABLE}); if the server
     *     refused the new credentials (28P01 or 28000, kind {@code CREDENTIALS_REFUSED}); if it could not be reached to
     *     prove them (the kind of that failure); or if the thread was interrupted
     */
    boolean refreshCredentials() throws SQLException;

    /**
     * Closes the pool with all its connections, the reader, and the credentials provider, including one that was passed
     * to {@link DatabaseBuilder#credentials}. Further calls have no effect. Threads that wait for a connection are
     * woken immediately: their {@link #getConnection()}, and all later ones, throw an exception with SQLSTATE 08003. A
     * server that does not answer does not delay the call. If the calling thread is interrupted, everything is closed,
     * and its interrupt flag is set afterwards.
     */
    @Override
    void close();
}
