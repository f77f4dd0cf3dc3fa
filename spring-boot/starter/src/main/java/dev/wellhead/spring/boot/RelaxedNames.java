package dev.wellhead.spring.boot;

import java.util.Locale;

/** The names of settings as Spring Boot's documentation writes properties. */
final class RelaxedNames {

    private RelaxedNames() {}

    /** {@return the name with hyphens: {@code maximum-pool-size} for {@code maximumPoolSize}} */
    static String kebab(String name) {
        return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
