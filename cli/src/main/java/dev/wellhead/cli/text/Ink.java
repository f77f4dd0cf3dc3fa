package dev.wellhead.cli.text;

/** What a colour means. Only the sixteen colours of the terminal's own palette, which suits its background. */
public enum Ink {
    /** As it is. */
    PLAIN(""),
    /** Headings. */
    BOLD("1"),
    /** What is not news. */
    DIM("2"),
    /** What holds. */
    GOOD("32"),
    /** What is worth a look. */
    WARNING("33"),
    /** What is wrong. */
    BAD("1;31");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    String on(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
