package dev.wellhead.internal.types;

import dev.wellhead.settings.Origin;

/** How a user typed the key of a value. */
public final class Keys {

    private static final String VARIABLE = "environment variable ";
    private static final String PROPERTY = "system property ";

    private Keys() {}

    public static Origin variable(String name) {
        return new Origin(Origin.Kind.ENVIRONMENT_VARIABLE, VARIABLE + name);
    }

    public static Origin libpqVariable(String name) {
        return new Origin(Origin.Kind.LIBPQ, VARIABLE + name);
    }

    public static Origin property(String name) {
        return new Origin(Origin.Kind.SYSTEM_PROPERTY, PROPERTY + name);
    }

    /** {@return the key: {@code DB_HOST}, {@code host in DATABASE_URL}, {@code PGHOST}, {@code host}} */
    public static String of(RawValue raw) {
        String origin = raw.origin().description();
        String key = without(without(origin, VARIABLE), PROPERTY);
        return key.equals(origin) ? raw.setting().name() : key;
    }

    private static String without(String text, String part) {
        int at = text.indexOf(part);
        return at < 0 ? text : text.substring(0, at) + text.substring(at + part.length());
    }
}
