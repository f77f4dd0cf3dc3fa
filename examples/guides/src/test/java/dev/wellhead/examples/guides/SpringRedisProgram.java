package dev.wellhead.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wellhead.redis.Redis;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Uses the class {@code RedisBeans} of the page on Redis as Spring does. */
final class SpringRedisProgram {

    private SpringRedisProgram() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Class<?> type = Class.forName("RedisBeans");
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object beans = constructor.newInstance();
        try (Redis redis = (Redis) method(type, "redis").invoke(beans)) {
            LettuceConnectionFactory factory = (LettuceConnectionFactory)
                    method(type, "redisConnectionFactory", Redis.class).invoke(beans, redis);
            factory.afterPropertiesSet();
            factory.start();
            try (RedisConnection connection = factory.getConnection()) {
                byte[] key = "greeting".getBytes(UTF_8);
                connection.stringCommands().set(key, "hello".getBytes(UTF_8));
                byte[] read = connection.stringCommands().get(key);
                System.out.println("read " + (read == null ? "nothing" : new String(read, UTF_8)));
            } finally {
                factory.destroy();
            }
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }
}
