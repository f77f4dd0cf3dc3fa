package com.example.visits;

import dev.wellhead.jdbc.WellheadDriver;
import java.util.Properties;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/** Lets Flyway accept {@code jdbc:wellhead:}. Flyway finds it in META-INF/services. */
public final class WellheadDatabaseType extends PostgreSQLDatabaseType {

    @Override
    public boolean handlesJDBCUrl(String url) {
        return url.startsWith("jdbc:wellhead:");
    }

    @Override
    public String getDriverClass(String url, ClassLoader classLoader) {
        return WellheadDriver.class.getName();
    }

    @Override
    public void setDefaultConnectionProps(String url, Properties properties, ClassLoader classLoader) {
        // Wellhead sets the properties of the driver that Flyway would set
    }
}
