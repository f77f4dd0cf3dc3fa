package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.internal.pool.rotation.MaintenanceThread;
import dev.wellhead.settings.DatabaseSettings;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An open database, its replicas, and everything that closes with them. Thread-safe. */
public final class OpenDatabase implements AutoCloseable {

    /** Opens the reader. */
    interface Reader {

        /** {@return the reader, which opens now if it has not; null if the database was closed before that} */
        @Nullable
        OpenDatabase open() throws SQLException;

        /** {@return the reader if it has opened, else null} */
        @Nullable
        OpenDatabase ifOpen();
    }

    /** Named after the public type, because users configure loggers by name. */
    static final String LOGGER = "dev.wellhead.Database";

    private final DatabaseSettings settings;
    private final ConnectionPool pool;
    private final @Nullable Reader readerOpening;
    private final @Nullable MigrationOpening migrationOpening;
    private final CredentialsProvider credentials;
    private final Closing closing;

    /**
     * @param readerOpening opens the reader; null if this is one
     * @param migrationOpening creates the data source for migrations; null if this is a reader
     */
    OpenDatabase(
            DatabaseSettings settings,
            ConnectionPool pool,
            @Nullable Reader readerOpening,
            @Nullable MigrationOpening migrationOpening,
            CredentialsProvider credentials,
            Closing closing) {
        this.settings = settings;
        this.pool = pool;
        this.readerOpening = readerOpening;
        this.migrationOpening = migrationOpening;
        this.credentials = credentials;
        this.closing = closing;
    }

    /** {@return the settings, completed by the secret and the local database} */
    public DatabaseSettings settings() {
        return settings;
    }

    /** {@return the pool} */
    public ConnectionPool pool() {
        return pool;
    }

    /** {@return the reader, which opens if it has not; null if this is a reader or was closed} */
    public @Nullable OpenDatabase reader() {
        try {
            return readerOpening == null ? null : readerOpening.open();
        } catch (SQLException e) {
            throw new IllegalStateException("The reader of database '" + settings.name() + "' cannot be set up.", e);
        }
    }

    /**
     * {@return the data source for migrations}
     *
     * @throws IllegalStateException if this is a reader, which its database does not migrate
     */
    public DataSource migrations() {
        if (migrationOpening == null) {
            throw new IllegalStateException("a reader is not migrated");
        }
        return migrationOpening.open();
    }

    /** {@return the description of the credentials provider} */
    public String credentialsSource() {
        return credentials.description();
    }

    /** {@return whether newer credentials were proven, for this database or its replicas} The source is read once. */
    public boolean refreshCredentials() throws SQLException {
        OpenDatabase reader = readerOpening == null ? null : readerOpening.ifOpen();
        if (reader == null) {
            return pool.refreshCredentials();
        }
        boolean refreshed;
        try {
            refreshed = pool.refreshCredentials();
        } catch (SQLException e) {
            // the replicas are refreshed even if the primary is not available
            try {
                reader.pool.proveCredentials();
            } catch (SQLException ofTheReader) {
                e.addSuppressed(ofTheReader);
            }
            throw e;
        }
        return reader.pool.proveCredentials() || refreshed;
    }

    /** Registers {@code bean} with JMX until the database is closed, if the credentials can change. */
    public <T> void manageWith(Class<T> type, T bean) {
        if (credentials.canChange()) {
            Management<T> management = new Management<>(settings.name(), type, bean);
            closing.add(management);
            // the first MBean of a process is slow to create
            MaintenanceThread.SHARED.run(management);
        }
    }

    /**
     * Wakes the threads that wait for a connection. Closes the pools, then the credentials provider, then notifies the
     * listeners. Further calls have no effect.
     */
    @Override
    public void close() {
        pool.endWaits();
        OpenDatabase reader = readerOpening == null ? null : readerOpening.ifOpen();
        if (reader != null) {
            reader.pool.endWaits();
        }
        closing.close();
    }
}
