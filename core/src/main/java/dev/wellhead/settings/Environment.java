package dev.wellhead.settings;

/**
 * The environment that the process runs in.
 *
 * @param name the value of the variable {@code ENVIRONMENT}; {@code local} if it is absent or blank
 * @param profile the defaults and rules of the environment
 */
public record Environment(String name, Profile profile) {

    /** {@return whether host, database name, user and password have no defaults, and TLS is required} */
    public boolean isStrict() {
        return profile == Profile.STRICT;
    }
}
