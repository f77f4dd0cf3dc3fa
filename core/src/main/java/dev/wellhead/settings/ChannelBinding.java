package dev.wellhead.settings;

/** Whether SCRAM is bound to the TLS channel, as libpq's channel_binding. */
public enum ChannelBinding implements Choice {
    /** Never. */
    DISABLE("disable"),
    /** Where both sides can. */
    PREFER("prefer"),
    /** Or the login fails. */
    REQUIRE("require");

    private final String value;

    ChannelBinding(String value) {
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
