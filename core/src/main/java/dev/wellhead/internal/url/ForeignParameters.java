package dev.wellhead.internal.url;

import static dev.wellhead.internal.url.Parameter.supported;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that providers and the libraries of other languages put into a connection URL, with the setting that does
 * the same or the reason to leave them out. Neither libpq nor pgjdbc has them. Loaded only if a URL has an unknown
 * parameter. Sources: the documentation of Prisma, SQLAlchemy, Django, Rails, node-postgres, pgx, lib/pq, asyncpg,
 * Npgsql, Neon and Supabase.
 */
final class ForeignParameters {

    private static final String LEAVE_OUT = "Leave it out.";
    private static final Conversion UNCHANGED = new Conversion.Unchanged();
    private static final Conversion SECONDS = new Conversion.Seconds(true);
    private static final Conversion MILLIS = new Conversion.Millis();

    private static final Parameters ALL = new Parameters(
                    // a pooler of the provider
                    supported("pgbouncer", Settings.POOLER, spellings("true", "pgbouncer", "false", "none")),
                    // TLS
                    supported(
                            "sslaccept",
                            Settings.SSLMODE,
                            spellings("strict", "verify-full", "accept_invalid_certs", "require")),
                    supported("trustservercertificate", Settings.SSLMODE, spellings("true", "require")),
                    supported("usessl", Settings.SSLMODE, onOrOff()),
                    supported("requiressl", Settings.SSLMODE, onOrOff()),
                    supported("tls", Settings.SSLMODE, onOrOff()),
                    // prepared statements
                    supported("preparedstatements", Settings.PREPARE_THRESHOLD, spellings("false", "0", "true", "5")),
                    supported("statementcachesize", Settings.PREPARE_THRESHOLD, spellings("0", "0")),
                    supported("statementcachecapacity", Settings.PREPARE_THRESHOLD, spellings("0", "0")),
                    supported("preparedstatementcachesize", Settings.PREPARE_THRESHOLD, spellings("0", "0")),
                    supported(
                            "defaultqueryexecmode",
                            Settings.PREPARE_THRESHOLD,
                            spellings("simple_protocol", "0", "exec", "0", "cache_describe", "0")),
                    supported("autoprepareminusages", Settings.PREPARE_THRESHOLD, UNCHANGED))
            .foreign(Settings.PREPARE_THRESHOLD, UNCHANGED, "preparethreshold")
            .foreign(Settings.PREPARED_STATEMENT_CACHE_QUERIES, UNCHANGED, "statementlimit maxautoprepare")
            .foreign(
                    Settings.MAXIMUM_POOL_SIZE,
                    UNCHANGED,
                    "connectionlimit pool poolsize poolmax poolmaxconns poolmaxsize max maxsize maxconns maxconnections "
                            + "maxpoolsize maxopenconns maxopenconnections maxactive maxtotal")
            .foreign(
                    Settings.MINIMUM_IDLE,
                    UNCHANGED,
                    "min minsize poolmin poolminconns poolminsize minpoolsize minimumpoolsize minidle poolminidleconns "
                            + "maxidleconns")
            .foreign(Settings.CONNECTION_TIMEOUT, SECONDS, "pooltimeout checkouttimeout")
            .foreign(Settings.CONNECTION_TIMEOUT, MILLIS, "acquiretimeoutmillis pooltimeoutmillis")
            .foreign(Settings.CONNECT_TIMEOUT, SECONDS, "timeout logintimeout dialtimeout")
            .foreign(Settings.CONNECT_TIMEOUT, MILLIS, "connectiontimeoutmillis connecttimeoutmillis")
            .foreign(Settings.SOCKET_TIMEOUT, SECONDS, "sockettimeout readtimeout")
            .foreign(Settings.STATEMENT_TIMEOUT, SECONDS, "commandtimeout")
            .foreign(Settings.STATEMENT_TIMEOUT, MILLIS, "statementtimeout querytimeout")
            .foreign(Settings.LOCK_TIMEOUT, MILLIS, "locktimeout")
            .foreign(Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT, MILLIS, "idleintransactionsessiontimeout")
            .foreign(
                    Settings.IDLE_TIMEOUT,
                    SECONDS,
                    "idletimeout connectionidlelifetime maxidleconnectionlifetime maxidlelifetime")
            .foreign(Settings.IDLE_TIMEOUT, MILLIS, "idletimeoutmillis")
            .foreign(Settings.IDLE_TIMEOUT, UNCHANGED, "poolmaxconnidletime")
            .foreign(
                    Settings.MAX_LIFETIME,
                    SECONDS,
                    "connmaxage connectionlifetime maxconnectionlifetime poolrecycle maxlifetime maxage")
            .foreign(Settings.MAX_LIFETIME, UNCHANGED, "poolmaxconnlifetime")
            .foreign(Settings.KEEPALIVE_TIME, UNCHANGED, "poolhealthcheckperiod")
            .foreign(Settings.KEEPALIVE_TIME, SECONDS, "keepalive")
            .foreign(Settings.KEEPALIVES_IDLE, SECONDS, "tcpkeepalivesidle tcpkeepalivetime")
            .foreign(Settings.KEEPALIVES_INTERVAL, SECONDS, "tcpkeepalivesinterval tcpkeepaliveinterval")
            .foreign(Settings.KEEPALIVES, UNCHANGED, "tcpkeepalive")
            .foreign(
                    Settings.SCHEMA,
                    UNCHANGED,
                    "schema schemas searchpath schemasearchpath currentschema defaultschema")
            .foreign(Settings.TIME_ZONE, UNCHANGED, "timezone tz servertimezone")
            .foreign(Settings.APPLICATION_NAME, UNCHANGED, "applicationname appname application programname")
            .foreign(Settings.USER, UNCHANGED, "username userid uid login")
            .foreign(Settings.NAME, UNCHANGED, "database databasename dbname db initialcatalog")
            .foreign(Settings.HOST, UNCHANGED, "server hostname servername")
            .foreign(Settings.READER_HOST, UNCHANGED, "readerhost replicahost readhost")
            .foreign(Settings.SSLROOTCERT, UNCHANGED, "rootcertificate sslca sslcafile cafile sslrootcertificate")
            .foreign(Settings.SSLCERT, UNCHANGED, "sslcertificate clientcert")
            .foreign(Settings.SSLKEY, UNCHANGED, "sslidentity clientkey")
            .foreign(Settings.TARGET_SERVER_TYPE, UNCHANGED, "targetsessionattributes")
            .foreign(Settings.DEFAULT_ROW_FETCH_SIZE, UNCHANGED, "fetchsize")
            .foreign(Settings.READ_ONLY, UNCHANGED, "readonly")
            .foreign(Settings.AUTO_COMMIT, UNCHANGED, "autocommit")
            .foreign(Settings.TRANSACTION_ISOLATION, UNCHANGED, "isolationlevel defaulttransactionisolation")
            .foreign(Settings.driver("logServerErrorDetail"), UNCHANGED, "includeerrordetail")
            .unsupported(
                    "the connection always uses UTF-8",
                    LEAVE_OUT,
                    "charset encoding clientencoding characterencoding useunicode")
            .unsupported(
                    "the pool checks its connections itself",
                    LEAVE_OUT,
                    "poolpreping connhealthchecks reapingfrequency testonborrow validationquery autoreconnect reconnect "
                            + "connectionpruninginterval poolmaxconnlifetimejitter")
            .unsupported(
                    "the pool has a fixed maximum",
                    "Set maximumPoolSize to the whole number of connections.",
                    "maxoverflow")
            .unsupported("there is always a pool", LEAVE_OUT, "pooling poolclass poolmode usepool")
            .unsupported(
                    "it only marks the URL for another program",
                    LEAVE_OUT,
                    "supa workaround uselibpqcompat adapter engine driver dialect provider persistsecurityinfo "
                            + "serverversion statementcachemode enlist multiplexing noresetonclose")
            .unsupported(
                    "Wellhead uses no server-side cursor unless the program does",
                    LEAVE_OUT,
                    "disableserversidecursors binaryparameters disablepreparedbinaryresult")
            .unsupported(
                    "the server name in TLS selects the project, or options=endpoint%3D<name>",
                    LEAVE_OUT, "endpoint project");

    private ForeignParameters() {}

    private static Conversion spellings(String... pairs) {
        return new Conversion.Spellings(List.of(pairs), List.of());
    }

    private static Conversion onOrOff() {
        return spellings(
                "true", "require", "1", "require", "on", "require", "yes", "require", "false", "disable", "0",
                "disable", "off", "disable", "no", "disable");
    }

    /** {@return the parameter, or {@code null} if the name is not known} Letter case and separators do not matter. */
    static @Nullable Parameter find(String name) {
        String bare = bare(name);
        Parameter parameter = ALL.find(bare);
        return parameter == null ? ofCatalogue(bare) : parameter;
    }

    /** A setting under its own name, such as {@code maximumPoolSize}. */
    private static @Nullable Parameter ofCatalogue(String bare) {
        for (Setting<?> setting : Settings.all()) {
            if (bare(setting.name()).equals(bare)) {
                return supported(setting.name(), setting);
            }
        }
        return null;
    }

    /** {@return the name in lower case without separators} */
    static String bare(String name) {
        return Suggestions.plain(name).replace(" ", "");
    }
}
