package dev.wellhead.spring.boot;

import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.spi.SettingsSource.SuppliedProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server and the login of the default database from a bean of type {@code JdbcConnectionDetails}: those of a container of
 * Testcontainers, of a service of Docker Compose, or of a platform.
 *
 * @param bean the name of the bean
 * @param url the JDBC URL
 * @param user the user; null if the URL has it
 * @param password the password; null if the URL has it
 */
record ServiceConnection(String bean, Sensitive url, @Nullable String user, @Nullable Sensitive password) {

    static ServiceConnection of(String bean, String url, @Nullable String user, @Nullable String password) {
        return new ServiceConnection(
                bean, Sensitive.of(withoutLogging(url)), user, password == null ? null : Sensitive.of(password));
    }

    /** {@return the properties, which override every other source, as connection details do in Spring Boot} */
    List<SuppliedProperty> properties() {
        List<SuppliedProperty> properties = new ArrayList<>(4);
        properties.add(property("url", url));
        if (user != null) {
            properties.add(property("user", Sensitive.of(user)));
        }
        if (password != null) {
            properties.add(property("password", password));
            // the way to log in of the configured server, such as iam, does not apply to this one
            properties.add(property("auth", Sensitive.of("password")));
        }
        return properties;
    }

    private SuppliedProperty property(String name, Sensitive value) {
        return new SuppliedProperty(
                name,
                value,
                new Origin.ApplicationProperty(
                        name, "", "JdbcConnectionDetails '" + bean + "'", 0, Origin.Kind.BUILDER));
    }

    /** Testcontainers adds loggerLevel=OFF, which pgjdbc ignores in its current versions. */
    private static String withoutLogging(String url) {
        return url.replaceFirst("([?&])loggerLevel=[A-Z]*&", "$1").replaceFirst("[?&]loggerLevel=[A-Z]*$", "");
    }
}
