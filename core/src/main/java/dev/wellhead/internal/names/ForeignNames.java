package dev.wellhead.internal.names;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that other libraries, frameworks and platforms use for our settings. A name is without the prefix of its
 * family: {@code username} stands for {@code DB_USERNAME}, {@code SPRING_DATASOURCE_USERNAME} and the key
 * {@code username} in {@code application.conf}. Letter case and separators do not matter.
 *
 * <p>Sources: the settings references of HikariCP, c3p0, Commons DBCP and Tomcat JDBC; of Spring Boot, Quarkus, Micronaut,
 * Django, Rails, Laravel and Prisma; the documentation of Heroku, Railway, Render, Clever Cloud, Elastic Beanstalk, Azure
 * Service Connector, Supabase, Neon and Vercel.
 */
final class ForeignNames {

    private static final Map<String, Setting<?>> SETTINGS = new HashMap<>(256);

    private static final Set<String> URLS =
            Set.of(("url uri dsn jdbcurl jdbcuri databaseurl databaseuri dburl dburi r2dbcurl"
                            + " connectionurl connectionuri connectionstring connstring connstr connectionpoolurl privateurl publicurl"
                            + " internalurl directurl directuri primaryurl prismaurl poolurl pooledurl poolerurl urlpooled"
                            + " urlnonpooling urlunpooled urlnossl")
                    .split(" ", -1));

    /** The answers for names that have no single counterpart. A name in braces is a setting. */
    private static final Map<String, String> ANSWERS = new HashMap<>(128);

    static {
        add(
                Settings.HOST,
                "hostname hosts hostnames server servername servers serverhost address addr endpoint fqdn databasehost dbhost"
                        + " primaryhost masterhost writerhost leaderhost privatehost directhost");
        add(Settings.PORT, "portnumber serverport databaseport dbport directport");
        add(Settings.NAME, "db dbname database databasename dbdatabase catalog initialcatalog defaultdatabase");
        add(Settings.USER, "username usr login uid userid dbuser dbusername databaseuser databaseusername loginname");
        add(Settings.PASSWORD, "pass passwd pwd pw dbpassword dbpass databasepassword userpassword loginpassword");
        add(Settings.PASSWORD_FILE, "passwordpath passfilepath passwdfile pwdfile");
        add(
                Settings.READER_HOST,
                "replicahost replicahosts readhost readhosts readonlyhost rohost slavehost standbyhost secondaryhost"
                        + " hostreader hostreplica hostro hostread readreplicahost hostreadonly");
        add(Settings.MIGRATION_USER, "migrationusername migrationlogin migrationrole");
        add(Settings.MIGRATION_PASSWORD, "migrationpass migrationpasswd migrationpwd");
        add(Settings.MIGRATION_HOST, "migrationhostname migrationserver");
        add(Settings.READER_PORT, "replicaport readport readonlyport roport slaveport standbyport secondaryport");
        add(Settings.SECRET_ID, "secretarn secretname secretsmanagersecretid awssecretid credentialssecret");
        add(Settings.SECRET_REGION, "secretsmanagerregion");
        add(
                Settings.SSLROOTCERT,
                "sslca sslcacert sslrootca sslcafile cacert cafile ca rootcert tlsca tlscacert sslcapath");
        add(Settings.SSLCERT, "sslclientcert clientcert tlscert sslclientcertificate sslcertificate");
        add(Settings.SSLKEY, "sslclientkey clientkey tlskey sslprivatekey");
        add(Settings.SSLPASSWORD, "sslkeypassword sslkeypass sslkeypassphrase tlspassword tlskeypassword");
        add(Settings.SCHEMA, "schemaname schemas searchpath currentschema defaultschema dbschema");
        add(Settings.APPLICATION_NAME, "appname clientname programname");
        add(
                Settings.MAXIMUM_POOL_SIZE,
                "poolsize poolmax poolmaxsize poolmaximum maxpool maxpoolsize maxpoolconnections maxsize maxconnections"
                        + " maxconn maxconns maximumconnections connectionlimit maxactive maxtotal maxopenconns poollimit"
                        + " poolmaximumsize maxopenconnections connectionpoolsize connectionpoolmax poolmaxconnections"
                        + " numberofconnections jdbcmaxsize");
        add(
                Settings.MINIMUM_IDLE,
                "minidle poolmin poolminsize poolminimum minpool minpoolsize minconnections minconn minsize minimumpoolsize"
                        + " initialsize initialpoolsize poolminidle poolidle idleconnections jdbcminsize");
        add(Settings.CONNECT_TIMEOUT, "logintimeout tcpconnecttimeout connecttimeoutms");
        add(
                Settings.CONNECTION_TIMEOUT,
                "acquiretimeout pooltimeout poolacquiretimeout maxwait maxwaittime maxwaitmillis checkouttimeout"
                        + " acquisitiontimeout getconnectiontimeout pooltimeoutms connectiontimeoutms borrowtimeout");
        add(Settings.STARTUP_TIMEOUT, "initializationfailtimeout initializationfailfast startuptimeoutms");
        add(
                Settings.IDLE_TIMEOUT,
                "maxidletime poolidletimeout idletimeoutms connectionidletimeout maxconnectionidletime");
        add(
                Settings.MAX_LIFETIME,
                "maxage maxconnectionage maxconnectionlifetime connmaxlifetime connectionmaxlifetime maxlife poolmaxlifetime"
                        + " poolrecycle connmaxage maxlifetimems connectionlifetime");
        add(Settings.KEEPALIVE_TIME, "keepaliveinterval poolkeepalive");
        add(Settings.LEAK_DETECTION_THRESHOLD, "leakdetection leaktimeout leakthreshold removeabandonedtimeout");
        add(Settings.VALIDATION_TIMEOUT, "validationquerytimeout");
        add(Settings.STATEMENT_TIMEOUT, "querytimeout commandtimeout statementtimeoutms executiontimeout");
        add(Settings.SOCKET_TIMEOUT, "readtimeout networktimeout sockettimeoutms");
        add(Settings.LOCK_TIMEOUT, "locktimeoutms");
        add(Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT, "idleintransactiontimeout idletransactiontimeout");
        add(
                Settings.TRANSACTION_ISOLATION,
                "isolation isolationlevel defaulttransactionisolation transactionisolationlevel");
        add(Settings.AUTO_COMMIT, "autocommitmode defaultautocommit");
        add(Settings.READ_ONLY, "defaultreadonly readonlymode");
        add(Settings.CONNECTION_INIT_SQL, "initsql initconnectionsql connectioninitsqls initquery newconnectionsql");
        add(Settings.TARGET_SERVER_TYPE, "targetsessionattrs targetsessionattributes");
        add(Settings.LOAD_BALANCE_HOSTS, "loadbalance loadbalancing");
        add(
                Settings.PREPARED_STATEMENT_CACHE_QUERIES,
                "prepstmtcachesize statementcachesize preparedstatementcachesize");
        add(Settings.DEFAULT_ROW_FETCH_SIZE, "fetchsize defaultfetchsize rowfetchsize");
        add(Settings.POOL_NAME, "datasourcename");

        answer(
                "Set {sslmode}: verify-full or require for TLS, disable for none.",
                "ssl tls sslenabled tlsenabled usessl usetls requiressl sslrequired enablessl");
        answer(
                "Set {sslmode}: verify-full verifies the server, and require does not.",
                "sslrejectunauthorized rejectunauthorized sslverify verifyssl trustservercertificate");
        answer(
                "Set {migration.host} and {migration.port} to the server, {migration.user} to the role, and"
                        + " {migration.password} or another source of its password.",
                "migrationurl migrationuri migrationjdbcurl migrationdatabaseurl");
        answer("Set {sslmode}.", "tlsmode");
        answer(
                "Set {sslrootcert} to the root certificates, or {sslcert} to the client's certificate.",
                "cert certificate certs certfile certpath");
        answer("Set {sslkey} to the private key of the client's certificate.", "key keyfile privatekey");
        answer(
                "Set {connectTimeout} for opening a connection, {connectionTimeout} for waiting for one from the pool, or"
                        + " {statementTimeout}.",
                "timeout timeoutms timeoutseconds");
        answer(
                "Set {maximumPoolSize} to the number of connections, or {pooler} to the kind of pooler.",
                "pool pooling connectionpool");
        answer("Set {pooler} to pgbouncer.", "pgbouncer usepgbouncer");
        answer(
                "Set {minimumIdle}: the number of idle connections that the pool keeps.",
                "maxidle poolmaxidle maxidleconns maxidleconnections");
        answer(
                "Set {startupTimeout}: until then, opening the database is retried.",
                "retries retry maxretries connectretries connectionretries retrytimeout");
        answer("Set {keepaliveTime} for checks of idle connections, or {keepalives} for TCP probes.", "keepalive");
        answer(
                "Set {passwordFile} to a file with the password, or {passfile} to libpq's password file.",
                "passfile pgpass pgpassfile");
        answer(
                "Set {secretId} to the name of a secret in AWS Secrets Manager, or {password} to the password.",
                "secret credentials");
        answer("Set {auth} to iam.", "iam iamauth useiam iamauthentication useiamauth useiamauthentication");
        answer("Set {host}: only TCP is supported, and no Unix sockets.", "socket unixsocket socketpath socketdir");
        answer("Remove it: the driver is always PostgreSQL's.", "driverclassname driverclass drivername jdbcdriver");
        answer("Remove it: the driver is always PostgreSQL's.", "datasourceclassname datasourceclass driverversion");
        answer(
                "Remove it: the driver checks connections without a query.",
                "connectiontestquery testquery validationquery jdbc4connectiontest");
        answer("Remove it: a connection that was idle is checked before it is used.", "testonborrow testonreturn");
        answer(
                "Set {keepaliveTime}: the interval at which idle connections are checked.",
                "testwhileidle idletestperiod");
        answer(
                "Remove it: set each option by its own name.",
                "datasourceproperties properties hikari params parameters");
        answer("Remove it: the encoding is always UTF8.", "charset encoding clientencoding characterencoding");
        answer("Remove it: the collation is a property of the database on the server.", "collation");
    }

    private ForeignNames() {}

    private static void add(Setting<?> setting, String names) {
        for (String name : names.split(" ", -1)) {
            SETTINGS.put(name, setting);
        }
    }

    private static void answer(String answer, String names) {
        for (String name : names.split(" ", -1)) {
            ANSWERS.put(name, answer);
        }
    }

    /** {@return the setting with this foreign name; null if there is none} */
    static @Nullable Setting<?> renamed(String name, Catalogue catalogue) {
        String plain = Suggestions.plain(name);
        Setting<?> own = catalogue.parameters().get(plain);
        Setting<?> setting = own == null ? SETTINGS.get(plain) : own;
        return setting == null || !catalogue.settings().contains(setting) ? null : setting;
    }

    /** {@return whether the name stands for a connection URL} */
    static boolean isUrl(String name) {
        return URLS.contains(Suggestions.plain(name));
    }

    /** {@return the answer for a name without a single counterpart, with settings in braces; null if there is none} */
    static @Nullable String answer(String name, Catalogue catalogue) {
        String answer = ANSWERS.get(Suggestions.plain(name));
        boolean isOfService = answer != null
                && catalogue.settings().containsAll(settingsIn(answer))
                && (catalogue.isOfDatabases() || answer.contains("{"));
        return isOfService ? answer : null;
    }

    /** {@return the settings in the braces of an answer} */
    static List<Setting<?>> settingsIn(String answer) {
        List<Setting<?>> found = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            if (answer.contains("{" + setting.name() + "}")) {
                found.add(setting);
            }
        }
        return List.copyOf(found);
    }
}
