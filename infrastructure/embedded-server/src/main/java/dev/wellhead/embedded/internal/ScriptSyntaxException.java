package dev.wellhead.embedded.internal;

/** A script contains something that is not SQL. */
final class ScriptSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    ScriptSyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** {@return the line of the script} */
    int line() {
        return line;
    }
}
