package dev.wellhead;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.internal.resolve.DecidedSettings;
import dev.wellhead.internal.text.ServiceProviders;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import dev.wellhead.spi.LocalDatabaseProvider;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The way from settings to an open database. What was opened on the way is closed again where it does not arrive. */
final class Opening {

    private final @Nullable CredentialsProvider credentials;
    private final List<DatabaseListener> listeners;
    private final List<DatabaseListenerFactory> factories;
    private final LocalDatabase localDatabase;

    /**
     * @param credentials set on the builder; null where the settings decide
     * @param listeners set on the builder, beside those on the class path
     * @param factories set on the builder, in place of their like on the class path
     * @param localDatabase set on the builder; null where the class path decides
     */
    Opening(
            @Nullable CredentialsProvider credentials,
            List<DatabaseListener> listeners,
            List<DatabaseListenerFactory> factories,
            @Nullable LocalDatabaseProvider localDatabase) {
        this.credentials = credentials;
        this.listeners = listeners;
        this.factories = factories;
        this.localDatabase = new LocalDatabase(localDatabase);
    }

    Database open(DatabaseSettings resolved) throws SQLException {
        CredentialsProvider provider = credentials;
        DatabaseListener listener = new Nobody();
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            DatabaseSettings settings = localDatabase.startIfMissing(resolved);
            if (provider == null) {
                provider = CredentialsChoice.of(settings);
            }
            if (provider.prepare()) {
                Connector.warmUp();
            }
            List<DatabaseListener> all = listeners(settings);
            if (!all.isEmpty()) {
                listener = new Listeners(all);
                provider = reporting(provider, listener);
            }
            ConnectionPool pool = ConnectionPool.open(settings, provider, listener);
            opened.add(pool);
            DatabaseSettings completed = pool.settings();
            Database reader = null;
            if (!completed.readerHosts().isEmpty()) {
                ConnectionPool readerPool = ConnectionPool.openReader(settings, provider, listener);
                opened.add(readerPool);
                reader = new PooledDatabase(DecidedSettings.of(completed).forReader(), readerPool, null, null);
            }
            Afterwards afterwards = new Afterwards(listener, provider);
            Database database = new PooledDatabase(completed, pool, reader, afterwards);
            if (provider.canChange()) {
                afterwards.management = new Management(database, provider.description());
                pool.inBackground(afterwards.management);
            }
            StartLine.write(LoggerFactory.getLogger(Database.class), completed);
            return database;
        } catch (SQLException | RuntimeException | Error e) {
            closeAll(opened, listener, provider, e);
            throw e;
        }
    }

    private List<DatabaseListener> listeners(DatabaseSettings settings) {
        List<DatabaseListener> all = new ArrayList<>(listeners);
        for (DatabaseListenerFactory factory : factories) {
            all.add(factory.create(settings));
        }
        for (DatabaseListenerFactory factory :
                ServiceProviders.all(DatabaseListenerFactory.class, Opening::goOnWithoutListener)) {
            if (!isReplaced(factory)) {
                try {
                    all.add(factory.create(settings));
                } catch (RuntimeException | LinkageError e) {
                    goOnWithoutListener(e);
                }
            }
        }
        return all;
    }

    /** Nobody asked for it by name, and what only listens must not keep a service from its database. */
    private static void goOnWithoutListener(Throwable broken) {
        LoggerFactory.getLogger(Database.class)
                .warn("A listener on the class path cannot be made; the database is opened without it.", broken);
    }

    /** What is registered explicitly wins over its like on the class path. */
    private boolean isReplaced(DatabaseListenerFactory found) {
        for (DatabaseListenerFactory factory : factories) {
            if (factory.getClass() == found.getClass()) {
                return true;
            }
        }
        return false;
    }

    private static CredentialsProvider reporting(CredentialsProvider provider, DatabaseListener listener) {
        if (!provider.canChange()) {
            return provider;
        }
        RefreshReports reports = new RefreshReports(listener);
        return provider.reportTo(reports) ? provider : new TimedRefreshes(provider, reports);
    }

    private static void closeAll(
            List<AutoCloseable> opened,
            DatabaseListener listener,
            @Nullable CredentialsProvider provider,
            Throwable failure) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        try {
            new Afterwards(listener, provider).run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Where nobody listens. */
    private static final class Nobody implements DatabaseListener {}

    /** Ends what the pools were lent, once. */
    private static final class Afterwards implements Runnable {

        private final DatabaseListener listener;
        private final @Nullable CredentialsProvider provider;
        private final AtomicBoolean ran = new AtomicBoolean();
        private volatile @Nullable Management management;

        Afterwards(DatabaseListener listener, @Nullable CredentialsProvider provider) {
            this.listener = listener;
            this.provider = provider;
        }

        @Override
        public void run() {
            if (!ran.compareAndSet(false, true)) {
                return;
            }
            try {
                Management registered = management;
                if (registered != null) {
                    registered.close();
                }
                if (provider != null) {
                    provider.close();
                }
            } finally {
                listener.databaseClosed();
            }
        }
    }
}
