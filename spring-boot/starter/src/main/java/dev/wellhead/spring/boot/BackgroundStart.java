package dev.wellhead.spring.boot;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.spi.LocalDatabaseProvider;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Opens the default database on a thread of its own. The bean of the database takes it, or opens another one if the result
 * is not what the bean would get now. Thread-safe.
 */
final class BackgroundStart implements Runnable, LocalDatabaseProvider {

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.spring");

    /** The package of the classes that create beans. */
    private static final String BEANS = "org.springframework.beans.factory.";

    private static final int CHECK_MILLIS = 500;

    /** If the opening only creates a bean that takes longer, the bean of the database waits for it in its place. */
    private static final int CHECKS_IN_BEANS = 4;

    private final ConfigurableEnvironment environment;
    private final Thread thread = new Thread(this, "wellhead-start");

    /** This and the settings are not kept when the database has opened, because they contain sensitive values. */
    private @Nullable DatabaseBuilder builder;

    private @Nullable SettingsSnapshot read;

    /** Logged only if the result is used, because the bean logs it too if it opens the database. */
    private @Nullable String warning;

    private @Nullable Throwable failure;
    private @Nullable Database database;
    private boolean isLocal;
    private boolean isCancelled;

    private BackgroundStart(ConfigurableEnvironment environment, DatabaseBuilder builder) {
        this.environment = environment;
        this.builder = builder;
    }

    /** @param builder not used by the caller any more */
    static BackgroundStart begin(ConfigurableEnvironment environment, DatabaseBuilder builder) {
        BackgroundStart start = new BackgroundStart(environment, builder);
        start.thread.setDaemon(true);
        start.thread.start();
        return start;
    }

    @Override
    public void run() {
        try {
            if (builder != null) {
                keep(open(builder));
            }
        } catch (SQLException | RuntimeException | Error e) {
            // thrown by the thread that takes the database
            failure = e;
        } finally {
            forget();
        }
    }

    private synchronized void forget() {
        builder = null;
        if (isCancelled) {
            read = null;
        }
    }

    private Database open(DatabaseBuilder builder) throws SQLException {
        PropertyNames names = PropertyNames.of(environment);
        SettingsSnapshot snapshot = SettingsSnapshot.of(new EnvironmentSettings(environment, names, null));
        read = snapshot;
        builder.settings(snapshot).localDatabase(this);
        warning = new SpringDataSourceProperties(environment, names).check(builder);
        return builder.open();
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
     * have removed the cause. It is also the case if the opening needs a bean, which Spring does not create before this returns.
     *
     * @param current the settings as they are now
     * @throws SQLException if the database cannot be opened
     */
    @Nullable
    Database take(EnvironmentSettings current) throws SQLException {
        boolean hasEnded = !thread.isAlive();
        boolean isUsable = false;
        try {
            isUsable = hasJoined() && (failure == null || isFinal(hasEnded)) && read != null && isSame(read, current);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            read = null;
            if (!isUsable) {
                cancel();
            }
        }
        if (isUsable) {
            SpringDataSourceProperties.log(warning);
            throwFailure();
        }
        return taken();
    }

    /**
     * {@return whether the opening has ended; false if it needs a bean, for example to read a property} Spring may not supply the
     * bean before the caller has returned, because the caller holds the lock of the beans.
     */
    private boolean hasJoined() throws InterruptedException {
        int checksInBeans = 0;
        while (checksInBeans < CHECKS_IN_BEANS) {
            thread.join(CHECK_MILLIS);
            if (!thread.isAlive()) {
                return true;
            }
            checksInBeans = isInsideBeans() ? checksInBeans + 1 : 0;
        }
        LOG.debug("The early opening waits for a bean: opening the database again.");
        return false;
    }

    private boolean isInsideBeans() {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith(BEANS)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(SettingsSnapshot read, EnvironmentSettings current) {
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
