package dev.wellhead.settings;

/** The isolation levels of PostgreSQL, with the names that HikariCP uses. */
public enum TransactionIsolation implements Choice {
    /** The same as read committed in PostgreSQL. */
    READ_UNCOMMITTED,
    /** PostgreSQL's default. */
    READ_COMMITTED,
    /** One snapshot per transaction. */
    REPEATABLE_READ,
    /** As if transactions ran one after another. */
    SERIALIZABLE;

    /** {@return the name of the constant in {@link java.sql.Connection}} */
    @Override
    public String value() {
        return "TRANSACTION_" + name();
    }

    @Override
    public String toString() {
        return value();
    }
}
