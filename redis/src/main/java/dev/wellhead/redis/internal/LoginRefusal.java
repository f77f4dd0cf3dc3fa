package dev.wellhead.redis.internal;

import java.util.stream.Stream;

/** Recognises the answer of a server that refused a login, and not another command. */
public final class LoginRefusal {

    private LoginRefusal() {}

    /**
     * {@return whether the text of an error is such an answer} The first two are those of Redis 6 and newer, Valkey, and
     * ElastiCache, which refuses authentication tokens in the same way; the others are those of older servers. Source: Redis
     * documentation, "AUTH" and "ACL".
     */
    public static boolean is(String error) {
        return Stream.of("WRONGPASS", "NOAUTH", "ERR invalid password", "ERR invalid username-password pair")
                .anyMatch(error::startsWith);
    }
}
