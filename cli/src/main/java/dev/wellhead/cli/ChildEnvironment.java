package dev.wellhead.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which variables a command inherits. Variables that contain credentials or name their source are removed,
 * because the command gets the one password that it needs. Variables of libpq are removed, because they could disagree
 * with the settings.
 */
final class ChildEnvironment {

    /**
     * The variables that determine where and how libpq connects. Variables for display (PGTZ, PGCLIENTENCODING) and
     * those of other programs (PGBACKREST_*) are not listed. Source: PostgreSQL documentation, libpq chapter,
     * "Environment Variables", versions 9 to 18.
     */
    private static final Set<String> CONNECTION_VARIABLES = Set.of(
            """
            PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGREQUIREAUTH PGCHANNELBINDING
            PGSERVICE PGSERVICEFILE PGOPTIONS PGAPPNAME PGCONNECT_TIMEOUT PGTARGETSESSIONATTRS PGLOADBALANCEHOSTS
            PGSSLMODE PGREQUIRESSL PGSSLNEGOTIATION PGSSLCOMPRESSION PGSSLCERT PGSSLKEY PGSSLCERTMODE PGSSLROOTCERT
            PGSSLCRL PGSSLCRLDIR PGSSLSNI PGREQUIREPEER PGSSLMINPROTOCOLVERSION PGSSLMAXPROTOCOLVERSION
            PGMINPROTOCOLVERSION PGMAXPROTOCOLVERSION PGGSSENCMODE PGKRBSRVNAME PGGSSLIB PGGSSDELEGATION PGREALM PGTTY
            PGOAUTHDEBUG
            """
                    .split("\\s+"));

    /**
     * The variables of Wellhead, also of a named database, and of the AWS SDK that carry credentials or name their
     * source. HOCON's CONFIG_FORCE_ variables can set any setting.
     */
    private static final Pattern CREDENTIALS = Pattern.compile("(.*_)?DATABASE_UR[LI](_FILE)?|SERVICE_BINDING_ROOT"
            + "|(.*_)?DB_(.*(PASS|PWD|SECRET|TOKEN|CREDENTIAL).*|SSLKEY|AUTH|IAM_.*)"
            + "|CONFIG_FORCE_WELLHEAD_.*"
            + "|AWS_.*(KEY|TOKEN|SECRET|CREDENTIAL|PASSWORD|ROLE).*");

    /** The options of a JVM, which can contain system properties of Wellhead. */
    private static final Set<String> JVM_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** A shorter password can be equal to an unrelated value, such as the name of an environment. */
    private static final int SHORTEST_UNMISTAKABLE = 8;

    private final Map<String, String> inherited;
    private final Set<String> kept;
    private final boolean keepsCredentials;

    /**
     * @param inherited the variables of this process
     * @param kept the names of the variables that the command inherits in any case
     * @param keepsCredentials whether only the variables of libpq are removed
     */
    ChildEnvironment(Map<String, String> inherited, Set<String> kept, boolean keepsCredentials) {
        this.inherited = inherited;
        this.kept = kept;
        this.keepsCredentials = keepsCredentials;
    }

    /**
     * {@return the variables of the command; sensitive}
     *
     * @param libpq the variables of libpq to set
     * @param user the user of the password
     * @param password a variable with exactly this value is removed too, because application.conf can refer to it
     */
    Map<String, String> with(Map<String, String> libpq, String user, String password) {
        boolean unmistakable = password.length() >= SHORTEST_UNMISTAKABLE && !password.equals(user);
        Map<String, String> variables = new HashMap<>();
        inherited.forEach((name, value) -> {
            if (kept.contains(name) || !isRemoved(name, value, unmistakable ? password : "")) {
                variables.put(name, value);
            }
        });
        variables.putAll(libpq);
        return variables;
    }

    private boolean isRemoved(String name, String value, String password) {
        // the names of variables are not case-sensitive on Windows
        String upper = name.toUpperCase(Locale.ROOT);
        if (CONNECTION_VARIABLES.contains(upper)) {
            return true;
        }
        return !keepsCredentials
                && (CREDENTIALS.matcher(upper).matches()
                        || (JVM_OPTIONS.contains(upper) && value.contains("-Dwellhead."))
                        || (!password.isEmpty() && value.equals(password)));
    }
}
