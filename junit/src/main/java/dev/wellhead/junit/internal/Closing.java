package dev.wellhead.junit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Closes a connection together with the store that contains it. JUnit closes any {@code AutoCloseable} only since 5.13;
 * both interfaces together work in all versions.
 *
 * @param connection the connection
 */
@SuppressWarnings("deprecation")
record Closing(Connection connection) implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
