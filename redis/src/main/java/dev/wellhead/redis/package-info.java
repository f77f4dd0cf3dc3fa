/**
 * A Lettuce client for Redis or Valkey from the environment. Entry type: {@link dev.wellhead.redis.Redis}.
 *
 * <pre>{@code
 * try (Redis redis = Redis.fromEnvironment();
 *         StatefulRedisConnection<String, String> connection = redis.client().connect()) {
 *     connection.sync().set("greeting", "hello");
 * }
 * }</pre>
 */
@NullMarked
package dev.wellhead.redis;

import org.jspecify.annotations.NullMarked;
