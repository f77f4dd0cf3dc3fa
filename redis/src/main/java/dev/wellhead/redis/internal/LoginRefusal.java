package dev.wellhead.redis.internal;

/** Recognises the answer of a server that refused a login, and not another command. */
public final class LoginRefusal {

    /**
     * The first words. The first two are those of Redis 6 and newer, Valkey, and ElastiCache, which refuses authentication
     * tokens in the same way; the others are those of older servers. Source: Redis documentation, "AUTH" and "ACL".
     */
    private static final String[] REFUSALS = {
        "WRONGPASS", "NOAUTH", "ERR invalid password", "ERR invalid username-password pair"
    };

    private LoginRefusal() {}

    /** {@return whether the text of an error is such an answer} */
    public static boolean is(String error) {
        for (String refusal : REFUSALS) {
            if (error.startsWith(refusal)) {
                return true;
            }
        }
        return false;
    }
}
