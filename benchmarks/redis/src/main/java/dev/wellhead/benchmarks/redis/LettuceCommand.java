package dev.wellhead.benchmarks.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;

/** The shortest program that uses only Lettuce and reads its settings from the environment. */
public final class LettuceCommand {

    private LettuceCommand() {}

    public static void main(String[] arguments) {
        try (RedisClient client = RedisClient.create(uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            System.out.println(connection.sync().ping());
        }
    }

    /** {@return the server and the login, which do not change} */
    static RedisURI uri() {
        return RedisURI.Builder.redis(System.getenv("REDIS_HOST"), Integer.parseInt(System.getenv("REDIS_PORT")))
                .withAuthentication(System.getenv("REDIS_USER"), System.getenv("REDIS_PASSWORD"))
                .build();
    }
}
