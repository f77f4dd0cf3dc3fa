package dev.wellhead.benchmarks.redis;

import dev.wellhead.redis.Redis;
import dev.wellhead.testkit.CommandLoad;
import io.lettuce.core.RedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Eight threads write and read values until the program reads a line. Prints {@code ready} when their connections are
 * open, and at the end the outcome of {@link CommandLoad}.
 */
public final class RedisLoad {

    private static final int THREADS = 8;

    private RedisLoad() {}

    /** The argument is {@code wellhead}, or {@code lettuce} for a login that does not change. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("wellhead")) {
            try (Redis redis = Redis.fromEnvironment()) {
                run(redis.client());
            }
        } else {
            try (RedisClient client = RedisClient.create(LettuceCommand.uri())) {
                run(client);
            }
        }
    }

    private static void run(RedisClient client) throws IOException {
        try (CommandLoad load = CommandLoad.start(client, THREADS)) {
            System.out.println("ready");
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            System.out.println(load.stop());
        }
    }
}
