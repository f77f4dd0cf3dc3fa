package dev.wellhead.redis;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.ConfigurationException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import java.util.Map;

/**
 * A Lettuce client for one Redis or Valkey server, or for a cluster of them. Settings come from the same kinds of sources as
 * those of a database, strongest first: system properties ({@code wellhead.redis.<name>.*}), the environment
 * ({@code REDIS_URL} and {@code REDIS_*}), {@code application.conf}, the secret that holds the credentials, and defaults.
 *
 * <p>Passwords and authentication tokens can change while the client is open: connections that open later use the new ones,
 * and open connections authenticate again. Thread-safe; one client with one connection serves all threads.
 *
 * <pre>{@code
 * try (Redis redis = Redis.fromEnvironment();
 *         StatefulRedisConnection<String, String> connection = redis.client().connect()) {
 *     connection.sync().set("greeting", "hello");
 * }
 * }</pre>
 */
public final class Redis implements AutoCloseable {

    private static final String UNNAMED = "default";

    private final OpenRedis open;

    private Redis(OpenRedis open) {
        this.open = open;
    }

    /**
     * {@return the default client, with the settings of this process; the caller closes it} Connects to nothing yet, except for
     * reading a secret.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws RedisConnectionException if a secret that may name the server cannot be read within connectTimeout
     */
    public static Redis fromEnvironment() {
        return fromEnvironment(UNNAMED);
    }

    /**
     * {@return the client with this name; the caller closes it} As {@link #fromEnvironment()}, but the settings are
     * {@code <NAME>_REDIS_URL}, {@code <NAME>_REDIS_*} and {@code wellhead.redis.<name>}; those of the default client are not
     * used.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws RedisConnectionException if a secret that may name the server cannot be read within connectTimeout
     */
    public static Redis fromEnvironment(String name) {
        return open(resolve(SettingsRequest.ofProcess(name)));
    }

    /**
     * {@return the settings that {@code environment} contains for the default client} Opens nothing, and does not read this
     * process's environment and system properties.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static RedisSettings resolve(Map<String, String> environment) {
        return resolve(UNNAMED, environment);
    }

    /**
     * {@return the settings that {@code environment} contains for the client with this name} As {@link #resolve(Map)}.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static RedisSettings resolve(String name, Map<String, String> environment) {
        return resolve(SettingsRequest.of(name, environment));
    }

    private static RedisSettings resolve(SettingsRequest request) {
        return new RedisSettings(SettingsResolver.resolve(request.of(RedisCatalogue.REDIS)));
    }

    /**
     * {@return a client with these settings; the caller closes it}
     *
     * @throws ConfigurationException if they need a module that is not on the class path, or if the server that the secret
     *     names cannot be used
     * @throws RedisConnectionException if a secret that may name the server cannot be read within connectTimeout
     */
    public static Redis open(RedisSettings settings) {
        return new Redis(OpenRedis.of(settings));
    }

    /** {@return the client, whose connections use {@link #uri()}; closed with this object} */
    public RedisClient client() {
        return open.client();
    }

    /**
     * {@return the server with TLS, database, client name, time-out and the credentials provider, for another client such as
     * {@code RedisClusterClient} or one of Spring Data} The caller can change the returned object. Another client also needs
     * {@link #options()}; close it before this object.
     */
    public RedisURI uri() {
        return RedisURI.builder(open.uri()).build();
    }

    /** {@return the options of the client, with the root certificates; immutable} */
    public ClientOptions options() {
        return open.options();
    }

    /** {@return the settings, completed by the server that a secret names} */
    public RedisSettings settings() {
        return open.settings();
    }

    /**
     * Fetches the credentials once from their source, without waiting for a change. If there are new ones and the server
     * accepts them, they are used from then on. Blocks for at most connectTimeout.
     *
     * @return whether the source has newer credentials than before
     * @throws RedisConnectionException if the source fails; the credentials in use stay in use
     */
    public boolean refreshCredentials() {
        return open.refreshCredentials();
    }

    /** Closes the client with its connections, and the credentials provider. A second call does nothing. */
    @Override
    public void close() {
        open.close();
    }

    /** {@return the settings; nothing sensitive} */
    @Override
    public String toString() {
        return settings().toString();
    }
}
