package dev.wellhead.spring.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Origin;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownOriginTest {

    private static Map<Origin, String> origins() {
        Map<Origin, String> origins = new LinkedHashMap<>();
        origins.put(new Origin.BuilderCall(), "set on the builder");
        origins.put(new Origin.JdbcUrlPart("host", "the JDBC URL"), "host in the JDBC URL");
        origins.put(
                new Origin.SystemProperty("wellhead.databases.default.host"),
                "system property wellhead.databases.default.host");
        origins.put(
                new Origin.ApplicationProperty("DB_HOST", "", "application.yml", 3, Origin.Kind.CONFIGURATION_FILE),
                "DB_HOST (application.yml:3)");
        origins.put(Origin.Variable.of("DB_HOST"), "environment variable DB_HOST");
        origins.put(new Origin.UrlPart("host", "DATABASE_URL"), "host in environment variable DATABASE_URL");
        origins.put(new Origin.ConfigurationLine("application.conf", 4, null), "application.conf:4");
        origins.put(new Origin.StartedServer("embedded PostgreSQL 16"), "embedded PostgreSQL 16");
        origins.put(new Origin.DefaultOf("local"), "default for environment 'local'");
        // those that quote values of settings
        origins.put(
                new Origin.ValueFile("DATABASE_URL_FILE", "/hidden/url", "host"),
                "host in the file that DATABASE_URL_FILE names");
        origins.put(new Origin.ValueFile("DB_USER_FILE", "/hidden/user", ""), "the file that DB_USER_FILE names");
        origins.put(new Origin.SecretField("secret 'hidden'", "host"), "host in the source of the credentials");
        origins.put(new Origin.ServiceBinding("hidden", "host"), "host in a service binding");
        origins.put(new Origin.LibpqFile("/hidden/pgpass", 2), "line 2 in a file of libpq");
        origins.put(new Origin.Derived("follows from pooler 'hidden'"), "derived from other settings");
        origins.put(
                new Origin.OfSetting("user", new Origin.ValueFile("DB_USER_FILE", "/hidden/user", "")),
                "user (the file that DB_USER_FILE names)");
        return origins;
    }

    @Test
    void withoutValues_hasNoNameOfASecretAndNoPathOfItsFile() {
        origins().forEach((origin, shown) -> assertThat(ShownOrigin.withoutValues(origin))
                .isEqualTo(shown)
                .doesNotContain("hidden"));
    }

    @Test
    void origins_areOfEveryKind() {
        Set<Class<?>> kinds = new HashSet<>();
        origins().keySet().forEach(origin -> kinds.add(origin.getClass()));

        assertThat(kinds).isEqualTo(Set.<Class<?>>of(Origin.class.getPermittedSubclasses()));
    }
}
