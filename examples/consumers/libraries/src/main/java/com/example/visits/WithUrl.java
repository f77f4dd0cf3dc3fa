package com.example.visits;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** Pools that have a URL in their configuration, as in applications that accept nothing else. The argument names the pool. */
public final class WithUrl {

    private static final String URL = "jdbc:wellhead:";

    /** Pools of Tomcat and c3p0 load the driver by its name; the others find it on the class path. */
    private static final String DRIVER = "dev.wellhead.jdbc.WellheadDriver";

    private WithUrl() {}

    public static void main(String[] arguments) throws Exception {
        DataSource pool = pool(arguments[0]);
        Migrations.withFlyway(pool);
        Console.run(() -> add(pool));
        if (pool instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static long add(DataSource pool) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into visits default values");
            try (ResultSet row = statement.executeQuery("select count(*) from visits")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static DataSource pool(String name) throws Exception {
        return switch (name) {
            case "hikaricp" -> hikari();
            case "dbcp2" -> dbcp2();
            case "tomcat" -> tomcat();
            case "c3p0" -> c3p0();
            case "agroal" -> agroal();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static DataSource hikari() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(URL);
        return new HikariDataSource(pool);
    }

    private static DataSource dbcp2() {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(URL);
        return pool;
    }

    private static DataSource tomcat() {
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
        pool.setUrl(URL);
        pool.setDriverClassName(DRIVER);
        pool.setTestOnBorrow(true);
        pool.setValidationQuery("/* ping */ select 1");
        pool.setValidationInterval(0);
        return pool;
    }

    private static DataSource c3p0() throws Exception {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(URL);
        pool.setDriverClass(DRIVER);
        pool.setTestConnectionOnCheckout(true);
        return pool;
    }

    private static DataSource agroal() throws Exception {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(5)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(URL))));
    }
}
