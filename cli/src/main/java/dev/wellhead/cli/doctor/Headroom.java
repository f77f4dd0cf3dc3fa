package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Connections that are left on the server, for the role and for the database, against what all instances may open. */
final class Headroom {

    private static final String QUERY = "SELECT current_setting('max_connections')::int"
            + " - current_setting('superuser_reserved_connections')::int"
            + " - coalesce(current_setting('reserved_connections', true), '0')::int,"
            + " (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),"
            + " (SELECT datconnlimit FROM pg_database WHERE datname = current_database()),"
            + " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
            + " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            + "  AND usename = current_user),"
            + " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            + "  AND datname = current_database())";

    private final DatabaseSettings settings;
    private final Connection connection;
    private final int instances;

    Headroom(DatabaseSettings settings, Connection connection, int instances) {
        this.settings = settings;
        this.connection = connection;
        this.instances = instances;
    }

    /**
     * One limit.
     *
     * @param what has it, for people
     * @param limit of connections; -1 for none
     * @param used now, without the one that asks
     */
    record Limit(String what, int limit, int used) {

        int left() {
            return limit < 0 ? Integer.MAX_VALUE : limit - used;
        }

        boolean holds(long wanted) {
            return limit < 0 || wanted <= limit;
        }
    }

    Result result() throws SQLException {
        List<String> row = Sql.row(connection, QUERY);
        // the connection that asks is gone in a moment
        Limit server = new Limit("the server", number(row.get(0)), number(row.get(3)) - 1);
        Limit role = new Limit("the role", number(row.get(1)), number(row.get(4)) - 1);
        Limit database = new Limit("the database", number(row.get(2)), number(row.get(5)) - 1);
        int pool = settings.get(Settings.MAXIMUM_POOL_SIZE);
        long wanted = (long) pool * instances;
        Limit tightest = tightest(List.of(server, role, database), wanted);
        String text = tightest.what() + " has " + tightest.left() + " of " + tightest.limit() + " connections left ("
                + tightest.used() + " in use now), and " + instances + (instances == 1 ? " instance" : " instances")
                + " of up to " + pool + " may open " + wanted;
        return judged(text, tightest, wanted)
                .with("left", tightest.left())
                .with("limit", tightest.limit())
                .with("limitOf", tightest.what())
                .with("inUse", tightest.used())
                .with("wanted", wanted);
    }

    /** {@return the one with the fewest left, of those that can never hold {@code wanted} where there are any} */
    static Limit tightest(List<Limit> limits, long wanted) {
        Limit tightest = limits.get(0);
        for (Limit limit : limits) {
            boolean fits = limit.holds(wanted);
            if (fits == tightest.holds(wanted) ? limit.left() < tightest.left() : !fits) {
                tightest = limit;
            }
        }
        return tightest;
    }

    private Result judged(String text, Limit tightest, long wanted) {
        String pool = settings.variable(Settings.MAXIMUM_POOL_SIZE);
        if (!tightest.holds(wanted)) {
            return Result.failed(
                    Stage.HEADROOM,
                    "too_many_connections",
                    text,
                    raise(tightest) + ", or lower " + pool + " to " + Math.max(1, tightest.limit() / instances)
                            + " or less.");
        }
        if (wanted > tightest.left()) {
            return Result.warning(
                    Stage.HEADROOM,
                    text,
                    "If those in use are not the same instances: " + raise(tightest) + ", or lower " + pool + ".");
        }
        return Result.ok(Stage.HEADROOM, text);
    }

    private static String raise(Limit limit) {
        return switch (limit.what()) {
            case "the role" -> "Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT)";
            case "the database" -> "Raise the database's limit (ALTER DATABASE ... CONNECTION LIMIT)";
            default -> "Raise max_connections on the server";
        };
    }

    private static int number(String text) {
        return text.isEmpty() ? -1 : Integer.parseInt(text);
    }
}
