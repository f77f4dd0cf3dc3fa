package dev.wellhead.settings;

import static dev.wellhead.internal.types.SettingTypes.bool;
import static dev.wellhead.internal.types.SettingTypes.choice;
import static dev.wellhead.internal.types.SettingTypes.duration;
import static dev.wellhead.internal.types.SettingTypes.integer;
import static dev.wellhead.internal.types.SettingTypes.list;
import static dev.wellhead.internal.types.SettingTypes.path;
import static dev.wellhead.internal.types.SettingTypes.ports;
import static dev.wellhead.internal.types.SettingTypes.sensitiveText;
import static dev.wellhead.internal.types.SettingTypes.sslMode;
import static dev.wellhead.internal.types.SettingTypes.text;

import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings catalogue: every option there is, in one place. {@code docs/settings.md} is generated from it. */
public final class Settings {

    private static final Duration MINUTES_10 = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    // Where

    /** The servers, tried in order: host names, IPv4 or IPv6 addresses. Unix-socket directories are refused. */
    public static final Setting<List<String>> HOST = Setting.of(
                    "host",
                    list("host names or addresses, separated by commas"),
                    "The servers, tried in order: host names, IPv4 or IPv6 addresses. Unix-socket directories are refused.")
            .libpq("host")
            .localDefault("localhost");

    /** The port of every host, or one per host. */
    public static final Setting<List<Integer>> PORT = Setting.of(
                    "port", ports(), "The port of every host, or one per host.")
            .libpq("port")
            .defaults("5432");

    /** The database. */
    public static final Setting<String> NAME = Setting.of("name", text("a database name"), "The database.")
            .libpq("dbname")
            .localDefault("monorepo_dev");

    /** The servers of Database.reader(); where there are none the reader is the database itself. */
    public static final Setting<List<String>> READER_HOST = Setting.of(
            "readerHost",
            list("host names or addresses, separated by commas"),
            "The servers of Database.reader(); where there are none the reader is the database itself.");

    /** The port of every reader host, or one per host; the port of the database where not set. */
    public static final Setting<List<Integer>> READER_PORT = Setting.of(
            "readerPort",
            ports(),
            "The port of every reader host, or one per host; the port of the database where not set.");

    /** Which of the listed servers will do. */
    public static final Setting<TargetServerType> TARGET_SERVER_TYPE = Setting.of(
                    "targetServerType", choice(TargetServerType.values()), "Which of the listed servers will do.")
            .libpq("target_session_attrs")
            .defaults("any");

    /** The order in which hosts and their addresses are tried. */
    public static final Setting<LoadBalanceHosts> LOAD_BALANCE_HOSTS = Setting.of(
                    "loadBalanceHosts",
                    choice(LoadBalanceHosts.values()),
                    "The order in which hosts and their addresses are tried.")
            .libpq("load_balance_hosts")
            .defaults("disable");

    /** A pooler in front of the server; switches off what transaction pooling breaks. */
    public static final Setting<Pooler> POOLER = Setting.of(
                    "pooler",
                    choice(Pooler.values()),
                    "A pooler in front of the server; switches off what transaction pooling breaks.")
            .defaults("none");

    // Who

    /** The role to log in as. */
    public static final Setting<String> USER = Setting.of("user", text("a role name"), "The role to log in as.")
            .libpq("user")
            .localDefault("postgres");

    /** The password. */
    public static final Setting<Sensitive> PASSWORD = Setting.of(
                    "password", sensitiveText("a password"), "The password.")
            .libpq("password")
            .localDefault("postgres")
            .sensitive();

    /** A file that holds the password, read again when it changes and when the server refuses the old one. One final line break is not part of the password. */
    public static final Setting<Path> PASSWORD_FILE = Setting.of(
            "passwordFile",
            path(),
            "A file that holds the password, read again when it changes and when the server refuses the old one. One final line break is not part of the password.");

    /** The password file of libpq (.pgpass) to look in where no other source of a password is set. */
    public static final Setting<Path> PASSFILE = Setting.of(
                    "passfile",
                    path(),
                    "The password file of libpq (.pgpass) to look in where no other source of a password is set.")
            .libpq("passfile");

    /** The secret in AWS Secrets Manager that holds the credentials. Needs wellhead-aws. */
    public static final Setting<String> SECRET_ID = Setting.of(
            "secretId",
            text("a secret name or ARN"),
            "The secret in AWS Secrets Manager that holds the credentials. Needs wellhead-aws.");

    /** The region of the secret, where the secret's ARN does not say; unset: the SDK's own chain. */
    public static final Setting<String> SECRET_REGION = Setting.of(
            "secretRegion",
            text("an AWS region"),
            "The region of the secret where secretId is no ARN. Unset: AWS_REGION, then the AWS profile. Needs"
                    + " wellhead-aws.");

    /** How often the current version of the secret is fetched in the background. */
    public static final Setting<Duration> SECRET_REFRESH_INTERVAL = Setting.of(
                    "secretRefreshInterval",
                    duration(Duration.ofSeconds(1), DAY, ""),
                    "How often the secret is read again in the background, so that a rotation is usually known before it"
                            + " hurts. Jittered by a fifth. Needs wellhead-aws.")
            .defaults("15m");

    /** The JSON field of the user in the secret. */
    public static final Setting<String> SECRET_USER_KEY = Setting.of(
                    "secretUserKey", text("a field name"), "The JSON field of the secret that holds the user.")
            .defaults("username");

    /** The JSON field of the password in the secret. */
    public static final Setting<String> SECRET_PASSWORD_KEY = Setting.of(
                    "secretPasswordKey", text("a field name"), "The JSON field of the secret that holds the password.")
            .defaults("password");

    /** The region that authentication tokens are signed for. */
    public static final Setting<String> IAM_REGION = Setting.of(
            "iamRegion",
            text("an AWS region"),
            "The region authentication tokens are signed for. Unset: the region in the name of the RDS host, then"
                    + " AWS_REGION, then the AWS profile. Needs wellhead-aws.");

    /** How the service proves who it is. iam needs wellhead-aws. */
    public static final Setting<AuthenticationKind> AUTH = Setting.of(
                    "auth",
                    choice(AuthenticationKind.values()),
                    "How the service proves who it is. iam needs wellhead-aws, a user, and TLS, which it raises the default SSL mode to.")
            .defaults("password");

    /** The authentication methods the server may ask for; a leading ! forbids one. */
    public static final Setting<String> REQUIRE_AUTH = Setting.of(
                    "requireAuth",
                    text("authentication methods, separated by commas"),
                    "The authentication methods the server may ask for; a leading ! forbids one.")
            .libpq("require_auth");

    /** Whether SCRAM is bound to the TLS channel. */
    public static final Setting<ChannelBinding> CHANNEL_BINDING = Setting.of(
                    "channelBinding", choice(ChannelBinding.values()), "Whether SCRAM is bound to the TLS channel.")
            .libpq("channel_binding")
            .defaults("prefer");

    // TLS

    /** How the connection is encrypted and the server verified. Unset: disable on loopback, prefer elsewhere; strict environments take verify-full where trust anchors are known, else require. */
    public static final Setting<SslMode> SSLMODE = Setting.of(
                    "sslmode",
                    sslMode(),
                    "How the connection is encrypted and the server verified. Unset: disable on loopback, prefer elsewhere; strict environments take verify-full where trust anchors are known, else require.")
            .libpq("sslmode");

    /** The root certificates that may sign the server's certificate; system means those the JVM trusts. */
    public static final Setting<String> SSLROOTCERT = Setting.of(
                    "sslrootcert",
                    text("a file of PEM certificates, or system"),
                    "The root certificates that may sign the server's certificate; system means those the JVM trusts.")
            .libpq("sslrootcert");

    /** The client certificate, PEM. */
    public static final Setting<Path> SSLCERT =
            Setting.of("sslcert", path(), "The client certificate, PEM.").libpq("sslcert");

    /** The key of the client certificate, PKCS#8 DER, PKCS#12 or PEM. */
    public static final Setting<Path> SSLKEY = Setting.of(
                    "sslkey", path(), "The key of the client certificate, PKCS#8 DER, PKCS#12 or PEM.")
            .libpq("sslkey");

    /** The password of sslkey. */
    public static final Setting<Sensitive> SSLPASSWORD = Setting.of(
                    "sslpassword", sensitiveText("the password of the key"), "The password of sslkey.")
            .libpq("sslpassword")
            .sensitive();

    /** How TLS starts. */
    public static final Setting<SslNegotiation> SSLNEGOTIATION = Setting.of(
                    "sslnegotiation", choice(SslNegotiation.values()), "How TLS starts.")
            .libpq("sslnegotiation")
            .defaults("postgres");

    // Deadlines and network

    /** The longest a physical connection may take per host: name resolution, TCP, TLS, authentication and set-up together. All hosts together always stay below connectionTimeout. */
    public static final Setting<Duration> CONNECT_TIMEOUT = Setting.of(
                    "connectTimeout",
                    duration(Duration.ofMillis(100), MINUTES_10, ""),
                    "The longest a physical connection may take per host: name resolution, TCP, TLS, authentication and set-up together. All hosts together always stay below connectionTimeout.")
            .libpq("connect_timeout")
            .defaults("10s");

    /** How long opening waits for a database that is still coming. */
    public static final Setting<Duration> STARTUP_TIMEOUT = Setting.of(
                    "startupTimeout",
                    duration(Duration.ZERO, HOUR, "one attempt"),
                    "How long opening waits for a database that is still coming.")
            .defaults("0s");

    /** The longest a read from the server may block once connected; longer than the longest statement. */
    public static final Setting<Duration> SOCKET_TIMEOUT = Setting.of(
                    "socketTimeout",
                    duration(Duration.ZERO, DAY, "no limit"),
                    "The longest a read from the server may block once connected; longer than the longest statement.")
            .defaults("0s");

    /** Whether TCP keep-alive probes are sent. */
    public static final Setting<Boolean> KEEPALIVES = Setting.of(
                    "keepalives", bool(), "Whether TCP keep-alive probes are sent.")
            .libpq("keepalives")
            .defaults("true");

    /** Idle time before the first probe; whole seconds. */
    public static final Setting<Duration> KEEPALIVES_IDLE = Setting.of(
                    "keepalivesIdle",
                    duration(Duration.ZERO, DAY, "the system's"),
                    "Idle time before the first probe; whole seconds.")
            .libpq("keepalives_idle")
            .defaults("0s");

    /** Time between probes; whole seconds. */
    public static final Setting<Duration> KEEPALIVES_INTERVAL = Setting.of(
                    "keepalivesInterval",
                    duration(Duration.ZERO, DAY, "the system's"),
                    "Time between probes; whole seconds.")
            .libpq("keepalives_interval")
            .defaults("0s");

    /** Probes lost before the connection counts as dead; 0: the system's. */
    public static final Setting<Integer> KEEPALIVES_COUNT = Setting.of(
                    "keepalivesCount",
                    integer(0, 1000),
                    "Probes lost before the connection counts as dead; 0: the system's.")
            .libpq("keepalives_count")
            .defaults("0");

    // Session

    /** What pg_stat_activity shows. Unset: the service and the host it runs on. */
    public static final Setting<String> APPLICATION_NAME = Setting.of(
                    "applicationName",
                    text("a name of at most 63 bytes"),
                    "What pg_stat_activity shows. Unset: the service and the host it runs on.")
            .libpq("application_name");

    /** The search path of every session. */
    public static final Setting<List<String>> SCHEMA =
            Setting.of("schema", list("schema names, separated by commas"), "The search path of every session.");

    /** Whether transactions are read-only unless they say otherwise. */
    public static final Setting<Boolean> READ_ONLY = Setting.of(
                    "readOnly", bool(), "Whether transactions are read-only unless they say otherwise.")
            .defaults("false");

    /** The longest a statement may run; the server cancels it. Unset: the server's. */
    public static final Setting<Duration> STATEMENT_TIMEOUT = Setting.of(
            "statementTimeout",
            duration(Duration.ZERO, DAY, "no limit"),
            "The longest a statement may run; the server cancels it. Unset: the server's.");

    /** The longest a statement may wait for a lock. Unset: the server's. */
    public static final Setting<Duration> LOCK_TIMEOUT = Setting.of(
            "lockTimeout",
            duration(Duration.ZERO, DAY, "no limit"),
            "The longest a statement may wait for a lock. Unset: the server's.");

    /** The longest a session may idle inside a transaction before the server ends it. Unset: the server's. */
    public static final Setting<Duration> IDLE_IN_TRANSACTION_SESSION_TIMEOUT = Setting.of(
            "idleInTransactionSessionTimeout",
            duration(Duration.ZERO, DAY, "no limit"),
            "The longest a session may idle inside a transaction before the server ends it. Unset: the server's.");

    /** Options for the server at session start. */
    public static final Setting<String> OPTIONS = Setting.of(
                    "options", text("server options as -c name=value"), "Options for the server at session start.")
            .libpq("options");

    // Driver

    /** Executions of a statement before it is prepared on the server; 0: never. */
    public static final Setting<Integer> PREPARE_THRESHOLD = Setting.of(
                    "prepareThreshold",
                    integer(0, 1_000_000),
                    "Executions of a statement before it is prepared on the server; 0: never.")
            .defaults("5");

    /** Prepared statements kept per connection. */
    public static final Setting<Integer> PREPARED_STATEMENT_CACHE_QUERIES = Setting.of(
                    "preparedStatementCacheQueries", integer(0, 1_000_000), "Prepared statements kept per connection.")
            .defaults("256");

    /** Rows fetched at a time inside a transaction; 0: all. */
    public static final Setting<Integer> DEFAULT_ROW_FETCH_SIZE = Setting.of(
                    "defaultRowFetchSize",
                    integer(0, 100_000_000),
                    "Rows fetched at a time inside a transaction; 0: all.")
            .defaults("0");

    /** Whether batched inserts are sent as one statement of many rows. */
    public static final Setting<Boolean> RE_WRITE_BATCHED_INSERTS = Setting.of(
                    "reWriteBatchedInserts", bool(), "Whether batched inserts are sent as one statement of many rows.")
            .defaults("false");

    // Pool (HikariCP)

    /** The most connections, idle and used together. */
    public static final Setting<Integer> MAXIMUM_POOL_SIZE = Setting.of(
                    "maximumPoolSize", integer(1, 10_000), "The most connections, idle and used together.")
            .defaults("10");

    /** The least idle connections the pool keeps ready. Unset: maximumPoolSize, a pool of fixed size. */
    public static final Setting<Integer> MINIMUM_IDLE = Setting.of(
            "minimumIdle",
            integer(0, 10_000),
            "The least idle connections the pool keeps ready. Unset: maximumPoolSize, a pool of fixed size.");

    /** The longest getConnection() waits. */
    public static final Setting<Duration> CONNECTION_TIMEOUT = Setting.of(
                    "connectionTimeout",
                    duration(Duration.ofMillis(250), HOUR, ""),
                    "The longest getConnection() waits.")
            .defaults("30s");

    /** The longest a connection may take to prove it is alive; less than connectionTimeout. */
    public static final Setting<Duration> VALIDATION_TIMEOUT = Setting.of(
                    "validationTimeout",
                    duration(Duration.ofMillis(250), HOUR, ""),
                    "The longest a connection may take to prove it is alive; less than connectionTimeout.")
            .defaults("5s");

    /** How long a connection above minimumIdle may idle before it is closed. */
    public static final Setting<Duration> IDLE_TIMEOUT = Setting.of(
                    "idleTimeout",
                    duration(Duration.ofSeconds(10), DAY, "never"),
                    "How long a connection above minimumIdle may idle before it is closed.")
            .defaults("10m");

    /** The longest a connection lives; it is closed when next idle. */
    public static final Setting<Duration> MAX_LIFETIME = Setting.of(
                    "maxLifetime",
                    duration(Duration.ofSeconds(30), DAY, "no limit"),
                    "The longest a connection lives; it is closed when next idle.")
            .defaults("30m");

    /** How often an idle connection is checked; less than maxLifetime. */
    public static final Setting<Duration> KEEPALIVE_TIME = Setting.of(
                    "keepaliveTime",
                    duration(Duration.ofSeconds(30), DAY, "never"),
                    "How often an idle connection is checked; less than maxLifetime.")
            .defaults("2m");

    /** How long a connection may be out before a possible leak is logged. */
    public static final Setting<Duration> LEAK_DETECTION_THRESHOLD = Setting.of(
                    "leakDetectionThreshold",
                    duration(Duration.ofSeconds(2), DAY, "off"),
                    "How long a connection may be out before a possible leak is logged.")
            .defaults("0s");

    /** The pool's name in logs, JMX and metrics. Unset: the name of the database. */
    public static final Setting<String> POOL_NAME = Setting.of(
            "poolName", text("a name"), "The pool's name in logs, JMX and metrics. Unset: the name of the database.");

    /** Whether connections are in auto-commit mode when acquired. */
    public static final Setting<Boolean> AUTO_COMMIT = Setting.of(
                    "autoCommit", bool(), "Whether connections are in auto-commit mode when acquired.")
            .defaults("true");

    /** The isolation level of every connection. Unset: the server's. */
    public static final Setting<TransactionIsolation> TRANSACTION_ISOLATION = Setting.of(
            "transactionIsolation",
            choice(TransactionIsolation.values()),
            "The isolation level of every connection. Unset: the server's.");

    /** A statement run on every new connection. */
    public static final Setting<String> CONNECTION_INIT_SQL =
            Setting.of("connectionInitSql", text("SQL"), "A statement run on every new connection.");

    /** Whether the pool's own queries run in a transaction of their own. */
    public static final Setting<Boolean> ISOLATE_INTERNAL_QUERIES = Setting.of(
                    "isolateInternalQueries",
                    bool(),
                    "Whether the pool's own queries run in a transaction of their own.")
            .defaults("false");

    /** Whether the pool can be suspended through JMX. */
    public static final Setting<Boolean> ALLOW_POOL_SUSPENSION = Setting.of(
                    "allowPoolSuspension", bool(), "Whether the pool can be suspended through JMX.")
            .defaults("false");

    /** Whether the pool registers its MBeans. */
    public static final Setting<Boolean> REGISTER_MBEANS = Setting.of(
                    "registerMbeans", bool(), "Whether the pool registers its MBeans.")
            .defaults("false");

    /** Whether the pool is measured, where wellhead-otel is on the class path. */
    public static final Setting<PoolMetrics> POOL_METRICS = Setting.of(
                    "poolMetrics",
                    choice(PoolMetrics.values()),
                    "Whether the metrics db.client.connection.* are emitted. auto: unless the Java agent of OpenTelemetry measures HikariCP. Needs wellhead-otel.")
            .defaults("auto");

    private static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            NAME,
            READER_HOST,
            READER_PORT,
            TARGET_SERVER_TYPE,
            LOAD_BALANCE_HOSTS,
            POOLER,
            USER,
            PASSWORD,
            PASSWORD_FILE,
            PASSFILE,
            SECRET_ID,
            SECRET_REGION,
            SECRET_REFRESH_INTERVAL,
            SECRET_USER_KEY,
            SECRET_PASSWORD_KEY,
            AUTH,
            IAM_REGION,
            REQUIRE_AUTH,
            CHANNEL_BINDING,
            SSLMODE,
            SSLROOTCERT,
            SSLCERT,
            SSLKEY,
            SSLPASSWORD,
            SSLNEGOTIATION,
            CONNECT_TIMEOUT,
            STARTUP_TIMEOUT,
            SOCKET_TIMEOUT,
            KEEPALIVES,
            KEEPALIVES_IDLE,
            KEEPALIVES_INTERVAL,
            KEEPALIVES_COUNT,
            APPLICATION_NAME,
            SCHEMA,
            READ_ONLY,
            STATEMENT_TIMEOUT,
            LOCK_TIMEOUT,
            IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            OPTIONS,
            PREPARE_THRESHOLD,
            PREPARED_STATEMENT_CACHE_QUERIES,
            DEFAULT_ROW_FETCH_SIZE,
            RE_WRITE_BATCHED_INSERTS,
            MAXIMUM_POOL_SIZE,
            MINIMUM_IDLE,
            CONNECTION_TIMEOUT,
            VALIDATION_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_LIFETIME,
            KEEPALIVE_TIME,
            LEAK_DETECTION_THRESHOLD,
            POOL_NAME,
            AUTO_COMMIT,
            TRANSACTION_ISOLATION,
            CONNECTION_INIT_SQL,
            ISOLATE_INTERNAL_QUERIES,
            ALLOW_POOL_SUSPENSION,
            REGISTER_MBEANS,
            POOL_METRICS);

    private Settings() {}

    /** {@return every setting, in the order of the documentation} */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
