package dev.wellhead.benchmarks.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ServiceLoader;
import javax.sql.DataSource;

/** Opens a pool, prints the row of {@code SELECT 1} and exits. */
public final class FirstRow {

    private static final long CONNECTION_TIMEOUT_MILLIS = 30_000;

    private FirstRow() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        PoolFactory factory = ServiceLoader.load(PoolFactory.class).iterator().next();
        DataSource pool = factory.open(CONNECTION_TIMEOUT_MILLIS);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            row.next();
            System.out.println(row.getInt(1));
        }
        ((AutoCloseable) pool).close();
    }
}
