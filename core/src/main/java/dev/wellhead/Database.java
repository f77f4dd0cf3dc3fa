package dev.wellhead;

import dev.wellhead.settings.DatabaseSettings;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A pooled {@link DataSource} that follows its credentials. Thread-safe; whoever opened it closes it, once. Acquiring a
 * connection costs what HikariCP costs. {@code unwrap(HikariDataSource.class)} reaches the pool.
 */
public interface Database extends DataSource, AutoCloseable {

    /** {@return what was decided, completed by what the secret or a started local database said} */
    DatabaseSettings settings();

    /** {@return the replicas, read-only; this database itself where none are configured} Closed with this database. */
    Database reader();

    /**
     * Asks the credentials' source for something newer now, proves it with a real connection and retires older
     * connections at a bounded pace.
     *
     * @return whether something newer was found and proven
     * @throws SQLException when the source failed or the server refused what it gave
     */
    boolean refreshCredentials() throws SQLException;

    /** Closes the pool, its connections and the credentials provider. Calling it again does nothing. */
    @Override
    void close();
}
