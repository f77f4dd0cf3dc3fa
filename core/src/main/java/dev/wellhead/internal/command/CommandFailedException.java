package dev.wellhead.internal.command;

import org.jspecify.annotations.Nullable;

/** A run of a command that failed. The message is a predicate, whose subject is the variable of each database. */
final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param predicate what went wrong: {@code printed nothing}
     * @param fix what to do, as sentences
     */
    CommandFailedException(String predicate, String fix, @Nullable Throwable cause) {
        super(predicate, cause);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
