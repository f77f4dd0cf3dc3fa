package dev.wellhead.redis.internal;

import dev.wellhead.internal.definitions.HiddenConstructors;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of settings. The page {@code docs/redis.md} is generated from it: the description of a setting there is its
 * Javadoc comment here. A setting that a database has as well is the one of {@link Settings}, with a definition of its own.
 */
public final class RedisCatalogue {

    private static final String PREFIX = "REDIS_";
    private static final long MINUTE = 60_000;

    private static final Map<Setting<?>, Setting<?>> DEFINITIONS = new LinkedHashMap<>();

    // Server

    /** The server: a host name, an IPv4 or an IPv6 address. Of a cluster, the configuration endpoint or any node. */
    public static final Setting<List<String>> HOST = like(Settings.HOST, "a host name or an address", "127.0.0.1", null);

    /** The port. */
    public static final Setting<List<Integer>> PORT = like(Settings.PORT, "a port from 1 to 65535", "6379", "6379");

    /** The number of the database. A cluster has only database 0. */
    public static final Setting<Integer> DATABASE =
            own(bounds(create("database", ValueKind.INTEGER, "a whole number"), 0, 10_000), "0");

    // Credentials

    /** The user of the access control list (ACL). Unset: the user of the secret, or else the server's default user. */
    public static final Setting<String> USER = like(Settings.USER, "a user name", null, null);

    /** The password. */
    public static final Setting<?> PASSWORD = like(Settings.PASSWORD, "a password", null, null);

    /**
     * A file that contains the password. It is read again when it changes and when the server refuses the password. One
     * final line break is not part of the password.
     */
    public static final Setting<?> PASSWORD_FILE = like(Settings.PASSWORD_FILE);

    /**
     * A program, with its arguments, that prints the password, or a JSON object with {@code username}, {@code password}
     * and optionally {@code expiration}. It is run without a shell, for the first login, before the expiration, and when
     * the server refuses the login.
     */
    public static final Setting<?> PASSWORD_COMMAND = like(Settings.PASSWORD_COMMAND);

    /**
     * A JSON file with the fields of a secret ({@code username}, {@code password}, {@code host}, {@code port}), or a
     * directory with one file per field, as Kubernetes and Vault agent mount them. It is read again when it changes and
     * when the server refuses the login; user and password change together.
     */
    public static final Setting<?> SECRET_FILE = like(Settings.SECRET_FILE);

    /** The secret in AWS Secrets Manager that contains the credentials. Needs {@code wellhead-aws}. */
    public static final Setting<?> SECRET_ID = like(Settings.SECRET_ID);

    /**
     * The region of the secret, if {@code secretId} is not an ARN. Unset: {@code AWS_REGION}, then the AWS profile. Needs
     * {@code wellhead-aws}.
     */
    public static final Setting<?> SECRET_REGION = like(Settings.SECRET_REGION);

    /**
     * How often the secret is read again in the background. The interval is varied by up to a fifth. Needs
     * {@code wellhead-aws}.
     */
    public static final Setting<?> SECRET_REFRESH_INTERVAL = like(Settings.SECRET_REFRESH_INTERVAL);

    /** The field of the secret that contains the user. In JSON, a dot leads into a nested object. */
    public static final Setting<?> SECRET_USER_KEY = like(Settings.SECRET_USER_KEY);

    /** The field of the secret that contains the password. In JSON, a dot leads into a nested object. */
    public static final Setting<?> SECRET_PASSWORD_KEY = like(Settings.SECRET_PASSWORD_KEY);

    /**
     * How the service authenticates. {@code iam} is a token of ElastiCache; it needs {@code wellhead-aws}, {@code user},
     * {@code cacheName} and a verified server. {@code none} is a login without a password; it is the default of local and
     * test environments if neither a user nor a source of a password is set. A module can declare other words.
     */
    public static final Setting<String> AUTH =
            like(Settings.AUTH, "password, iam, none, or a word that a module declares", "password", "password");

    /**
     * The name of the ElastiCache replication group or serverless cache that authentication tokens are signed for. Needs
     * {@code wellhead-aws}.
     */
    public static final Setting<String> CACHE_NAME =
            own(create("cacheName", ValueKind.TEXT, "the name of a cache in ElastiCache"), null);

    /**
     * The region that authentication tokens are signed for. Unset: the region in the name of the host, then
     * {@code AWS_REGION}, then the AWS profile. Needs {@code wellhead-aws}.
     */
    public static final Setting<?> IAM_REGION = like(Settings.IAM_REGION);

    // Encryption

    /**
     * Whether and how TLS is used. Redis does not negotiate TLS on a port, so libpq's modes {@code allow} and
     * {@code prefer} do not exist. Unset: {@code verify-full} if {@code sslrootcert} is set and in strict environments,
     * else {@code disable}. In a URL, the scheme {@code rediss} is {@code verify-full} and {@code redis} is
     * {@code disable}; this setting can weaken {@code rediss} to {@code verify-ca} or {@code require}.
     */
    public static final Setting<SslMode> SSLMODE = withChoices(
            like(Settings.SSLMODE, "an SSL mode", null, null),
            List.of(SslMode.DISABLE, SslMode.REQUIRE, SslMode.VERIFY_CA, SslMode.VERIFY_FULL));

    /**
     * A file with the root certificates that may sign the server's certificate, or PEM text in place of it. Unset, or
     * {@code system}: the root certificates that the JVM trusts.
     */
    public static final Setting<?> SSLROOTCERT = like(Settings.SSLROOTCERT);

    /** The password of {@code sslrootcert}, if it is an encrypted key store. */
    public static final Setting<?> SSLPASSWORD = like(Settings.SSLPASSWORD);

    /**
     * Hosts that may be used without TLS in a strict environment, by their exact names. The network between the service
     * and these hosts has to be trusted: passwords and data can be read there.
     */
    public static final Setting<?> PLAINTEXT_HOSTS = like(Settings.PLAINTEXT_HOSTS);

    // Client

    /** The longest time that opening a connection may take: TCP, and then TLS. Also the longest time to read a secret. */
    public static final Setting<Duration> CONNECT_TIMEOUT = like(Settings.CONNECT_TIMEOUT, "a duration", "10s", "10s");

    /**
     * The longest time that a command may take, including the time to connect again and to find new credentials. For
     * blocking commands such as {@code BLPOP}, set another time-out on their own connection.
     */
    public static final Setting<Duration> COMMAND_TIMEOUT =
            own(bounds(create("commandTimeout", ValueKind.DURATION, "a duration"), 10, 60 * MINUTE), "10s");

    /** The name that {@code CLIENT LIST} shows, without blanks. Unset: the service and the host it runs on. */
    public static final Setting<String> CLIENT_NAME = own(create("clientName", ValueKind.TEXT, "a name without blanks"), null);

    /** The catalogue. */
    public static final Catalogue REDIS = new Catalogue(
            "Redis",
            "Redis server",
            PREFIX,
            "REDIS_URL",
            "wellhead.redis",
            List.copyOf(DEFINITIONS.keySet()),
            Collections.unmodifiableMap(DEFINITIONS),
            CLIENT_NAME,
            List.of("redis://", "rediss://", "valkey://", "valkeys://"),
            "redis:// and rediss://",
            List.of("redis", "valkey"),
            List.of(
                    "REDIS",
                    "VALKEY",
                    "SPRING_REDIS",
                    "SPRING_DATA_REDIS",
                    "QUARKUS_REDIS",
                    "ELASTICACHE",
                    "REDISCLOUD",
                    "REDISTOGO",
                    "REDIS_TLS",
                    "UPSTASH_REDIS",
                    "KV"),
            new RedisRules());

    private RedisCatalogue() {}

    @SuppressWarnings("unchecked") // the kind decides the type
    private static <T> Setting<T> create(String name, ValueKind kind, String description) {
        return (Setting<T>) HiddenConstructors.get().setting(PREFIX, name, kind, description);
    }

    private static <T> Setting<T> bounds(Setting<T> setting, long smallest, long largest) {
        HiddenConstructors.get().bounds(setting, smallest, largest);
        return setting;
    }

    /** Adds a setting that databases do not have. */
    private static <T> Setting<T> own(Setting<T> setting, @Nullable String byDefault) {
        HiddenConstructors.get().defaults(setting, byDefault, byDefault);
        DEFINITIONS.put(setting, setting);
        return setting;
    }

    /** Adds a setting that databases have as well, with the same defaults. */
    private static <T> Setting<T> like(Setting<T> ofDatabases) {
        return like(
                ofDatabases,
                ofDatabases.valueDescription(),
                ofDatabases.defaultIn(dev.wellhead.settings.Profile.LOCAL).orElse(null),
                ofDatabases.defaultIn(dev.wellhead.settings.Profile.STRICT).orElse(null));
    }

    /** {@return the setting of databases, after a definition for it was added} */
    private static <T> Setting<T> like(
            Setting<T> ofDatabases, String description, @Nullable String local, @Nullable String strict) {
        Setting<T> definition = bounds(
                create(ofDatabases.name(), ofDatabases.kind(), description),
                ofDatabases.minimum(),
                ofDatabases.maximum());
        HiddenConstructors.get().choices(definition, ofDatabases.choices());
        HiddenConstructors.get().defaults(definition, local, strict);
        DEFINITIONS.put(ofDatabases, definition);
        return ofDatabases;
    }

    private static <T> Setting<T> withChoices(Setting<T> setting, List<T> values) {
        HiddenConstructors.get().choices(DEFINITIONS.get(setting), values);
        return setting;
    }
}
