package dev.wellhead.cli.doctor;

import dev.wellhead.cli.text.Ink;

/** How a stage ended. */
public enum Status {
    /** As it should be. */
    OK("ok", "ok", Ink.GOOD),
    /** It works, and something is worth a look. */
    WARNING("warning", "warn", Ink.WARNING),
    /** It does not work. */
    FAILED("failed", "FAIL", Ink.BAD),
    /** An earlier stage of the chain failed. */
    NOT_TESTED("not_tested", "-", Ink.DIM);

    private final String code;
    private final String label;
    private final Ink ink;

    Status(String code, String label, Ink ink) {
        this.code = code;
        this.label = label;
        this.ink = ink;
    }

    String code() {
        return code;
    }

    String label() {
        return label;
    }

    Ink ink() {
        return ink;
    }
}
