package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.libraries.SupportedLibraries;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.internal.pool.UnpooledConnections;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import dev.wellhead.spi.LocalDatabaseProvider;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens databases from resolved settings. A failed attempt closes everything that it opened. */
public final class DatabaseOpener {

    private final @Nullable CredentialsProvider credentials;
    private final List<DatabaseListener> listeners;
    private final List<DatabaseListenerFactory> factories;
    private final LocalDatabase localDatabase;

    /**
     * @param credentials of the builder; null if the settings decide
     * @param listeners of the builder, in addition to those on the class path
     * @param factories of the builder; each replaces a factory of the same class on the class path
     * @param localDatabase of the builder; null if the class path decides
     */
    public DatabaseOpener(
            @Nullable CredentialsProvider credentials,
            List<DatabaseListener> listeners,
            List<DatabaseListenerFactory> factories,
            @Nullable LocalDatabaseProvider localDatabase) {
        this.credentials = credentials;
        this.listeners = listeners;
        this.factories = factories;
        this.localDatabase = new LocalDatabase(localDatabase);
    }

    /**
     * {@return an open database; the caller closes it}
     *
     * @throws SQLException if it cannot be opened; the credentials provider of the builder is closed then as well
     */
    public OpenDatabase open(DatabaseSettings resolved) throws SQLException {
        Closing closing = new Closing();
        try {
            return open(resolved, closing);
        } catch (LinkageError e) {
            closing.closeAfter(e);
            throw SupportedLibraries.CORE.explained(e);
        } catch (SQLException | RuntimeException | Error e) {
            closing.closeAfter(e);
            throw e;
        }
    }

    /**
     * {@return the database without a pool; the caller closes it} Connects to nothing, except for starting a local database.
     *
     * @throws SQLException if a local database cannot be started
     */
    public UnpooledDatabase openUnpooled(DatabaseSettings resolved) throws SQLException {
        Closing closing = new Closing();
        try {
            Parts parts = parts(resolved, closing);
            return new UnpooledDatabase(
                    "",
                    new UnpooledConnections(parts.settings, parts.guarded, parts.listener, List.of()),
                    parts.provider.description(),
                    closing);
        } catch (LinkageError e) {
            closing.closeAfter(e);
            throw SupportedLibraries.CORE.explained(e);
        } catch (SQLException | RuntimeException | Error e) {
            closing.closeAfter(e);
            throw e;
        }
    }

    private OpenDatabase open(DatabaseSettings resolved, Closing closing) throws SQLException {
        Parts parts = parts(resolved, closing);
        ConnectionPool pool = ConnectionPool.open(parts.settings, parts.guarded, parts.listener);
        closing.add(pool);
        DatabaseSettings completed = pool.settings();
        ReaderOpening reader =
                new ReaderOpening(parts.settings, completed, parts.provider, parts.guarded, parts.listener, closing);
        if (!completed.readerHosts().isEmpty()) {
            reader.open();
        }
        StartLine.write(completed, parts.provider.description());
        MigrationOpening migrations = new MigrationOpening(completed, parts.provider, parts.guarded, closing);
        return new OpenDatabase(completed, pool, reader, migrations, parts.provider, closing);
    }

    /** What a database needs before it connects. */
    private record Parts(
            DatabaseSettings settings,
            CredentialsProvider provider,
            CredentialsProvider guarded,
            DatabaseListener listener) {}

    private Parts parts(DatabaseSettings resolved, Closing closing) throws SQLException {
        if (credentials != null) {
            closing.add(credentials);
        }
        DatabaseSettings settings = localDatabase.startIfNeeded(resolved);
        CredentialsProvider provider = credentials;
        if (provider == null) {
            provider = CredentialsChoice.of(settings);
            closing.add(provider);
        }
        // a provider of remote credentials starts to fetch them in the background
        provider.prepare();
        List<DatabaseListener> all = listeners(settings);
        DatabaseListener listener = new NoListener();
        if (!all.isEmpty()) {
            Listeners combined = new Listeners(all);
            closing.addLast(combined);
            listener = combined;
        }
        return new Parts(
                settings, provider, GuardedCredentials.of(provider, all.isEmpty() ? null : listener), listener);
    }

    /** {@return the listeners of the builder and of the class path, in this order} */
    private List<DatabaseListener> listeners(DatabaseSettings settings) {
        List<DatabaseListener> all = new ArrayList<>(listeners);
        all.addAll(new ListenerChoice(settings, factories).listeners());
        return all;
    }
}
