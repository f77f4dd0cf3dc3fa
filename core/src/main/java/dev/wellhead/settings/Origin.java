package dev.wellhead.settings;

import java.util.Objects;

/**
 * The exact spot a value came from.
 *
 * @param kind the kind of source
 * @param description the spot, for people: {@code "environment variable DB_HOST"}, {@code "application.conf:12"}
 */
public record Origin(Kind kind, String description) {

    /** The kinds of source, the one that overrides all others first. */
    public enum Kind {
        /** Set on the builder. */
        BUILDER,
        /** A system property {@code wellhead.databases.<name>.*}. */
        SYSTEM_PROPERTY,
        /** An environment variable, {@code DATABASE_URL} included. */
        ENVIRONMENT_VARIABLE,
        /** {@code application.conf}. */
        CONFIGURATION_FILE,
        /** The secret that also holds the credentials. */
        SECRET,
        /** libpq's own: {@code PG*} variables, the service file, {@code .pgpass}. */
        LIBPQ,
        /** The local database that was started because none was there. */
        LOCAL_DATABASE,
        /** The default of the environment's profile or of the setting. */
        DEFAULT,
        /** Follows from other settings. */
        DERIVED
    }

    /** Checks that nothing is missing. */
    public Origin {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(description, "description");
    }

    @Override
    public String toString() {
        return description;
    }
}
