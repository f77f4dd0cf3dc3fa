package dev.wellhead.cli.output;

import dev.wellhead.internal.types.DatabaseName;

/** The option that selects a named database or cache, in the text of a command. */
public final class NameOption {

    private NameOption() {}

    /** {@return the option with a space before it; empty for the unnamed one, and for a name that is not valid} */
    public static String of(String option, String name) {
        boolean isNamed = !name.equals(DatabaseName.UNNAMED) && DatabaseName.isValid(name);
        return isNamed ? " " + option + " " + name : "";
    }
}
