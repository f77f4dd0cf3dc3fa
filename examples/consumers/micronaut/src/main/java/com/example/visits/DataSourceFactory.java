package com.example.visits;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens the database with the context, and closes it with the context. */
@Factory
public class DataSourceFactory {

    private final Database database;

    DataSourceFactory() throws SQLException {
        this.database = Databases.fromEnvironment();
    }

    @Context
    @Named("default")
    DataSource dataSource() {
        return database;
    }

    @PreDestroy
    void close() {
        database.close();
    }
}
