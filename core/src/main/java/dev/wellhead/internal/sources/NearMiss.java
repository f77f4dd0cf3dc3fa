package dev.wellhead.internal.sources;

/**
 * A variable that is set, that nothing reads, and whose name is similar to one that would be read.
 *
 * @param variable the variable that is set
 * @param suggestion the variable that was probably meant
 * @param ofUnnamedDatabase whether the variable is a setting of the unnamed database, while a named one is resolved
 */
public record NearMiss(String variable, String suggestion, boolean ofUnnamedDatabase) {

    /** {@return the near miss as a sentence} */
    public String message() {
        return ofUnnamedDatabase
                ? variable + " is set, but it belongs to the unnamed database. Did you mean " + suggestion + "?"
                : variable + " is set, but nothing reads it. Did you mean " + suggestion + "?";
    }
}
