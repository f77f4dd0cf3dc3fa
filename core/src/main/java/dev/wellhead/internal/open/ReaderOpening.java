package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the reader of a database: together with the database if the reader has hosts of its own, else when it is first
 * used. Thread-safe.
 */
final class ReaderOpening implements OpenDatabase.Reader {

    private final DatabaseSettings settings;
    private final DatabaseSettings completed;
    private final CredentialsProvider provider;
    private final CredentialsProvider guarded;
    private final DatabaseListener listener;
    private final Closing closing;
    private @Nullable OpenDatabase reader;

    /**
     * @param settings of the database
     * @param completed the same, with the server that a secret names
     * @param provider of the database
     * @param guarded the same, as the pools use it
     * @param closing closes the reader
     */
    ReaderOpening(
            DatabaseSettings settings,
            DatabaseSettings completed,
            CredentialsProvider provider,
            CredentialsProvider guarded,
            DatabaseListener listener,
            Closing closing) {
        this.settings = settings;
        this.completed = completed;
        this.provider = provider;
        this.guarded = guarded;
        this.listener = listener;
        this.closing = closing;
    }

    @Override
    public synchronized @Nullable OpenDatabase open() throws SQLException {
        if (reader == null && !closing.isClosed()) {
            ConnectionPool pool = ConnectionPool.openReader(settings, guarded, listener);
            Closing own = new Closing();
            own.add(pool);
            closing.add(pool);
            if (closing.isClosed()) {
                // the database was closed meanwhile, without this pool
                pool.close();
            }
            reader = new OpenDatabase(SettingsCompletion.forReader(completed), pool, null, null, provider, own);
        }
        return reader;
    }

    @Override
    public synchronized @Nullable OpenDatabase ifOpen() {
        return reader;
    }
}
