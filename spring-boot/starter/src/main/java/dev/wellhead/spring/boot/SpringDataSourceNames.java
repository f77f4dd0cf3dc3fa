package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Map;
import java.util.Set;

/** The settings that replace Spring Boot's properties of a data source and of its HikariCP pool. */
final class SpringDataSourceNames {

    private static final String NOTHING = "remove it";

    /** Keys in the form of {@link Suggestions#plain}. */
    private static final Map<String, Setting<?>> RENAMED = Map.of(
            "username", Settings.USER,
            "password", Settings.PASSWORD,
            "name", Settings.POOL_NAME,
            "hikariusername", Settings.USER,
            "hikariinitializationfailtimeout", Settings.STARTUP_TIMEOUT);

    private static final Set<String> OF_DATA_SOURCE = Set.of(
            "url",
            "username",
            "password",
            "name",
            "type",
            "driverclassname",
            "jndiname",
            "generateuniquename",
            "embeddeddatabaseconnection");

    private static final Set<String> POOLS = Set.of("hikari", "tomcat", "dbcp2", "oracleucp", "xa");

    private SpringDataSourceNames() {}

    /** {@return whether Spring Boot reads the property} Applications use the prefix for data sources of their own too. */
    static boolean isRead(String name) {
        int end = name.indexOf('.');
        return OF_DATA_SOURCE.contains(Suggestions.plain(name)) || (end > 0 && POOLS.contains(name.substring(0, end)));
    }

    /** {@return what to write in place of the property with this name below {@code spring.datasource}} */
    static String instead(String name) {
        String plain = Suggestions.plain(name);
        if (plain.equals("url") || plain.equals("hikarijdbcurl")) {
            return "use DATABASE_URL or wellhead.databases.default.url";
        }
        Setting<?> renamed = RENAMED.get(plain);
        if (renamed != null) {
            return use(renamed);
        }
        if (plain.startsWith("hikaridatasourceproperties")) {
            return "use a setting or wellhead.databases.default.driver.*";
        }
        if (plain.startsWith("hikari")) {
            String bare = plain.substring("hikari".length());
            for (Setting<?> setting : Settings.all()) {
                if (Suggestions.plain(setting.name()).equals(bare)) {
                    return use(setting);
                }
            }
        }
        return NOTHING;
    }

    private static String use(Setting<?> setting) {
        return "use " + setting.variable() + " or wellhead.databases.default." + RelaxedNames.kebab(setting.name());
    }
}
