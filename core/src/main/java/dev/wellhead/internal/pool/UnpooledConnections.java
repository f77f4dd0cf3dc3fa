package dev.wellhead.internal.pool;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.pool.recovery.RetryRule;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TransactionIsolation;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Opens connections that a pool outside of Wellhead keeps. Thread-safe; there is nothing to close. */
public final class UnpooledConnections {

    private final Route route;

    /**
     * Creates the way to one database.
     *
     * @param settings where to connect; a secret may complete them
     * @param logged the warnings of the settings that were logged before
     */
    public UnpooledConnections(
            DatabaseSettings settings,
            CredentialsProvider credentials,
            DatabaseListener listener,
            List<String> logged) {
        this.route = new Route(settings, false, credentials, listener);
        route.omitWarnings(logged);
    }

    /** {@return the longest time of a connect, which follows from connectionTimeout} */
    public Duration budget() {
        return route.budget();
    }

    /** {@return the settings, completed by the server that is in use} */
    public DatabaseSettings settings() throws SQLException {
        return route.settings();
    }

    /**
     * {@return a new connection, which the caller closes} If the login is refused and the source of the credentials can have
     * others, this tries again until the time is over. Other failures are thrown immediately, because the application's pool
     * decides whether to try again.
     */
    public Connection open(Duration atMost) throws SQLException {
        Deadline deadline = Deadline.in(atMost.compareTo(route.budget()) < 0 ? atMost : route.budget());
        RetryRule rule = new RetryRule(route.budget(), route.credentialsCanChange());
        while (true) {
            try {
                return prepared(route.open(deadline.remaining()));
            } catch (ConnectionFailedException e) {
                if (!rule.awaitsCredentials(e) || deadline.remaining().toMillis() <= RetryRule.REFUSED_MILLIS) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(ConnectionFailedException reason) throws ConnectionFailedException {
        try {
            Thread.sleep(RetryRule.REFUSED_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason.addSuppressed(e);
            throw reason;
        }
    }

    /** Applies the settings that a pool of Wellhead applies to each connection. The others are part of the login. */
    private Connection prepared(Connection connection) throws SQLException {
        try {
            DatabaseSettings settings = route.settings();
            if (settings.get(Settings.READ_ONLY)) {
                connection.setReadOnly(true);
            }
            if (settings.find(Settings.TRANSACTION_ISOLATION).isPresent()) {
                connection.setTransactionIsolation(level(settings.get(Settings.TRANSACTION_ISOLATION)));
            }
            if (settings.find(Settings.CONNECTION_INIT_SQL).isPresent()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(settings.get(Settings.CONNECTION_INIT_SQL));
                }
            }
            if (!settings.get(Settings.AUTO_COMMIT)) {
                connection.setAutoCommit(false);
            }
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                connection.close();
            } catch (SQLException too) {
                e.addSuppressed(too);
            }
            throw e;
        }
    }

    private static int level(TransactionIsolation isolation) {
        return switch (isolation) {
            case READ_UNCOMMITTED -> Connection.TRANSACTION_READ_UNCOMMITTED;
            case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
            case REPEATABLE_READ -> Connection.TRANSACTION_REPEATABLE_READ;
            case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
        };
    }
}
