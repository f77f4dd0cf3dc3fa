package dev.wellhead.benchmarks.redis;

import dev.wellhead.redis.Redis;
import io.lettuce.core.api.StatefulRedisConnection;

/** The shortest program that uses wellhead-redis. */
public final class WellheadCommand {

    private WellheadCommand() {}

    public static void main(String[] arguments) {
        try (Redis redis = Redis.fromEnvironment();
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            System.out.println(connection.sync().ping());
        }
    }
}
