package dev.wellhead.redis;

import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of one Redis server, with its origin and the values it overrides. Immutable and thread-safe;
 * {@code toString()} is safe to log. Two instances are equal if they have the same values from the same origins. Created by
 * {@link Redis#resolve(java.util.Map)}; the page {@code docs/redis.md} lists the settings.
 */
public final class RedisSettings {

    /** The engine resolves every catalogue as the settings of a database. */
    private final DatabaseSettings resolved;

    RedisSettings(DatabaseSettings resolved) {
        this.resolved = resolved;
    }

    DatabaseSettings resolved() {
        return resolved;
    }

    /** {@return the name that the server is opened by; {@code default} for the unnamed one} */
    public String name() {
        return resolved.name();
    }

    /** {@return the environment of the process} */
    public Environment environment() {
        return resolved.environment();
    }

    /** {@return the server; empty until Redis is open if only a secret names it} */
    public Optional<HostAndPort> server() {
        return resolved.hosts().stream().findFirst();
    }

    /** {@return the number of the database} */
    public int database() {
        return resolved.get(RedisCatalogue.DATABASE);
    }

    /** {@return the user; an empty text for the server's default user, or if the source of the credentials supplies it} */
    public String user() {
        return resolved.user();
    }

    /** {@return the source of user and password} */
    public CredentialsSource credentialsSource() {
        return resolved.credentialsSource();
    }

    /** {@return the SSL mode: {@code disable}, {@code require}, {@code verify-ca} or {@code verify-full}} */
    public SslMode sslMode() {
        return resolved.sslMode();
    }

    /** {@return the root certificates that verify the server; empty if it is not verified} */
    public Optional<TrustAnchors> trustAnchors() {
        return resolved.trustAnchors();
    }

    /** {@return the longest time that opening a connection may take} */
    public Duration connectTimeout() {
        return resolved.get(RedisCatalogue.CONNECT_TIMEOUT);
    }

    /** {@return the longest time that a command may take} */
    public Duration commandTimeout() {
        return resolved.get(RedisCatalogue.COMMAND_TIMEOUT);
    }

    /** {@return the name that {@code CLIENT LIST} shows} */
    public String clientName() {
        return resolved.get(RedisCatalogue.CLIENT_NAME);
    }

    /** {@return conditions that are allowed but not recommended, such as a server that is not verified} */
    public List<String> warnings() {
        return resolved.warnings();
    }

    /** {@return every setting that has a value, in the order of the documentation} */
    public List<ResolvedSetting> all() {
        return resolved.all();
    }

    /**
     * {@return a setting with its origin and the values it overrides; empty if it has no value}
     *
     * @param setting the name, such as {@code secretId}
     * @throws IllegalArgumentException if there is no setting with this name
     */
    public Optional<ResolvedSetting> explain(String setting) {
        return resolved.explain(named(setting));
    }

    /**
     * {@return the environment variable of a setting of this server, such as {@code SESSIONS_REDIS_HOST}}
     *
     * @param setting the name, such as {@code host}
     * @throws IllegalArgumentException if there is no setting with this name
     */
    public String variable(String setting) {
        return resolved.variable(named(setting));
    }

    private static Setting<?> named(String name) {
        Setting<?> setting = RedisCatalogue.REDIS.named(name);
        if (setting == null) {
            throw new IllegalArgumentException("There is no setting " + name + ".");
        }
        return setting;
    }

    /** {@return every setting with its origin, one per line; sensitive values are {@code <redacted>}} */
    public String describe() {
        return resolved.describe().replaceFirst("^database", "Redis");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisSettings that && resolved.equals(that.resolved);
    }

    @Override
    public int hashCode() {
        return resolved.hashCode();
    }

    /** {@return the settings that do not have a general default, with their origins; nothing sensitive} */
    @Override
    public String toString() {
        return "Redis" + resolved.toString().substring("Database".length());
    }
}
