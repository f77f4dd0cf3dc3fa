package dev.wellhead.settings;

/** The order in which listed servers and their addresses are tried, as libpq's load_balance_hosts. */
public enum LoadBalanceHosts implements Choice {
    /** In the order given. */
    DISABLE("disable"),
    /** Shuffled for every connection. */
    RANDOM("random");

    private final String value;

    LoadBalanceHosts(String value) {
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
