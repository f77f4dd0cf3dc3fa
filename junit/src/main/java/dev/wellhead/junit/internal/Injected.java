package dev.wellhead.junit.internal;

import dev.wellhead.Database;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The types that can be injected. */
final class Injected {

    private Injected() {}

    static boolean isType(Class<?> type) {
        return type == Database.class || type == DataSource.class || type == Connection.class;
    }

    static void requireType(Class<?> type, String description) {
        if (!isType(type)) {
            throw new ExtensionConfigurationException(
                    "@TestDatabase cannot set the " + description + ", because its type is " + type.getName()
                            + ". Use dev.wellhead.Database, javax.sql.DataSource or java.sql.Connection.");
        }
    }

    /** {@return a new connection, which is closed when the store is} */
    static Connection connection(Database database, ExtensionContext.Store store) {
        Connection connection;
        try {
            connection = database.getConnection();
        } catch (SQLException e) {
            throw new ExtensionConfigurationException("The test database opens no connection: " + e.getMessage(), e);
        }
        store.put(new Object(), new Closing(connection));
        return connection;
    }
}
