package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.spi.SettingsSource;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the default database on a thread of its own. The bean of the database takes it, or opens another one if the result
 * is not what the bean would get now. Thread-safe.
 */
final class BackgroundStart implements Runnable, LocalDatabaseProvider {

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.spring");

    private final Thread thread = new Thread(this, "wellhead-start");

    /** This and the settings are not kept longer than they are needed, because they contain sensitive values. */
    private @Nullable DatabaseBuilder builder;

    private @Nullable SettingsSnapshot read;
    private @Nullable Throwable failure;
    private @Nullable Database database;
    private boolean isLocal;
    private boolean isCancelled;

    private BackgroundStart(SettingsSnapshot read, DatabaseBuilder builder) {
        this.read = read;
        this.builder = builder.settings(read).localDatabase(this);
    }

    /** @param builder not used by the caller any more */
    static BackgroundStart begin(SettingsSnapshot read, DatabaseBuilder builder) {
        BackgroundStart start = new BackgroundStart(read, builder);
        start.thread.setDaemon(true);
        start.thread.start();
        return start;
    }

    @Override
    public void run() {
        try {
            if (builder != null) {
                keep(builder.open());
            }
        } catch (SQLException | RuntimeException | Error e) {
            // thrown by the thread that takes the database
            failure = e;
        } finally {
            builder = null;
        }
    }

    private void keep(Database opened) {
        synchronized (this) {
            if (!isCancelled) {
                database = opened;
                return;
            }
        }
        // the interrupt of cancel ends the opening only
        Thread.interrupted();
        opened.close();
    }

    @Override
    public String description() {
        return "a local database";
    }

    /** Starts none, because an earlier bean may start the server on the default host. */
    @Override
    public RunningServer start(Request request) throws IOException {
        isLocal = true;
        throw new IOException("the bean of the database starts it");
    }

    /**
     * {@return the open database, which the caller closes; null if the caller has to open it} That is the case if the settings
     * have changed since, or if the database could not be opened before this call: a bean that was created in the meantime may
     * have removed the cause.
     *
     * @param current the settings as they are now
     * @throws SQLException if the database cannot be opened
     */
    @Nullable
    Database take(SettingsSource current) throws SQLException {
        boolean hasEnded = !thread.isAlive();
        boolean isUsable = false;
        try {
            thread.join();
            isUsable = (failure == null || isFinal(hasEnded)) && read != null && isSame(read, current);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            read = null;
            if (!isUsable) {
                cancel();
            }
        }
        if (isUsable) {
            throwFailure();
        }
        return taken();
    }

    private static boolean isSame(SettingsSnapshot read, SettingsSource current) {
        boolean isSame = read.isSameAs(current);
        if (!isSame) {
            LOG.debug("The settings have changed since the early opening: opening the database again.");
        }
        return isSame;
    }

    /** A bean that was created in the meantime may have removed the cause of a failure, but not of one that ended later. */
    private boolean isFinal(boolean hasEndedBefore) {
        return !hasEndedBefore && !isLocal;
    }

    private synchronized @Nullable Database taken() {
        Database opened = database;
        database = null;
        return opened;
    }

    private void throwFailure() throws SQLException {
        if (failure instanceof SQLException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    /** Closes the database if it has not been taken, now or when it has opened. */
    void cancel() {
        Database opened;
        synchronized (this) {
            isCancelled = true;
            opened = taken();
        }
        thread.interrupt();
        if (opened != null) {
            opened.close();
        }
    }
}
