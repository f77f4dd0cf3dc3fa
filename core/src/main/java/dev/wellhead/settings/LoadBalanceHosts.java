package dev.wellhead.settings;

/** The order in which servers and their addresses are tried, as libpq's {@code load_balance_hosts}. */
public enum LoadBalanceHosts implements Choice {
    /** In the given order. */
    DISABLE,
    /** In a random order for every connection. */
    RANDOM;

    @Override
    public String toString() {
        return value();
    }
}
