package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.supported;
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
                    supported("user", Settings.USER),
                    supported("password", Settings.PASSWORD),
                    supported("ApplicationName", Settings.APPLICATION_NAME),
                    supported("currentSchema", Settings.SCHEMA),
                    supported("options", Settings.OPTIONS),
                    supported("readOnly", Settings.READ_ONLY),
                    supported(
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
                    supported(
                            "loadBalanceHosts",
                            Settings.LOAD_BALANCE_HOSTS,
                            new Conversion.Spellings(List.of("true", "random", "false", "disable"))),
                    supported("connectTimeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
                    supported("loginTimeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
                    supported("socketTimeout", Settings.SOCKET_TIMEOUT, new Conversion.Seconds(true)),
                    supported("tcpKeepAlive", Settings.KEEPALIVES),
                    supported("prepareThreshold", Settings.PREPARE_THRESHOLD),
                    supported("preparedStatementCacheQueries", Settings.PREPARED_STATEMENT_CACHE_QUERIES),
                    supported("defaultRowFetchSize", Settings.DEFAULT_ROW_FETCH_SIZE),
                    supported("reWriteBatchedInserts", Settings.RE_WRITE_BATCHED_INSERTS),
                    supported("sslmode", Settings.SSLMODE),
                    supported("sslNegotiation", Settings.SSLNEGOTIATION),
                    supported("sslrootcert", Settings.SSLROOTCERT),
                    supported("sslcert", Settings.SSLCERT),
                    supported("sslkey", Settings.SSLKEY),
                    supported("sslpassword", Settings.SSLPASSWORD),
                    supported("channelBinding", Settings.CHANNEL_BINDING),
                    supported("requireAuth", Settings.REQUIRE_AUTH),
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
