package dev.wellhead.junit.internal.clone;

import dev.wellhead.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the databases of test runs that were killed. A database is dropped only if its name is that of a test database,
 * if it or another database of the same run has the comment of test databases, if it belongs to this role, if its run
 * does not hold its lock, and if it has no session. A run that was killed while it created a database could not add the
 * comment.
 */
final class Leftovers {

    /** The comment of every test database. */
    static final String COMMENT = "Wellhead test database";

    /**
     * Advisory locks belong to the database of their session, which is a different one for other settings, so the
     * locks of all databases are read. The eight digits after the prefix are the second key of the lock.
     */
    private static final String QUERY =
            """
            with test_databases as (
                select d.oid, d.datname, d.datdba, substr(d.datname, %4$d, 8) as run,
                    coalesce(shobj_description(d.oid, 'pg_database') = '%2$s', false) as has_comment
                from pg_database d
                where d.datname ~ '^%1$s[0-9a-f]{8}_[tc][0-9]+$'
            )
            select d.datname
            from test_databases d
            where d.datdba = (select oid from pg_roles where rolname = current_user)
              and exists (select from test_databases o where o.run = d.run and o.datdba = d.datdba and o.has_comment)
              and not exists (select from pg_stat_activity a where a.datid = d.oid)
              and not exists (
                select from pg_locks l
                where l.locktype = 'advisory'
                  and l.granted
                  and l.classid = %3$d
                  and l.objid = ('x' || d.run)::bit(32)::bigint::oid)
            order by d.has_comment, d.datname
            """
                    .formatted(RunId.PREFIX, COMMENT, RunId.LOCK_CLASS, RunId.PREFIX.length() + 1);

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.junit");

    private Leftovers() {}

    /** Drops the leftovers. A failure is logged, because the tests of this run do not depend on it. */
    static void drop(Database administration) {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement()) {
            for (String name : names(statement)) {
                drop(statement, name);
            }
        } catch (SQLException e) {
            LOG.warn("The databases that killed test runs left on the server cannot be dropped.", e);
        }
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void drop(Statement statement, String name) {
        try {
            // without FORCE, which would end the sessions of a run that has begun to use it
            statement.execute("drop database if exists " + name);
            LOG.info("Dropped {}, which a killed test run left on the server.", name);
        } catch (SQLException e) {
            LOG.debug("{} was not dropped.", name, e);
        }
    }
}
