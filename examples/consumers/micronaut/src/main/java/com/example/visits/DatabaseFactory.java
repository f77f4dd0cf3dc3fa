package com.example.visits;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Parameter;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** Opens a database for each name below {@code datasources}, and closes it with the context. */
@Factory
public class DatabaseFactory {

    private final Deque<Database> open = new ArrayDeque<>();

    @EachProperty(value = "datasources", primary = "default")
    public record Name(@Parameter String value) {}

    @Context
    @EachBean(Name.class)
    DataSource dataSource(Name name) throws SQLException {
        Database database =
                name.value().equals("default") ? Databases.fromEnvironment() : Databases.fromEnvironment(name.value());
        open.push(database);
        return database;
    }

    @PreDestroy
    void close() {
        open.forEach(Database::close);
    }
}
