package dev.wellhead.cli.output;

/** A number with its noun. */
public final class Quantity {

    private Quantity() {}

    /** {@return such as {@code 1 warning} and {@code 2 warnings}; for regular nouns} */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
