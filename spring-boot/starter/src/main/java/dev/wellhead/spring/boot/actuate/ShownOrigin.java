package dev.wellhead.spring.boot.actuate;

import dev.wellhead.settings.Origin;

/**
 * Describes where a value came from while values are hidden. Some origins quote the value of another setting, such as the name of a
 * secret or the path of a file; these parts are left out. The names of variables and properties, and places in configuration
 * files, are shown, as Spring Boot's endpoint {@code env} shows them.
 */
final class ShownOrigin {

    private ShownOrigin() {}

    /** {@return the description of the origin, without values of settings} */
    static String withoutValues(Origin origin) {
        if (origin instanceof Origin.OfSetting setting) {
            return setting.setting() + " (" + withoutValues(setting.origin()) + ")";
        }
        if (origin instanceof Origin.ValueFile file) {
            return partIn(file.part(), "the file that " + file.variable() + " names");
        }
        if (origin instanceof Origin.SecretField secret) {
            return partIn(secret.field(), "the source of the credentials");
        }
        if (origin instanceof Origin.ServiceBinding binding) {
            return partIn(binding.entry(), "a service binding");
        }
        if (origin instanceof Origin.LibpqFile file) {
            return partIn(file.line() > 0 ? "line " + file.line() : "", "a file of libpq");
        }
        if (origin instanceof Origin.Derived) {
            return "derived from other settings";
        }
        return origin.description();
    }

    private static String partIn(String part, String whole) {
        return part.isEmpty() ? whole : part + " in " + whole;
    }
}
