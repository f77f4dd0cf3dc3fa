package dev.wellhead.settings;

import java.util.List;

/**
 * A program and its arguments. No shell interprets them. An argument may be sensitive, so {@link #toString()} shows only
 * the program. Immutable.
 */
public final class CommandLine {

    private final List<String> words;

    private CommandLine(List<String> words) {
        this.words = words;
    }

    /**
     * {@return a command line}
     *
     * @param words the program, then its arguments
     * @throws IllegalArgumentException if there is no program
     */
    public static CommandLine of(List<String> words) {
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw new IllegalArgumentException("A command line needs a program.");
        }
        return new CommandLine(List.copyOf(words));
    }

    /** {@return the program: a path, or a name that is searched for in the directories of {@code PATH}} */
    public String program() {
        return words.get(0);
    }

    /** {@return the program and its arguments; sensitive} */
    public List<String> words() {
        return words;
    }

    /**
     * {@return whether the program may be shown} A single word that is not a path may be the password itself, in the
     * wrong variable.
     */
    public boolean isProgramShown() {
        return words.size() > 1 || program().startsWith("/") || program().startsWith("./");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandLine that && words.equals(that.words);
    }

    /** {@return a hash of the program, because a hash of the arguments would reveal something about them} */
    @Override
    public int hashCode() {
        return isProgramShown() ? program().hashCode() : 0;
    }

    /** {@return the program and the number of its arguments: {@code vault (3 arguments)}} */
    @Override
    public String toString() {
        if (!isProgramShown()) {
            return "<not shown>";
        }
        int arguments = words.size() - 1;
        return program() + (arguments == 0 ? "" : arguments == 1 ? " (1 argument)" : " (" + arguments + " arguments)");
    }
}
