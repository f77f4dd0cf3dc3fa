package dev.wellhead.junit.internal.clone;

import dev.wellhead.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates and drops the databases of this run. Their names need no quotes. Thread-safe. */
final class CreatedDatabases {

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.junit");

    private static final int DROP_SECONDS = 60;

    private final Database administration;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    CreatedDatabases(Database administration) {
        this.administration = administration;
    }

    /** Creates an empty database. */
    void create(String name) throws SQLException {
        execute(name, "create database " + name);
    }

    /**
     * Creates a copy of a database that no session uses. The strategy is the default, {@code wal_log}: copying files waits
     * for the disk even on a server without fsync, which takes five times as long.
     */
    void copy(String name, String template) throws SQLException {
        execute(name, "create database " + name + " template " + template);
    }

    /**
     * Ends the sessions of this role in a database, and keeps new ones out, so that it can be copied. The role may not end
     * those of others, such as an autovacuum worker, which ends by itself when the database is copied.
     */
    void seal(String name) throws SQLException {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter database " + name + " allow_connections false");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name
                    + "' and usename = current_user");
        }
    }

    /** Drops a database, and ends its sessions. A failure is logged, and the database is then a leftover. */
    void drop(String name) {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(DROP_SECONDS);
            statement.execute("drop database if exists " + name + " with (force)");
            present.remove(name);
        } catch (SQLException e) {
            LOG.warn("{} cannot be dropped. A later test run drops it.", name, e);
        }
    }

    /** Drops every database that exists. */
    void dropAll() {
        List.copyOf(present).forEach(this::drop);
    }

    private void execute(String name, String sql) throws SQLException {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement()) {
            present.add(name);
            statement.execute(sql);
            statement.execute("comment on database " + name + " is '" + Leftovers.COMMENT + "'");
        }
    }
}
