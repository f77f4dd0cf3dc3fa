package dev.wellhead.settings;

/** A pooler in front of the server, which decides what may not be used. */
public enum Pooler implements Choice {
    /** Straight to PostgreSQL. */
    NONE("none"),
    /** PgBouncer in transaction pooling: no server-side prepared statements across transactions, no session settings. */
    PGBOUNCER("pgbouncer"),
    /** Amazon RDS Proxy: what would pin a session is off. */
    RDS_PROXY("rds-proxy");

    private final String value;

    Pooler(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
