package dev.wellhead.settings;

/** A connection pooler in front of the server, which limits the features that can be used. */
public enum Pooler implements Choice {
    /** No pooler. */
    NONE,
    /** PgBouncer in transaction pooling mode: no server-side prepared statements, no session settings. */
    PGBOUNCER,
    /** Amazon RDS Proxy. Features that would pin a session are off. */
    RDS_PROXY;

    @Override
    public String toString() {
        return value();
    }
}
