package com.example.visits;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** Opens a database for each name below {@code datasources}, and closes it with the context. */
@Factory
public class DatabaseFactory {

    private final Deque<Database> open = new ArrayDeque<>();

    @Context
    @EachBean(DatabaseName.class)
    DataSource dataSource(DatabaseName name) throws SQLException {
        Database database = name.name().equals("default")
                ? Databases.fromEnvironment()
                : Databases.fromEnvironment(name.name());
        open.push(database);
        return database;
    }

    @PreDestroy
    void close() {
        open.forEach(Database::close);
    }
}
