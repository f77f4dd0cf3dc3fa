package dev.wellhead.redis;

import java.util.Map;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void all() {
        for (Map<String, String> env : List.<Map<String,String>>of(
                Map.of(),
                Map.of("REDIS_URL", "rediss://app:s3cret@cache.internal:6380/2?timeout=3s"),
                Map.of("REDIS_URL", "rediss://app:s3cret@cache.internal", "REDIS_SSLMODE", "require", "ENVIRONMENT", "production"),
                Map.of("REDIS_URL", "redis://cache.internal", "ENVIRONMENT", "production"),
                Map.of("REDIS_URL", "redis://cache.internal", "REDIS_SSLMODE", "require"),
                Map.of("REDIS_URL", "rediss://cache.internal", "REDIS_SSLMODE", "disable"),
                Map.of("REDIS_URL", "http://cache.internal"),
                Map.of("REDIS_URL", "redis://secret@cache.internal"),
                Map.of("REDIS_URL", "redis://:pw@cache.internal/0?dbb=1&datbase=2"),
                Map.of("REDIS_HOST", "cache.internal", "REDIS_SSLMODE", "prefer"),
                Map.of("REDIS_HOST", "cache.internal", "REDIS_SSLMODE", "yes"),
                Map.of("REDIS_HOSTNAME", "cache.internal", "REDIS_PASWORD", "x", "REDIS_TLS", "true", "REDIS_MAX_POOL_SIZE", "2", "REDIS_DB", "1"),
                Map.of("ENVIRONMENT", "production"),
                Map.of("ENVIRONMENT", "production", "REDIS_HOST", "a", "VALKEY_PASSWORD", "x"),
                Map.of("VALKEY_HOST", "x", "REDISHOST", "y"),
                Map.of("REDIS_HOST", "a,b", "REDIS_PASSWORD", "x", "REDIS_PASSWORD_FILE", "/run/x", "REDIS_CLIENT_NAME", "a b"),
                Map.of("REDIS_AUTH", "certificate", "REDIS_HOST", "x"),
                Map.of("REDIS_AUTH", "iam", "REDIS_HOST", "x"),
                Map.of("REDIS_USER", "app", "REDIS_HOST", "x"),
                Map.of("REDIS_PORT", "tcp://10.0.0.1:6379"),
                Map.of("REDIS_PORT", "70000", "REDIS_DATABASE", "x", "REDIS_COMMAND_TIMEOUT", "5"),
                Map.of("ENVIRONMENT", "production", "REDIS_SECRET_ID", "prod/cache", "REDIS_HOST", "c.cache.amazonaws.com", "REDIS_SSLMODE", "verify-full"),
                Map.of("REDIS_PASSWORD", "changeme", "REDIS_SSLROOTCERT", "system", "REDIS_HOST", "http://x"))) {
            System.out.println("---- " + env);
            try {
                RedisSettings s = Redis.resolve(env);
                System.out.println(s.describe());
                System.out.println(s + " " + s.credentialsSource() + " " + s.trustAnchors().map(a -> a.description()));
                System.out.println(s.warnings());
            } catch (RuntimeException e) {
                System.out.println(e instanceof dev.wellhead.settings.ConfigurationException ? e.getMessage() : java.util.Arrays.toString(e.getStackTrace()).substring(0, 900) + e);
            }
        }
        for (Map<String, String> env : List.<Map<String,String>>of(
                Map.of("REDIS_HOST", "x"), Map.of("SESIONS_REDIS_HOST", "x"), Map.of("SESSIONS_REDIS_URL", "redis://:x@h"), Map.of("SESSIONS_DB_HOST", "x"))) {
            System.out.println("---- sessions " + env);
            try {
                RedisSettings s = Redis.resolve("sessions", env);
                System.out.println(s + " " + s.variable("host") + s.warnings());
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
