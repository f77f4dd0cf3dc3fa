package dev.wellhead.cli.verdict;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended. Each outcome has an exit code of its own, so that a script can decide whether to retry. The codes
 * from 64 to 78 are those of BSD's sysexits.h, which programs that {@code exec} runs rarely use; 124 is that of
 * {@code timeout} of GNU coreutils, and 130 that of a shell after Ctrl-C.
 */
public enum Outcome {
    /** The command succeeded. */
    OK(0),
    /** The command line is wrong (EX_USAGE). */
    USAGE(64),
    /** The database does not work, and a retry does not help (EX_UNAVAILABLE). */
    GIVE_UP(69),
    /** A defect of the command line, or a failure of this machine (EX_SOFTWARE). */
    INTERNAL(70),
    /** The database does not work at the moment; the failure can go away on its own (EX_TEMPFAIL). */
    RETRY(75),
    /** The settings are invalid, so the database cannot be opened (EX_CONFIG). */
    CONFIGURATION(78),
    /** The time was up before there was a result. */
    TIMED_OUT(124),
    /** The user interrupted the command. */
    INTERRUPTED(130);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** {@return the exit code} */
    public int exitCode() {
        return exitCode;
    }

    /** {@return the name in JSON, such as {@code give_up}} */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the failure that decides the outcome: the first that no retry repairs, otherwise the first; null if there
     * is none}
     */
    public static @Nullable Failure decisive(Collection<Failure> failures) {
        Failure first = null;
        for (Failure failure : failures) {
            if (!failure.isTransient()) {
                return failure;
            }
            first = Objects.requireNonNullElse(first, failure);
        }
        return first;
    }
}
