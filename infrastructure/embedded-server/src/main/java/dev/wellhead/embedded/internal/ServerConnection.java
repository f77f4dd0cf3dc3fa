package dev.wellhead.embedded.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Opens connections of this module to its own servers. */
final class ServerConnection {

    private static final int LOGIN_SECONDS = 30;

    private ServerConnection() {}

    static Connection open(int port, String database, RoleLogin login) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {ServerProcess.ADDRESS});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(login.role());
        source.setPassword(login.password());
        source.setApplicationName("wellhead-embedded");
        source.setLoginTimeout(LOGIN_SECONDS);
        // as psql sends statements
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return source.getConnection();
    }
}
