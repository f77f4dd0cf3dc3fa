package dev.wellhead.redis.internal;

import dev.wellhead.internal.definitions.HiddenConstructors;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of settings. The page {@code docs/redis.md} is generated from it: the description of a setting there is its
 * Javadoc comment here, or else the one in {@link Settings}.
 */
public final class RedisCatalogue {

    private static final String PREFIX = "REDIS_";

    private static final Map<Setting<?>, Setting<?>> DEFINITIONS = new LinkedHashMap<>();

    // Server

    /** The server: a host name, an IPv4 or an IPv6 address. Of a cluster, the configuration endpoint or any node. */
    public static final Setting<List<String>> HOST =
            like(Settings.HOST, "a host name or an address", "127.0.0.1", null);

    /** The port. */
    public static final Setting<List<Integer>> PORT = like(Settings.PORT, "a port from 1 to 65535", "6379", "6379");

    /** The number of the database. A cluster has only database 0. */
    public static final Setting<Integer> DATABASE =
            own("database", ValueKind.INTEGER, "a whole number", 0, 10_000, "0");

    // Credentials

    /** The user of the access control list (ACL). Unset: the user of the secret, or else the server's default user. */
    public static final Setting<String> USER = like(Settings.USER, "a user name", null, null);

    static {
        like(Settings.PASSWORD, Settings.PASSWORD.valueDescription(), null, null);
        likeDatabases(Settings.PASSWORD_FILE, Settings.PASSWORD_COMMAND);
    }

    /**
     * A JSON file with the fields of a secret ({@code username}, {@code password}, {@code host}, {@code port}, {@code dbname}), or a
     * directory with one file per field, as Kubernetes and Vault agent mount them. It is read again when it changes and
     * when the server refuses the login; user and password change together.
     */
    public static final Setting<?> SECRET_FILE = likeDatabases(Settings.SECRET_FILE);

    static {
        likeDatabases(
                Settings.SECRET_ID,
                Settings.SECRET_REGION,
                Settings.SECRET_REFRESH_INTERVAL,
                Settings.SECRET_USER_KEY,
                Settings.SECRET_PASSWORD_KEY);
    }

    /**
     * How the service authenticates. {@code iam} is a token of ElastiCache; it needs {@code wellhead-aws}, {@code user},
     * {@code cacheName} and a verified server. {@code none} is a login without a password; it is the default of local and
     * test environments if neither a user nor a source of a password is set. A module can declare other words.
     */
    public static final Setting<String> AUTH =
            like(Settings.AUTH, "password, iam, none, or a word that a module declares", "password", "password");

    /** The name of the replication group or the serverless cache in ElastiCache that authentication tokens are signed for. */
    public static final Setting<String> CACHE_NAME =
            own("cacheName", ValueKind.TEXT, "the name of a cache in ElastiCache", 0, 0, null);

    /**
     * The region that authentication tokens are signed for. Unset: {@code AWS_REGION}, then the AWS
     * profile. Needs {@code wellhead-aws}.
     */
    public static final Setting<?> IAM_REGION = likeDatabases(Settings.IAM_REGION);

    // Encryption

    /**
     * Whether TLS is used, and how the server is verified. Unset: {@code verify-full} in strict environments and if
     * {@code sslrootcert} is set, else {@code disable}. In a URL, {@code rediss} stands for {@code verify-full} and
     * {@code redis} for {@code disable}; this setting can weaken {@code rediss} to {@code verify-ca} or {@code require}.
     */
    public static final Setting<SslMode> SSLMODE =
            like(Settings.SSLMODE, "an SSL mode of a server that does not negotiate TLS", null, null);

    /**
     * A file with the root certificates that may sign the server's certificate, or PEM text in place of it. Unset, or
     * {@code system}: the root certificates that the JVM trusts, which need {@code verify-full}.
     */
    public static final Setting<?> SSLROOTCERT = likeDatabases(Settings.SSLROOTCERT);

    /** The password of {@code sslrootcert}, if that is a key store. */
    public static final Setting<?> SSLPASSWORD = like(Settings.SSLPASSWORD, "the password of a key store", null, null);

    /**
     * The hosts that strict environments also permit without TLS, by their exact names. Anyone on the network path to them
     * can read and change the traffic.
     */
    public static final Setting<?> PLAINTEXT_HOSTS = likeDatabases(Settings.PLAINTEXT_HOSTS);

    // Client

    /** The longest time that opening a connection may take: TCP, and then TLS. Also the longest time to read a secret. */
    public static final Setting<Duration> CONNECT_TIMEOUT = likeDatabases(Settings.CONNECT_TIMEOUT);

    /**
     * The longest time that a command may take, including the time to connect again and to find new credentials. For
     * blocking commands such as {@code BLPOP}, set another time-out on their own connection.
     */
    public static final Setting<Duration> COMMAND_TIMEOUT =
            own("commandTimeout", ValueKind.DURATION, "a duration", 10, 3_600_000, "10s");

    /** The name that {@code CLIENT LIST} shows, without blanks. Unset: the service and the host it runs on. */
    public static final Setting<String> CLIENT_NAME =
            own("clientName", ValueKind.TEXT, "a name without blanks", 0, 0, null);

    /** The catalogue. */
    public static final Catalogue REDIS = new Catalogue(
            "Redis",
            "Redis server",
            PREFIX,
            "REDIS_URL",
            "wellhead.redis",
            List.copyOf(DEFINITIONS.keySet()),
            Map.copyOf(DEFINITIONS),
            CLIENT_NAME,
            Map.of(
                    "redis://",
                    "disable",
                    "rediss://",
                    "verify-full",
                    "valkey://",
                    "disable",
                    "valkeys://",
                    "verify-full"),
            "redis:// and valkey:// URLs, or rediss:// and valkeys:// for TLS",
            Map.of(
                    "host", HOST,
                    "port", PORT,
                    "user", USER,
                    "password", Settings.PASSWORD,
                    "database", DATABASE,
                    "db", DATABASE,
                    "timeout", COMMAND_TIMEOUT,
                    "commandTimeout", COMMAND_TIMEOUT,
                    "connectTimeout", CONNECT_TIMEOUT,
                    "clientName", CLIENT_NAME),
            List.of("redis", "valkey"),
            List.of(
                    ("REDIS VALKEY SPRING_REDIS SPRING_DATA_REDIS QUARKUS_REDIS REDIS_TLS REDISCLOUD REDISTOGO UPSTASH_REDIS"
                                    + " ELASTICACHE KV CACHE_REDIS")
                            .split(" ", -1)),
            new RedisRules());

    private RedisCatalogue() {}

    /** Adds a setting that databases do not have. */
    @SuppressWarnings("unchecked") // the kind decides the type
    private static <T> Setting<T> own(
            String name, ValueKind kind, String description, long smallest, long largest, @Nullable String byDefault) {
        Setting<T> setting = (Setting<T>) HiddenConstructors.get()
                .setting(
                        PREFIX,
                        name,
                        kind,
                        description,
                        List.of(),
                        new long[] {smallest, largest},
                        byDefault,
                        byDefault);
        DEFINITIONS.put(setting, setting);
        return setting;
    }

    /** Adds settings that databases have as well, with the same description and defaults. {@return the last one} */
    @SafeVarargs
    private static <S extends Setting<?>> S likeDatabases(S... settings) {
        for (S setting : settings) {
            like(
                    setting,
                    setting.valueDescription(),
                    setting.defaultIn(Profile.LOCAL).orElse(null),
                    setting.defaultIn(Profile.STRICT).orElse(null));
        }
        return settings[settings.length - 1];
    }

    /** {@return a setting of databases, after a definition of its own was added} */
    private static <S extends Setting<?>> S like(
            S ofDatabases, String description, @Nullable String local, @Nullable String strict) {
        List<?> choices = new ArrayList<>(ofDatabases.choices());
        // these depend on the answer of the server
        choices.removeAll(List.of(SslMode.ALLOW, SslMode.PREFER));
        Object definition = HiddenConstructors.get()
                .setting(
                        PREFIX,
                        ofDatabases.name(),
                        ofDatabases.kind(),
                        description,
                        List.copyOf(choices),
                        new long[] {ofDatabases.minimum(), ofDatabases.maximum()},
                        local,
                        strict);
        DEFINITIONS.put(ofDatabases, (Setting<?>) definition);
        return ofDatabases;
    }
}
