package dev.wellhead.internal.names;

import dev.wellhead.internal.types.Catalogue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginnings of variables that describe a database to other libraries and platforms, such as {@code POSTGRES} of
 * {@code POSTGRES_HOST}. The rest of the name is one of {@link ForeignNames}.
 */
final class ForeignFamilies {

    private static final Set<String> FAMILIES = Set.of(
            // another letter case or other separators than DB_HOST
            "DB",
            "DATABASE",
            "POSTGRES",
            "POSTGRESQL",
            "PG",
            "PGSQL",
            "PSQL",
            "JDBC",
            "JDBC_DATABASE",
            "DATASOURCE",
            "R2DBC",
            "HIKARI",
            // frameworks
            "SPRING_DATASOURCE",
            "SPRING_DATASOURCE_HIKARI",
            "SPRING_R2DBC",
            "QUARKUS_DATASOURCE",
            "QUARKUS_DATASOURCE_JDBC",
            "QUARKUS_DATASOURCE_REACTIVE",
            "DATASOURCES_DEFAULT",
            "R2DBC_DATASOURCES_DEFAULT",
            "HIBERNATE_CONNECTION",
            "JAVAX_PERSISTENCE_JDBC",
            "JAKARTA_PERSISTENCE_JDBC",
            "TYPEORM",
            "SQLALCHEMY",
            // platforms
            "POSTGRESQL_ADDON",
            "SCALINGO_POSTGRESQL",
            "INTERNAL_DATABASE",
            "EXTERNAL_DATABASE",
            "RDS",
            "AZURE_POSTGRESQL",
            "CLOUD_SQL",
            "CLOUDSQL",
            "SUPABASE_DB",
            "SUPABASE_DATABASE",
            "NEON_DATABASE");

    /** Families in which the name of a database comes before {@code _URL}. */
    private static final String[] FAMILIES_WITH_A_NAME = {
        "HEROKU_POSTGRESQL_", "QUARKUS_DATASOURCE_", "DATASOURCES_", "R2DBC_DATASOURCES_"
    };

    /** Names that are complete. */
    private static final Map<String, String> NAMES = Map.of(
            "DIRECT_URL", "URL",
            "INSTANCE_HOST", "HOST",
            "INSTANCE_CONNECTION_NAME", "HOST",
            "INSTANCE_UNIX_SOCKET", "HOST",
            "CLOUD_SQL_CONNECTION_NAME", "HOST",
            "CLOUDSQL_CONNECTION_NAME", "HOST");

    private static final int LONGEST_SCHEME = 60;

    private ForeignFamilies() {}

    /**
     * {@return the part of a variable after its family, in capital letters; null if it belongs to none}
     *
     * @param families those of the service; empty for those of databases
     */
    static @Nullable String rest(String variable, List<String> families) {
        boolean isUrl = variable.startsWith("POSTGRESQLCONNSTR_")
                || (variable.endsWith("_URL") && startsWithAny(variable, FAMILIES_WITH_A_NAME));
        String whole = isUrl ? "URL" : NAMES.get(variable);
        if (whole != null && families.isEmpty()) {
            return whole;
        }
        for (int at = variable.lastIndexOf('_'); at > 0; at = variable.lastIndexOf('_', at - 1)) {
            if ((families.isEmpty() ? FAMILIES : families).contains(variable.substring(0, at))) {
                return variable.substring(at + 1);
            }
        }
        // DBURL, PGHOSTNAME
        boolean isJoined = (variable.startsWith("DB") || variable.startsWith("PG")) && variable.indexOf('_') < 0;
        return isJoined && families.isEmpty() ? variable.substring(2) : null;
    }

    /** {@return whether the whole variable has a meaning that does not follow from its parts} */
    static boolean isComplete(String variable) {
        return NAMES.containsKey(variable);
    }

    private static boolean startsWithAny(String variable, String[] starts) {
        for (String start : starts) {
            if (variable.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a connection string may be one of this kind of service: other URLs have another scheme} */
    static boolean mayBeUrl(String text, Catalogue catalogue) {
        String start =
                text.substring(0, Math.min(text.length(), LONGEST_SCHEME)).toLowerCase(Locale.ROOT);
        boolean isUrl = start.contains("://") || start.startsWith("jdbc:") || start.startsWith("r2dbc:");
        return !isUrl || catalogue.isNamedIn(start);
    }
}
