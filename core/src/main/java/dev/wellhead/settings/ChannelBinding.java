package dev.wellhead.settings;

/** Whether SCRAM authentication is bound to the TLS channel, as libpq's {@code channel_binding}. */
public enum ChannelBinding implements Choice {
    /** Never. */
    DISABLE,
    /** If client and server support it. */
    PREFER,
    /** Always; a login without channel binding fails. */
    REQUIRE;

    @Override
    public String toString() {
        return value();
    }
}
