package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.of;
import static dev.wellhead.internal.url.Parameter.unsupported;

import dev.wellhead.settings.Settings;
import java.util.List;

/**
 * Every parameter of a {@code jdbc:postgresql://} URL in pgjdbc 42.7, with its setting or the reason why it is not
 * supported. Source: pgjdbc documentation, "Initializing the Driver", "Connection Parameters".
 */
public final class PgjdbcParameters {

    private static final String LEAVE_OUT = "Leave it out.";

    private static final Parameters ALL = new Parameters(
                    of("user", Settings.USER),
                    of("password", Settings.PASSWORD),
                    of("ApplicationName", Settings.APPLICATION_NAME),
                    of("currentSchema", Settings.SCHEMA),
                    of("options", Settings.OPTIONS),
                    of("readOnly", Settings.READ_ONLY),
                    of(
                            "targetServerType",
                            Settings.TARGET_SERVER_TYPE,
                            new Conversion.Spellings(List.of(
                                    "any", "any",
                                    "primary", "primary",
                                    "secondary", "standby",
                                    "preferSecondary", "prefer-standby",
                                    "master", "primary",
                                    "slave", "standby",
                                    "preferSlave", "prefer-standby"))),
                    of(
                            "loadBalanceHosts",
                            Settings.LOAD_BALANCE_HOSTS,
                            new Conversion.Spellings(List.of("true", "random", "false", "disable"))),
                    of("connectTimeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
                    of("loginTimeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
                    of("socketTimeout", Settings.SOCKET_TIMEOUT, new Conversion.Seconds(true)),
                    of("tcpKeepAlive", Settings.KEEPALIVES),
                    of("prepareThreshold", Settings.PREPARE_THRESHOLD),
                    of("preparedStatementCacheQueries", Settings.PREPARED_STATEMENT_CACHE_QUERIES),
                    of("defaultRowFetchSize", Settings.DEFAULT_ROW_FETCH_SIZE),
                    of("reWriteBatchedInserts", Settings.RE_WRITE_BATCHED_INSERTS),
                    of("sslmode", Settings.SSLMODE),
                    of("sslNegotiation", Settings.SSLNEGOTIATION),
                    of("sslrootcert", Settings.SSLROOTCERT),
                    of("sslcert", Settings.SSLCERT),
                    of("sslkey", Settings.SSLKEY),
                    of("sslpassword", Settings.SSLPASSWORD),
                    of("channelBinding", Settings.CHANNEL_BINDING),
                    of("requireAuth", Settings.REQUIRE_AUTH),
                    unsupported(
                            "ssl",
                            "it means verify-full in pgjdbc and require in libpq",
                            "Use sslmode=verify-full, or sslmode=require."),
                    unsupported("service", "a service is selected only by the environment", "Set PGSERVICE."),
                    unsupported("replication", LibpqParameters.NO_REPLICATION, LEAVE_OUT),
                    unsupported("hostRecheckSeconds", "Wellhead checks the hosts for every connection", LEAVE_OUT),
                    unsupported(
                            "authenticationPluginClassName",
                            "credentials come from a credentials provider",
                            "Register a CredentialsProvider on the builder."),
                    unsupported(
                            "gssEncMode",
                            LibpqParameters.NO_GSS,
                            "Use disable, allow or prefer, or leave it out.",
                            "disable",
                            "allow",
                            "prefer"),
                    unsupported("protocolVersion", "the driver uses protocol version 3", LEAVE_OUT, "3"),
                    unsupported("tcpNoDelay", "it would delay every short query", "Use true, or leave it out.", "true"),
                    unsupported(
                            "logUnclosedConnections",
                            "the pool detects connections that are not returned",
                            "Use the setting leakDetectionThreshold."),
                    unsupported(
                            "queryTimeout",
                            "Wellhead lets the server cancel long statements",
                            "Use the setting statementTimeout."),
                    unsupported(
                            "groupStartupParameters",
                            "Wellhead sends everything in the startup message",
                            "Leave it out; behind a pooler use the setting pooler."))
            .unsupported(
                    "the URL has a place for it",
                    "Write jdbc:postgresql://host:port/database.",
                    "PGHOST PGPORT PGDBNAME")
            .unsupported(
                    "Wellhead creates its own sockets",
                    LEAVE_OUT,
                    "socketFactory socketFactoryArg localSocketAddress sendBufferSize receiveBufferSize")
            .unsupported(
                    "Wellhead limits the time of every connect itself",
                    "Use connectTimeout.",
                    "connectExecutor connectExecutorArg sslResponseTimeout")
            .unsupported(
                    LibpqParameters.NO_GSS,
                    LEAVE_OUT,
                    "gssResponseTimeout jaasLogin jaasApplicationName kerberosServerName gsslib "
                            + "gssUseDefaultCreds sspiServiceClass useSpnego")
            .unsupported(
                    "Wellhead creates its own TLS connections",
                    "Use sslmode, sslrootcert, sslcert, sslkey and sslpassword.",
                    "sslfactory sslfactoryarg sslhostnameverifier sslpasswordcallback pemKeyAlgorithm")
            .unsupported(
                    "logging is configured in one place",
                    "Configure the logger org.postgresql.",
                    "loggerLevel loggerFile")
            .unsupported(
                    "Wellhead always uses the driver's default",
                    LEAVE_OUT,
                    "assumeMinServerVersion adaptiveFetch adaptiveFetchMaximum adaptiveFetchMinimum "
                            + "allowEncodingChanges autosave binaryTransfer binaryTransferDisable "
                            + "binaryTransferEnable cancelSignalTimeout classLoaderStrategy cleanupSavepoints "
                            + "convertBooleanToNumeric databaseMetadataCacheFields databaseMetadataCacheFieldsMiB "
                            + "disableColumnSanitiser escapeSyntaxCallMode flushCacheOnDdl hideUnprivilegedObjects "
                            + "logServerErrorDetail maxResultBuffer maxSendBufferSize preferQueryMode "
                            + "preparedStatementCacheSizeMiB quoteReturningIdentifiers readOnlyMode "
                            + "reWriteBatchedInsertsSize scramMaxIterations stringtype unknownLength "
                            + "xmlFactoryFactory");

    private PgjdbcParameters() {}

    public static Parameters all() {
        return ALL;
    }
}
