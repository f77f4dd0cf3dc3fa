package dev.wellhead.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.redis.Redis;
import io.lettuce.core.LettuceVersion;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Opens the Redis of its environment, and answers each line of its input with a command on a new connection. */
final class CacheService {

    private CacheService() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (Redis redis = Redis.fromEnvironment()) {
            String order;
            do {
                Service.answer(command(redis));
                order = orders.readLine();
            } while (order != null);
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            Service.answer(String.valueOf(e.getMessage()).replaceAll("\\R *", " | "));
        }
    }

    private static String command(Redis redis) {
        try (StatefulRedisConnection<String, String> connection = redis.client().connect()) {
            // a commit follows the version
            String version = LettuceVersion.getVersion().split("/", 2)[0];
            return connection.sync().aclWhoami() + ", Lettuce " + version;
        } catch (RedisConnectionException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
