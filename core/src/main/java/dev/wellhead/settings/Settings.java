package dev.wellhead.settings;

import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogue of settings. The page {@code docs/settings.md} is generated from it: the description of a setting there
 * is its Javadoc comment here.
 */
public final class Settings {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** Filled by {@link #add} while the constants below are initialized. */
    private static final List<Setting<?>> ALL = new ArrayList<>(64);

    private static final List<Setting<?>> VIEW = Collections.unmodifiableList(ALL);

    // Server

    /** The servers, tried in order: host names, IPv4 or IPv6 addresses. Unix socket directories are not supported. */
    public static final Setting<List<String>> HOST = add(list("host", "host names or addresses, separated by commas")
            .libpq("host")
            .localDefault("localhost"));

    /** The port of every host, or one port per host. */
    public static final Setting<List<Integer>> PORT =
            add(ports("port").libpq("port").defaults("5432"));

    /** The name of the database. */
    public static final Setting<String> NAME =
            add(text("name", "a database name").libpq("dbname").localDefault("monorepo_dev"));

    /** The servers of {@code Database.reader()}. Unset: the hosts of the database. */
    public static final Setting<List<String>> READER_HOST =
            add(list("readerHost", "host names or addresses, separated by commas"));

    /** The port of every reader host, or one port per reader host. Unset: {@code port}. */
    public static final Setting<List<Integer>> READER_PORT = add(ports("readerPort"));

    /** What the reader uses if no standby is available: {@code primary} or {@code none}. */
    public static final Setting<ReaderFallback> READER_FALLBACK =
            add(choice("readerFallback", ReaderFallback.values()).defaults("primary"));

    /**
     * The reader does not use a standby that is further behind its primary. Measured when a connection opens, and
     * periodically. Unset: no limit, and the lag is not measured.
     */
    public static final Setting<Duration> READER_MAX_LAG = add(duration("readerMaxLag", 100, DAY, ""));

    /**
     * The role that a server must have to be used. Unset: {@code read-write} if several hosts are listed and
     * {@code readOnly} is not set. The reader prefers standbys, whatever this is.
     */
    public static final Setting<TargetServerType> TARGET_SERVER_TYPE =
            add(choice("targetServerType", TargetServerType.values())
                    .libpq("target_session_attrs")
                    .defaults("any"));

    /**
     * The order in which the hosts and their addresses are tried: {@code disable} is the given order. Unset:
     * {@code random} for the reader.
     */
    public static final Setting<LoadBalanceHosts> LOAD_BALANCE_HOSTS =
            add(choice("loadBalanceHosts", LoadBalanceHosts.values())
                    .libpq("load_balance_hosts")
                    .defaults("disable"));

    /** The pooler in front of the server. Features that do not work with transaction pooling are switched off. */
    public static final Setting<Pooler> POOLER =
            add(choice("pooler", Pooler.values()).defaults("none"));

    /**
     * SQL scripts that run once in the database that Wellhead starts in a {@code local} or {@code test} environment:
     * directories, or files whose names end in {@code .sql}. {@code classpath:db/init} is a directory on the class path.
     * Has no effect on a server that is not started by Wellhead. Needs {@code wellhead-embedded}.
     */
    public static final Setting<List<String>> INIT_SCRIPTS =
            add(list("initScripts", "directories or files, separated by commas"));

    // Credentials

    /** The role to log in as. */
    public static final Setting<String> USER =
            add(text("user", "a role name").libpq("user").localDefault("postgres"));

    /** The password. */
    public static final Setting<Sensitive> PASSWORD =
            add(sensitive("password", "a password").libpq("password").localDefault("postgres"));

    /**
     * A file that contains the password. It is read again when it changes and when the server refuses the password. One
     * final line break is not part of the password.
     */
    public static final Setting<Path> PASSWORD_FILE = add(file("passwordFile"));

    /**
     * A program, with its arguments, that prints the password, or a JSON object with {@code username}, {@code password}
     * and optionally {@code expiration}. It is run without a shell, for the first login, before the expiration, and
     * when the server refuses the login.
     */
    public static final Setting<CommandLine> PASSWORD_COMMAND =
            add(new Setting<>("passwordCommand", ValueKind.COMMAND, "a program and its arguments"));

    /** The password file of libpq ({@code .pgpass}), which is used if no other source of a password is set. */
    public static final Setting<Path> PASSFILE = add(file("passfile").libpq("passfile"));

    /**
     * A JSON file with the fields of a secret ({@code username}, {@code password}, {@code host}, {@code port},
     * {@code dbname}), or a directory with one file per field, as Kubernetes and Vault agent mount them. It is read again
     * when it changes and when the server refuses the login; user and password change together.
     */
    public static final Setting<Path> SECRET_FILE = add(file("secretFile"));

    /** The secret in AWS Secrets Manager that contains the credentials. Needs {@code wellhead-aws}. */
    public static final Setting<String> SECRET_ID = add(text("secretId", "a secret name or ARN"));

    /**
     * The region of the secret, if {@code secretId} is not an ARN. Unset: {@code AWS_REGION}, then the AWS profile.
     * Needs {@code wellhead-aws}.
     */
    public static final Setting<String> SECRET_REGION = add(text("secretRegion", "an AWS region"));

    /**
     * How often the secret is read again in the background, so that a rotation is usually known before a login fails.
     * The interval is varied by up to a fifth. Needs {@code wellhead-aws}.
     */
    public static final Setting<Duration> SECRET_REFRESH_INTERVAL =
            add(duration("secretRefreshInterval", SECOND, DAY, "").defaults("15m"));

    /** The field of the secret that contains the user. In JSON, a dot leads into a nested object. */
    public static final Setting<String> SECRET_USER_KEY =
            add(text("secretUserKey", "a field name").defaults("username"));

    /** The field of the secret that contains the password. In JSON, a dot leads into a nested object. */
    public static final Setting<String> SECRET_PASSWORD_KEY =
            add(text("secretPasswordKey", "a field name").defaults("password"));

    /**
     * How the service authenticates. {@code iam} needs {@code wellhead-aws}, a user, and a verified server; it raises
     * the default SSL mode to {@code verify-full}. {@code certificate} is the default if {@code sslkey} is set and no
     * source of a password is. {@code none} is a login without a password. A module can declare other words.
     */
    public static final Setting<String> AUTH =
            add(text("auth", "password, certificate, none, or a word that a module declares")
                    .defaults("password"));

    /**
     * The region that authentication tokens are signed for. Unset: the region in the name of the RDS host, then
     * {@code AWS_REGION}, then the AWS profile. Needs {@code wellhead-aws}.
     */
    public static final Setting<String> IAM_REGION = add(text("iamRegion", "an AWS region"));

    /**
     * The name of the RDS endpoint that authentication tokens are signed for, if {@code host} is an alias, a tunnel or
     * a proxy in front of it. It applies to every host, but not to the hosts of the reader. Unset: the host. Needs
     * {@code wellhead-aws}.
     */
    public static final Setting<String> IAM_HOST = add(text("iamHost", "a host name"));

    /**
     * The port of the RDS endpoint that authentication tokens are signed for, if the service connects to another port.
     * It applies to every host, but not to the hosts of the reader. Unset: the port of the host. Needs
     * {@code wellhead-aws}.
     */
    public static final Setting<Integer> IAM_PORT = add(integer("iamPort", 1, 65535));

    /**
     * The login methods that the server may use: {@code scram-sha-256}, {@code md5}, {@code password} (clear text) and
     * {@code none}. A leading {@code !} forbids a method. Unset: all of them; {@code scram-sha-256} in strict
     * environments while the server's certificate is not verified.
     */
    public static final Setting<String> REQUIRE_AUTH = add(
            text("requireAuth", "authentication methods, separated by commas").libpq("require_auth"));

    /** Whether SCRAM authentication is bound to the TLS channel. */
    public static final Setting<ChannelBinding> CHANNEL_BINDING = add(choice("channelBinding", ChannelBinding.values())
            .libpq("channel_binding")
            .defaults("prefer"));

    // Migrations

    /** The role that migrations log in as. Unset: they use the credentials of the database. */
    public static final Setting<String> MIGRATION_USER = add(text("migration.user", "a role name"));

    /** The password of the role that migrations log in as. */
    public static final Setting<Sensitive> MIGRATION_PASSWORD = add(sensitive("migration.password", "a password"));

    /** A file that contains the password for migrations, as {@code passwordFile}. */
    public static final Setting<Path> MIGRATION_PASSWORD_FILE = add(file("migration.passwordFile"));

    /** A program that prints the credentials for migrations, as {@code passwordCommand}. */
    public static final Setting<CommandLine> MIGRATION_PASSWORD_COMMAND =
            add(new Setting<>("migration.passwordCommand", ValueKind.COMMAND, "a program and its arguments"));

    /** A file or a directory with the credentials for migrations, as {@code secretFile}. */
    public static final Setting<Path> MIGRATION_SECRET_FILE = add(file("migration.secretFile"));

    /**
     * The secret in AWS Secrets Manager that contains the credentials for migrations. Its region and its fields are
     * configured as those of {@code secretId}. Needs {@code wellhead-aws}.
     */
    public static final Setting<String> MIGRATION_SECRET_ID = add(text("migration.secretId", "a secret name or ARN"));

    /**
     * How migrations authenticate. Unset: as {@code auth}, or with a password if a source of a password for migrations
     * is set.
     */
    public static final Setting<String> MIGRATION_AUTH =
            add(text("migration.auth", "password, certificate, none, or a word that a module declares"));

    /** The server for migrations, if they must not use the pooler in {@code host}. Unset: {@code host}. */
    public static final Setting<List<String>> MIGRATION_HOST =
            add(list("migration.host", "host names or addresses, separated by commas"));

    /** The port of the server for migrations. Unset: 5432 if {@code migration.host} is set, else {@code port}. */
    public static final Setting<List<Integer>> MIGRATION_PORT = add(ports("migration.port"));

    /**
     * The longest time that a statement of a migration may run. Unset: the server's; {@code statementTimeout} does not
     * apply to migrations.
     */
    public static final Setting<Duration> MIGRATION_STATEMENT_TIMEOUT =
            add(duration("migration.statementTimeout", 0, DAY, "no limit"));

    /** The longest time that a statement of a migration may wait for a lock. Unset: {@code lockTimeout}. */
    public static final Setting<Duration> MIGRATION_LOCK_TIMEOUT =
            add(duration("migration.lockTimeout", 0, DAY, "no limit"));

    // TLS

    /**
     * How the connection is encrypted and how the server is verified. Unset: {@code verify-full} if root certificates
     * are known for the host; else {@code require} in strict environments and with a client certificate; else
     * {@code disable} on loopback and {@code prefer} elsewhere.
     */
    public static final Setting<SslMode> SSLMODE =
            add(choice("sslmode", "an SSL mode", SslMode.values()).libpq("sslmode"));

    /**
     * The hosts to which strict environments also permit the SSL modes {@code disable}, {@code allow} and
     * {@code prefer}, because the operator vouches for the network. Each item is the exact text of one host: no
     * wildcards and no ranges of addresses. A warning is logged at every start.
     */
    public static final Setting<List<String>> PLAINTEXT_HOSTS =
            add(list("plaintextHosts", "exact host names or addresses, separated by commas"));

    /**
     * The root certificates that may sign the server's certificate: a file in PEM or DER format, a PKCS#12 or JKS key
     * store, or the PEM text itself; {@code system} for those that the JVM trusts.
     */
    public static final Setting<FileOrPem> SSLROOTCERT =
            add(fileOrPem("sslrootcert", "a file of certificates, PEM text, or system")
                    .libpq("sslrootcert"));

    /**
     * The revocation lists of the authorities, in one file in PEM or DER format. If lists are configured, every
     * certificate of the server's chain needs a current list of its issuer. As in libpq, this has no effect without
     * root certificates. If neither this nor {@code sslcrldir} is set: {@code ~/.postgresql/root.crl}, if it exists.
     */
    public static final Setting<Path> SSLCRL = add(file("sslcrl").libpq("sslcrl"));

    /** A directory of revocation lists, with the file names that {@code openssl rehash} creates. */
    public static final Setting<Path> SSLCRLDIR =
            add(new Setting<Path>("sslcrldir", ValueKind.FILE, "a directory").libpq("sslcrldir"));

    /** The client certificate, followed by its intermediate certificates: a file in PEM or DER format, or PEM text. */
    public static final Setting<FileOrPem> SSLCERT =
            add(fileOrPem("sslcert", "a file of certificates, or PEM text").libpq("sslcert"));

    /**
     * The key of the client certificate: a file in PEM or DER format (PKCS#8, PKCS#1 or SEC 1, encrypted or not), a
     * PKCS#12 or JKS key store, which also contains the certificate, or PEM text.
     */
    public static final Setting<FileOrPem> SSLKEY =
            add(fileOrPem("sslkey", "a file with a private key, or PEM text").libpq("sslkey"));

    /** The password of {@code sslkey}, and of {@code sslrootcert} if that is a key store. */
    public static final Setting<Sensitive> SSLPASSWORD =
            add(sensitive("sslpassword", "the password of the key").libpq("sslpassword"));

    /** How TLS is negotiated. */
    public static final Setting<SslNegotiation> SSLNEGOTIATION = add(choice("sslnegotiation", SslNegotiation.values())
            .libpq("sslnegotiation")
            .defaults("postgres"));

    // Timeouts and network

    /**
     * The longest time that opening a physical connection may take per host: name resolution, TCP, TLS, authentication
     * and session setup together. All hosts together never take longer than {@code connectionTimeout}.
     */
    public static final Setting<Duration> CONNECT_TIMEOUT = add(duration("connectTimeout", 100, 10 * MINUTE, "")
            .libpq("connect_timeout")
            .defaults("10s"));

    /** How long opening the database retries while the server is not available yet. */
    public static final Setting<Duration> STARTUP_TIMEOUT =
            add(duration("startupTimeout", 0, HOUR, "one attempt").defaults("0s"));

    /** The longest time that a read from the server may block. Must be longer than the longest statement. */
    public static final Setting<Duration> SOCKET_TIMEOUT =
            add(duration("socketTimeout", 0, DAY, "no limit").defaults("0s"));

    /**
     * How long a server may be silent before the pool opens another connection to ask about the statement that waits
     * for it. A statement that is in progress is not affected, however long it takes. If the server has no such
     * statement, does not respond or was replaced, the connection is closed and the statement fails with SQLSTATE
     * 08006.
     */
    public static final Setting<Duration> SILENCE_CHECK_AFTER =
            add(duration("silenceCheckAfter", SECOND, DAY, "never").defaults("10s"));

    /** Whether TCP keepalive probes are sent. */
    public static final Setting<Boolean> KEEPALIVES =
            add(bool("keepalives").libpq("keepalives").defaults("true"));

    /** The idle time before the first keepalive probe, in whole seconds. */
    public static final Setting<Duration> KEEPALIVES_IDLE = add(duration("keepalivesIdle", 0, DAY, "the system's")
            .libpq("keepalives_idle")
            .localDefault("0s")
            .strictDefault("10s"));

    /** The time between keepalive probes, in whole seconds. */
    public static final Setting<Duration> KEEPALIVES_INTERVAL =
            add(duration("keepalivesInterval", 0, DAY, "the system's")
                    .libpq("keepalives_interval")
                    .localDefault("0s")
                    .strictDefault("5s"));

    /** The number of lost keepalive probes after which the connection is closed; 0: the system's. */
    public static final Setting<Integer> KEEPALIVES_COUNT = add(integer("keepalivesCount", 0, 1000)
            .libpq("keepalives_count")
            .localDefault("0")
            .strictDefault("3"));

    // Session

    /** The name that {@code pg_stat_activity} shows. Unset: the service and the host it runs on. */
    public static final Setting<String> APPLICATION_NAME =
            add(text("applicationName", "a name of at most 63 bytes").libpq("application_name"));

    /** The search path of every session. */
    public static final Setting<List<String>> SCHEMA = add(list("schema", "schema names, separated by commas"));

    /**
     * The time zone of every session, as the server names it; {@code default} is the one that the server has for the
     * role and the database. Unset: {@code PGTZ}, then the time zone of the JVM.
     */
    public static final Setting<String> TIME_ZONE = add(text("timeZone", "a time zone of the server, or default"));

    /** Whether transactions are read-only by default. */
    public static final Setting<Boolean> READ_ONLY = add(bool("readOnly").defaults("false"));

    /** The longest time that a statement may run before the server cancels it. Unset: the server's. */
    public static final Setting<Duration> STATEMENT_TIMEOUT = add(duration("statementTimeout", 0, DAY, "no limit"));

    /** The longest time that a statement may wait for a lock. Unset: the server's. */
    public static final Setting<Duration> LOCK_TIMEOUT = add(duration("lockTimeout", 0, DAY, "no limit"));

    /** The longest time that a session may be idle in a transaction before the server ends it. Unset: the server's. */
    public static final Setting<Duration> IDLE_IN_TRANSACTION_SESSION_TIMEOUT =
            add(duration("idleInTransactionSessionTimeout", 0, DAY, "no limit"));

    /** Options that are sent to the server when a session starts. */
    public static final Setting<String> OPTIONS =
            add(text("options", "server options as -c name=value").libpq("options"));

    // Driver

    /** The number of executions after which a statement is prepared on the server; 0: never. */
    public static final Setting<Integer> PREPARE_THRESHOLD =
            add(integer("prepareThreshold", 0, 1_000_000).defaults("5"));

    /** The number of prepared statements that are cached per connection. */
    public static final Setting<Integer> PREPARED_STATEMENT_CACHE_QUERIES =
            add(integer("preparedStatementCacheQueries", 0, 1_000_000).defaults("256"));

    /** The number of rows that are fetched together inside a transaction; 0: all. */
    public static final Setting<Integer> DEFAULT_ROW_FETCH_SIZE =
            add(integer("defaultRowFetchSize", 0, 100_000_000).defaults("0"));

    /** Whether batched inserts are sent as one statement with many rows. */
    public static final Setting<Boolean> RE_WRITE_BATCHED_INSERTS =
            add(bool("reWriteBatchedInserts").defaults("false"));

    // Pool (HikariCP)

    /** The maximum number of connections, idle and used together. */
    public static final Setting<Integer> MAXIMUM_POOL_SIZE =
            add(integer("maximumPoolSize", 1, 10_000).defaults("10"));

    /**
     * The number of idle connections that the pool tries to keep. Unset: {@code maximumPoolSize}, a fixed-size pool.
     */
    public static final Setting<Integer> MINIMUM_IDLE = add(integer("minimumIdle", 0, 10_000));

    /** The longest time that {@code getConnection()} waits. */
    public static final Setting<Duration> CONNECTION_TIMEOUT =
            add(duration("connectionTimeout", 250, HOUR, "").defaults("30s"));

    /**
     * The longest time that the check of an idle connection may take; times of more than a second are rounded down to
     * whole seconds. Must be less than {@code connectionTimeout}.
     */
    public static final Setting<Duration> VALIDATION_TIMEOUT =
            add(duration("validationTimeout", 250, HOUR, "").defaults("2s"));

    /** How long a connection above {@code minimumIdle} may be idle before it is closed. */
    public static final Setting<Duration> IDLE_TIMEOUT =
            add(duration("idleTimeout", 10 * SECOND, DAY, "never").defaults("10m"));

    /** The maximum age of a connection. An older connection is closed when it is next idle. */
    public static final Setting<Duration> MAX_LIFETIME =
            add(duration("maxLifetime", 30 * SECOND, DAY, "no limit").defaults("30m"));

    /** How often an idle connection is checked. Must be less than {@code maxLifetime}. */
    public static final Setting<Duration> KEEPALIVE_TIME =
            add(duration("keepaliveTime", 30 * SECOND, DAY, "never").defaults("2m"));

    /** How long a connection may be used before a possible leak is logged. */
    public static final Setting<Duration> LEAK_DETECTION_THRESHOLD =
            add(duration("leakDetectionThreshold", 2 * SECOND, DAY, "off").defaults("0s"));

    /** The name of the pool in logs, JMX and metrics. Unset: the name of the database. */
    public static final Setting<String> POOL_NAME = add(text("poolName", "a name"));

    /** Whether connections are in auto-commit mode when they are acquired. */
    public static final Setting<Boolean> AUTO_COMMIT = add(bool("autoCommit").defaults("true"));

    /** The isolation level of every connection. Unset: the server's. */
    public static final Setting<TransactionIsolation> TRANSACTION_ISOLATION =
            add(choice("transactionIsolation", TransactionIsolation.values()));

    /** A statement that is run on every new connection. */
    public static final Setting<String> CONNECTION_INIT_SQL = add(text("connectionInitSql", "SQL"));

    /** Whether the pool's own queries run in a transaction of their own. */
    public static final Setting<Boolean> ISOLATE_INTERNAL_QUERIES =
            add(bool("isolateInternalQueries").defaults("false"));

    /** Whether the pool can be suspended through JMX. */
    public static final Setting<Boolean> ALLOW_POOL_SUSPENSION =
            add(bool("allowPoolSuspension").defaults("false"));

    /** Whether the pool registers its MBeans. */
    public static final Setting<Boolean> REGISTER_MBEANS =
            add(bool("registerMbeans").defaults("false"));

    /**
     * Whether the metrics {@code db.client.connection.*} are emitted. {@code auto}: unless the OpenTelemetry Java agent
     * already instruments HikariCP. Needs {@code wellhead-otel}.
     */
    public static final Setting<PoolMetrics> POOL_METRICS =
            add(choice("poolMetrics", PoolMetrics.values()).defaults("auto"));

    private Settings() {}

    /** {@return every setting, in the order of the documentation; without those of {@link #driver}} */
    public static List<Setting<?>> all() {
        return VIEW;
    }

    /**
     * {@return the setting {@code driver.<property>}, which is passed to pgjdbc} Every call returns the same object for
     * the same property. Whether the property can be set is checked when settings are resolved: the page
     * {@code docs/driver.md} lists those that can.
     *
     * @param property the name that pgjdbc has for it, such as {@code stringtype}
     */
    public static Setting<String> driver(String property) {
        return DriverSettings.of(property);
    }

    /** Loaded only if a property of the driver is set. */
    private static final class DriverSettings {

        private static final Map<String, Setting<String>> BY_PROPERTY = new ConcurrentHashMap<>();

        static Setting<String> of(String property) {
            return BY_PROPERTY.computeIfAbsent(
                    property, name -> text(Setting.DRIVER + name, "a value of the driver's property " + name));
        }
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }

    private static Setting<String> text(String name, String description) {
        return new Setting<>(name, ValueKind.TEXT, description);
    }

    private static Setting<Sensitive> sensitive(String name, String description) {
        return new Setting<>(name, ValueKind.SENSITIVE_TEXT, description);
    }

    private static Setting<Path> file(String name) {
        return new Setting<>(name, ValueKind.FILE, "a file");
    }

    private static Setting<FileOrPem> fileOrPem(String name, String description) {
        return new Setting<>(name, ValueKind.FILE_OR_PEM, description);
    }

    private static Setting<List<String>> list(String name, String description) {
        return new Setting<>(name, ValueKind.LIST, description);
    }

    private static Setting<List<Integer>> ports(String name) {
        return new Setting<>(name, ValueKind.PORTS, "ports from 1 to 65535, separated by commas");
    }

    private static Setting<Boolean> bool(String name) {
        return new Setting<>(name, ValueKind.BOOLEAN, "true or false");
    }

    private static Setting<Integer> integer(String name, int minimum, int maximum) {
        return new Setting<Integer>(name, ValueKind.INTEGER, "a whole number").bounds(minimum, maximum, "");
    }

    private static Setting<Duration> duration(String name, long minimum, long maximum, String zero) {
        return new Setting<Duration>(name, ValueKind.DURATION, "a duration").bounds(minimum, maximum, zero);
    }

    private static <E extends Enum<E>> Setting<E> choice(String name, E[] values) {
        return choice(name, "one of its values", values);
    }

    /** @param values all of them, because reading them from the class by reflection delays a cold start */
    private static <E extends Enum<E>> Setting<E> choice(String name, String description, E[] values) {
        return new Setting<E>(name, ValueKind.CHOICE, description).choices(List.of(values));
    }
}
