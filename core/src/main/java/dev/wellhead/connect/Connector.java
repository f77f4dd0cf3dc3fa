package dev.wellhead.connect;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Opens authenticated physical connections, each within a deadline. Thread-safe. */
public final class Connector {

    /**
     * @param settings where and how to connect; hosts and database are known
     * @param credentials who to log in as
     * @param listener told of every attempt
     */
    public Connector(DatabaseSettings settings, CredentialsProvider credentials, DatabaseListener listener) {
        throw new UnsupportedOperationException(settings.toString() + credentials + listener);
    }

    /**
     * {@return a new physical connection} Tries the candidate that last worked first, then the others in order.
     *
     * @param budget the longest the whole attempt may take
     */
    public Connection open(Duration budget) throws SQLException {
        throw new UnsupportedOperationException(budget.toString());
    }

    /**
     * {@return a new physical connection that proves the newest credentials} As {@link #open}, but tries the first
     * candidate of the current set alone, so that credentials that replace others which still work are taken up. When
     * the server accepts it, {@link #open} tries it first from now on; when it refuses, nothing is remembered and no
     * refresh is asked for: the credentials that worked go on working.
     */
    public Connection prove(Duration budget) throws SQLException {
        throw new UnsupportedOperationException(budget.toString());
    }

    /**
     * {@return the generation in which the login of {@code connection} was first accepted; -1 where it is not ours} A
     * later set whose accepted candidate is the same login keeps the number, so a higher number always means another
     * login than the one before it. The events of {@link DatabaseListener} carry the same number.
     */
    public static long generationOf(Connection connection) {
        throw new UnsupportedOperationException(connection.toString());
    }
}
