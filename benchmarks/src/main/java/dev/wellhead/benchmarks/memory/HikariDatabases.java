package dev.wellhead.benchmarks.memory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** Many pools of HikariCP, configured by hand. */
public final class HikariDatabases {

    private HikariDatabases() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        HeapPerDatabase.print(number -> {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(System.getenv("JDBC_URL"));
            config.setUsername(System.getenv("DB_USER"));
            config.setPassword(System.getenv("DB_PASSWORD"));
            config.setMaximumPoolSize(1);
            return new HikariDataSource(config);
        });
    }
}
