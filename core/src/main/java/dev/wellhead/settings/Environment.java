package dev.wellhead.settings;

/**
 * Where the process runs.
 *
 * @param name as given by the variable {@code ENVIRONMENT}; {@code local} where that is absent or blank
 * @param profile what the name implies
 */
public record Environment(String name, Profile profile) {

    /** {@return whether there are no defaults for where and who, and TLS has a floor} */
    public boolean isStrict() {
        return profile == Profile.STRICT;
    }
}
