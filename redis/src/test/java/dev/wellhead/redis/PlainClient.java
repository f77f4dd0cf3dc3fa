package dev.wellhead.redis;

import io.lettuce.core.api.StatefulRedisConnection;

/** A program that runs one command on the Redis of its environment. */
final class PlainClient {

    private PlainClient() {}

    public static void main(String[] arguments) {
        try (Redis redis = Redis.fromEnvironment();
                StatefulRedisConnection<String, String> connection =
                        redis.client().connect()) {
            System.out.println(connection.sync().aclWhoami());
        }
    }
}
