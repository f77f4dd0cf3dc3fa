package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.Quantity;
import dev.wellhead.settings.Settings;
import java.sql.SQLException;
import java.util.List;

/**
 * Checks that the limits of the server, the role and the database allow the pools of all instances. A pool that cannot
 * open all its connections fails under load, not at the start. A limit that is too low for the pools is a failure; a
 * limit that is only used up by others at the moment is a warning.
 */
final class ConnectionLimitCheck {

    /**
     * One row: the limits of the server, the role and the database, then the connections that each of them has now.
     * Slots that are reserved for superusers, and since version 16 for pg_use_reserved_connections, do not count.
     * Source: PostgreSQL documentation, "Connections and Authentication"; pg_roles; pg_database.
     */
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

    private ConnectionLimitCheck() {}

    /** What has a limit, and how to raise it. */
    enum Owner {
        SERVER("the server", "Raise max_connections on the server"),
        ROLE("the role", "Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT)"),
        DATABASE("the database", "Raise the database's limit (ALTER DATABASE ... CONNECTION LIMIT)");

        private final String text;
        private final String fix;

        Owner(String text, String fix) {
            this.text = text;
            this.fix = fix;
        }
    }

    /**
     * A limit for the number of connections.
     *
     * @param maximum -1 for unlimited
     * @param used without the connection of this check
     */
    record Limit(Owner owner, int maximum, int used) {

        /** {@return the number of connections that can still be opened; {@link Integer#MAX_VALUE} without a limit} */
        int free() {
            return maximum < 0 ? Integer.MAX_VALUE : Math.max(0, maximum - used);
        }

        /** {@return whether the limit is high enough, even if all its connections were free} */
        boolean allows(long connections) {
            return maximum < 0 || connections <= maximum;
        }
    }

    /**
     * {@return the result of the stage, for the strictest of the three limits}
     *
     * @throws SQLException if the query failed
     */
    static StageResult result(CheckedSession session) throws SQLException {
        List<String> row = Queries.row(session.connection(), QUERY);
        int pool = session.settings().get(Settings.MAXIMUM_POOL_SIZE);
        int instances = session.instances();
        long needed = (long) pool * instances;
        Limit limit = strictest(
                List.of(
                        limit(Owner.SERVER, row.get(0), row.get(3)),
                        limit(Owner.ROLE, row.get(1), row.get(4)),
                        limit(Owner.DATABASE, row.get(2), row.get(5))),
                needed);
        String text = limit.owner().text + " allows " + Quantity.of(limit.maximum(), "connection") + " (" + limit.used()
                + " used, " + limit.free() + " free); " + Quantity.of(instances, "instance") + " with up to "
                + Quantity.of(pool, "connection") + (instances == 1 ? " needs " : " each need ") + needed;
        String variable = session.settings().variable(Settings.MAXIMUM_POOL_SIZE);
        StageResult result = DoctorStage.HEADROOM.ok(text);
        if (!limit.allows(needed)) {
            result = DoctorStage.HEADROOM.failed(
                    "too_many_connections",
                    text,
                    limit.owner().fix + ", or lower " + variable + " to " + Math.max(1, limit.maximum() / instances)
                            + " or less.");
        } else if (needed > limit.free()) {
            result = DoctorStage.HEADROOM.warning(
                    text,
                    "If the used connections are not those of the same instances: " + limit.owner().fix + ", or lower "
                            + variable + ".");
        }
        return result.with("left", limit.free())
                .with("limit", limit.maximum())
                .with("limitOf", limit.owner().text)
                .with("inUse", limit.used())
                .with("wanted", needed);
    }

    private static Limit limit(Owner owner, String maximum, String used) {
        // the role of a virtual database of a pooler may be missing in pg_roles
        return new Limit(owner, maximum.isEmpty() ? -1 : Integer.parseInt(maximum), Integer.parseInt(used) - 1);
    }

    /** {@return the limit with the fewest free connections; limits that can never allow {@code needed} come first} */
    static Limit strictest(List<Limit> limits, long needed) {
        Limit strictest = limits.get(0);
        for (Limit limit : limits) {
            boolean sameGroup = limit.allows(needed) == strictest.allows(needed);
            if (sameGroup ? limit.free() < strictest.free() : !limit.allows(needed)) {
                strictest = limit;
            }
        }
        return strictest;
    }
}
