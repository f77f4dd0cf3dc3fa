package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.means;
import static dev.wellhead.internal.url.Parameter.refused;
import static dev.wellhead.internal.url.Parameter.refusedUnless;

import dev.wellhead.settings.Settings;
import java.util.List;

/**
 * Every parameter of a {@code jdbc:postgresql://} URL that pgjdbc 42.7 knows: a setting, or refused by name with the
 * reason. Source: pgjdbc documentation, "Initializing the Driver", "Connection Parameters".
 */
public final class PgjdbcParameters {

    private static final String NOT_PASSED_ON = "Wellhead leaves it at the driver's default";
    private static final String GSS = "Wellhead does not speak GSSAPI or Kerberos";
    private static final String OWN_TLS = "Wellhead makes its own TLS connections";
    private static final String OWN_SOCKETS = "Wellhead makes its own sockets";
    private static final String LEAVE_OUT = "Leave it out.";

    private static final Parameters ALL = new Parameters(
            means("user", Settings.USER),
            means("password", Settings.PASSWORD),
            means("ApplicationName", Settings.APPLICATION_NAME),
            means("currentSchema", Settings.SCHEMA),
            means("options", Settings.OPTIONS),
            means("readOnly", Settings.READ_ONLY),
            means(
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
            means(
                    "loadBalanceHosts",
                    Settings.LOAD_BALANCE_HOSTS,
                    new Conversion.Spellings(List.of("true", "random", "false", "disable"))),
            means("connectTimeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
            means("loginTimeout", Settings.CONNECT_TIMEOUT, new Conversion.Seconds(false)),
            means("socketTimeout", Settings.SOCKET_TIMEOUT, new Conversion.Seconds(true)),
            means("tcpKeepAlive", Settings.KEEPALIVES),
            means("prepareThreshold", Settings.PREPARE_THRESHOLD),
            means("preparedStatementCacheQueries", Settings.PREPARED_STATEMENT_CACHE_QUERIES),
            means("defaultRowFetchSize", Settings.DEFAULT_ROW_FETCH_SIZE),
            means("reWriteBatchedInserts", Settings.RE_WRITE_BATCHED_INSERTS),
            means("sslmode", Settings.SSLMODE),
            means("sslNegotiation", Settings.SSLNEGOTIATION),
            means("sslrootcert", Settings.SSLROOTCERT),
            means("sslcert", Settings.SSLCERT),
            means("sslkey", Settings.SSLKEY),
            means("sslpassword", Settings.SSLPASSWORD),
            means("channelBinding", Settings.CHANNEL_BINDING),
            means("requireAuth", Settings.REQUIRE_AUTH),
            refused(
                    "ssl",
                    "it means verify-full to pgjdbc and require to libpq",
                    "Use sslmode=verify-full, or sslmode=require."),
            refused("PGHOST", "the URL has a place for it", "Write jdbc:postgresql://host:port/database."),
            refused("PGPORT", "the URL has a place for it", "Write jdbc:postgresql://host:port/database."),
            refused("PGDBNAME", "the URL has a place for it", "Write jdbc:postgresql://host:port/database."),
            refused("service", "a service is chosen by the environment alone", "Set PGSERVICE."),
            refused("replication", "a pool is no place for a replication connection", LEAVE_OUT),
            refused("socketFactory", OWN_SOCKETS, LEAVE_OUT),
            refused("socketFactoryArg", OWN_SOCKETS, LEAVE_OUT),
            refused("localSocketAddress", OWN_SOCKETS, LEAVE_OUT),
            refused("sendBufferSize", OWN_SOCKETS, LEAVE_OUT),
            refused("receiveBufferSize", OWN_SOCKETS, LEAVE_OUT),
            refused("connectExecutor", "Wellhead bounds every connect itself", "Use connectTimeout."),
            refused("connectExecutorArg", "Wellhead bounds every connect itself", "Use connectTimeout."),
            refused("sslResponseTimeout", "Wellhead bounds every connect as a whole", "Use connectTimeout."),
            refused("gssResponseTimeout", GSS, LEAVE_OUT),
            refused("hostRecheckSeconds", "Wellhead looks at the hosts for every connection", LEAVE_OUT),
            refused("sslfactory", OWN_TLS, "Use sslmode and sslrootcert."),
            refused("sslfactoryarg", OWN_TLS, "Use sslmode and sslrootcert."),
            refused("sslhostnameverifier", OWN_TLS, "Use sslmode=verify-full."),
            refused("sslpasswordcallback", OWN_TLS, "Use sslpassword."),
            refused("pemKeyAlgorithm", OWN_TLS, LEAVE_OUT),
            refused(
                    "authenticationPluginClassName",
                    "credentials come from a credentials provider",
                    "Register a CredentialsProvider on the builder."),
            refused("jaasLogin", GSS, LEAVE_OUT),
            refused("jaasApplicationName", GSS, LEAVE_OUT),
            refused("kerberosServerName", GSS, LEAVE_OUT),
            refused("gsslib", GSS, LEAVE_OUT),
            refused("gssUseDefaultCreds", GSS, LEAVE_OUT),
            refused("sspiServiceClass", GSS, LEAVE_OUT),
            refused("useSpnego", GSS, LEAVE_OUT),
            refusedUnless(
                    "gssEncMode", GSS, "Use disable, allow or prefer, or leave it out.", "disable", "allow", "prefer"),
            refusedUnless("protocolVersion", "the driver speaks version 3", LEAVE_OUT, "3"),
            refusedUnless("tcpNoDelay", "it would delay every short query", "Use true, or leave it out.", "true"),
            refused("loggerLevel", "logging is configured in one place", "Configure the logger org.postgresql."),
            refused("loggerFile", "logging is configured in one place", "Configure the logger org.postgresql."),
            refused(
                    "logUnclosedConnections",
                    "the pool watches for connections that do not come back",
                    "Use the setting leakDetectionThreshold."),
            refused(
                    "queryTimeout",
                    "Wellhead lets the server end long statements",
                    "Use the setting statementTimeout."),
            refused(
                    "groupStartupParameters",
                    "Wellhead sends everything in the startup message",
                    "Leave it out; behind a pooler use the setting pooler."),
            refused("assumeMinServerVersion", NOT_PASSED_ON, LEAVE_OUT),
            refused("adaptiveFetch", NOT_PASSED_ON, LEAVE_OUT),
            refused("adaptiveFetchMaximum", NOT_PASSED_ON, LEAVE_OUT),
            refused("adaptiveFetchMinimum", NOT_PASSED_ON, LEAVE_OUT),
            refused("allowEncodingChanges", NOT_PASSED_ON, LEAVE_OUT),
            refused("autosave", NOT_PASSED_ON, LEAVE_OUT),
            refused("binaryTransfer", NOT_PASSED_ON, LEAVE_OUT),
            refused("binaryTransferDisable", NOT_PASSED_ON, LEAVE_OUT),
            refused("binaryTransferEnable", NOT_PASSED_ON, LEAVE_OUT),
            refused("cancelSignalTimeout", NOT_PASSED_ON, LEAVE_OUT),
            refused("classLoaderStrategy", NOT_PASSED_ON, LEAVE_OUT),
            refused("cleanupSavepoints", NOT_PASSED_ON, LEAVE_OUT),
            refused("convertBooleanToNumeric", NOT_PASSED_ON, LEAVE_OUT),
            refused("databaseMetadataCacheFields", NOT_PASSED_ON, LEAVE_OUT),
            refused("databaseMetadataCacheFieldsMiB", NOT_PASSED_ON, LEAVE_OUT),
            refused("disableColumnSanitiser", NOT_PASSED_ON, LEAVE_OUT),
            refused("escapeSyntaxCallMode", NOT_PASSED_ON, LEAVE_OUT),
            refused("flushCacheOnDdl", NOT_PASSED_ON, LEAVE_OUT),
            refused("hideUnprivilegedObjects", NOT_PASSED_ON, LEAVE_OUT),
            refused("logServerErrorDetail", NOT_PASSED_ON, LEAVE_OUT),
            refused("maxResultBuffer", NOT_PASSED_ON, LEAVE_OUT),
            refused("maxSendBufferSize", NOT_PASSED_ON, LEAVE_OUT),
            refused("preferQueryMode", NOT_PASSED_ON, LEAVE_OUT),
            refused("preparedStatementCacheSizeMiB", NOT_PASSED_ON, LEAVE_OUT),
            refused("quoteReturningIdentifiers", NOT_PASSED_ON, LEAVE_OUT),
            refused("readOnlyMode", NOT_PASSED_ON, LEAVE_OUT),
            refused("reWriteBatchedInsertsSize", NOT_PASSED_ON, LEAVE_OUT),
            refused("scramMaxIterations", NOT_PASSED_ON, LEAVE_OUT),
            refused("stringtype", NOT_PASSED_ON, LEAVE_OUT),
            refused("unknownLength", NOT_PASSED_ON, LEAVE_OUT),
            refused("xmlFactoryFactory", NOT_PASSED_ON, LEAVE_OUT));

    private PgjdbcParameters() {}

    public static Parameters all() {
        return ALL;
    }
}
