package dev.wellhead.settings;

/** The isolation levels of PostgreSQL, by HikariCP's names. */
public enum TransactionIsolation implements Choice {
    /** Behaves as read committed in PostgreSQL. */
    READ_UNCOMMITTED,
    /** PostgreSQL's default. */
    READ_COMMITTED,
    /** One snapshot per transaction. */
    REPEATABLE_READ,
    /** As if transactions ran one after another. */
    SERIALIZABLE;

    @Override
    public String value() {
        return "TRANSACTION_" + name();
    }
}
