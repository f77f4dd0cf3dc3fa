package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.supported;
import static dev.wellhead.internal.url.Parameter.unsupported;

import dev.wellhead.settings.Settings;
import java.util.List;

/**
 * Every property of pgjdbc 42.7, which is also a parameter of a {@code jdbc:postgresql://} URL: the setting it stands
 * for, the reason why it is not supported, or the decision that it is passed to the driver. A test fails if the driver
 * has a property that is not in this list. Source: pgjdbc documentation, "Initializing the Driver", "Connection
 * Parameters".
 */
public final class PgjdbcParameters {

    private static final String LEAVE_OUT = "Leave it out.";

    private static final Parameters ALL = new Parameters(
                    supported("user", Settings.USER),
                    supported("password", Settings.PASSWORD),
                    supported("ApplicationName", Settings.APPLICATION_NAME),
                    supported("currentSchema", Settings.SCHEMA, new Conversion.SearchPath()),
                    supported("options", Settings.OPTIONS),
                    supported("readOnly", Settings.READ_ONLY),
                    supported(
                            "targetServerType",
                            Settings.TARGET_SERVER_TYPE,
                            new Conversion.Spellings(
                                    List.of(
                                            "any", "any",
                                            "primary", "primary",
                                            "secondary", "standby",
                                            "preferSecondary", "prefer-standby",
                                            "master", "primary",
                                            "slave", "standby",
                                            "preferSlave", "prefer-standby"),
                                    List.of("preferPrimary", "Wellhead has no mode that prefers the primary"))),
                    supported(
                            "loadBalanceHosts",
                            Settings.LOAD_BALANCE_HOSTS,
                            new Conversion.Spellings(List.of("true", "random", "false", "disable"), List.of())),
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
                            "Use sslmode=verify-full, or sslmode=require.",
                            "false"),
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
                    unsupported("protocolVersion", "the driver uses protocol version 3", LEAVE_OUT, "3", "3.0"),
                    unsupported(
                            "queryTimeout",
                            "Wellhead lets the server cancel long statements",
                            "Use the setting statementTimeout."),
                    unsupported(
                            "assumeMinServerVersion",
                            "Wellhead sets it, so that a session starts without a query",
                            LEAVE_OUT),
                    unsupported(
                            "groupStartupParameters",
                            "Wellhead sends everything in the startup message",
                            "Leave it out; behind a pooler use the setting pooler."),
                    unsupported(
                            "cancelSignalTimeout",
                            "the time of a cancel request is that of a connect",
                            "Use the setting connectTimeout."),
                    unsupported("scramMaxIterations", "Wellhead limits what a server may demand of a login", LEAVE_OUT),
                    unsupported(
                            "classLoaderStrategy",
                            "Wellhead decides which class loader its parts of the driver come from",
                            LEAVE_OUT),
                    unsupported(
                            "xmlFactoryFactory",
                            "it loads a class, or permits XML that reads files",
                            "Leave it out, and parse XML in your own code."),
                    unsupported(
                            "sslfactory",
                            "Wellhead creates its own TLS connections",
                            "Use sslmode=require in place of NonValidatingFactory, and sslmode=verify-full with"
                                    + " sslrootcert=system in place of DefaultJavaSSLFactory.",
                            "org.postgresql.ssl.LibPQFactory"))
            .unsupported(
                    "the URL has a place for it",
                    "Write jdbc:postgresql://host:port/database.",
                    "PGHOST PGPORT PGDBNAME")
            .unsupported(
                    "Wellhead creates its own sockets", LEAVE_OUT, "socketFactory socketFactoryArg localSocketAddress")
            .unsupported(
                    "Wellhead limits the time of every connect itself",
                    "Use the setting connectTimeout.",
                    "connectExecutor connectExecutorArg sslResponseTimeout")
            .unsupported(
                    LibpqParameters.NO_GSS,
                    LEAVE_OUT,
                    "gssResponseTimeout jaasLogin jaasApplicationName kerberosServerName gsslib "
                            + "gssUseDefaultCreds sspiServiceClass useSpnego")
            .unsupported(
                    "Wellhead creates its own TLS connections",
                    "Use sslmode, sslrootcert, sslcert, sslkey and sslpassword.",
                    "sslfactoryarg sslhostnameverifier sslpasswordcallback pemKeyAlgorithm")
            .unsupported(
                    "logging is configured in one place",
                    "Configure the logger org.postgresql.",
                    "loggerLevel loggerFile")
            .passed("adaptiveFetch adaptiveFetchMaximum adaptiveFetchMinimum allowEncodingChanges autosave "
                    + "binaryTransfer binaryTransferDisable binaryTransferEnable cleanupSavepoints "
                    + "convertBooleanToNumeric databaseMetadataCacheFields databaseMetadataCacheFieldsMiB "
                    + "disableColumnSanitiser escapeSyntaxCallMode flushCacheOnDdl hideUnprivilegedObjects "
                    + "logServerErrorDetail logUnclosedConnections maxResultBuffer maxSendBufferSize preferQueryMode "
                    + "preparedStatementCacheSizeMiB quoteReturningIdentifiers readOnlyMode receiveBufferSize "
                    + "reWriteBatchedInsertsSize sendBufferSize stringtype tcpNoDelay unknownLength");

    private PgjdbcParameters() {}

    public static Parameters all() {
        return ALL;
    }
}
