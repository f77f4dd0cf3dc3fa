package dev.wellhead.internal.text;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the causes of an exception of ours safe to print. An exception of the driver, the JDK or the AWS SDK may quote
 * text from outside, and a log that prints our exception prints its causes too. A chain whose messages are all safe is
 * returned as it is. Otherwise each exception of the chain is replaced by one with the same stack trace and a safe
 * message.
 */
public final class SafeCauses {

    /** A longer chain is cut. The JDK and the driver nest about five exceptions. */
    private static final int DEEPEST = 20;

    private static final String OUR_PACKAGES = "dev.wellhead.";

    /**
     * How one exception is checked and replaced. A library whose exceptions carry more than a message has its own
     * rules.
     */
    public interface Rules {

        /** {@return whether the exception itself is safe to print, apart from its causes} */
        default boolean isSafe(Throwable thrown) {
            String message = thrown.getMessage();
            // our own messages may be long and have several lines
            boolean isOurs = thrown.getClass().getName().startsWith(OUR_PACKAGES);
            return message == null || (isOurs ? SafeText.lines(message).equals(message) : SafeText.isSafe(message));
        }

        /** {@return a replacement that is safe to print, without causes; an SQLException keeps its SQLSTATE} */
        default Throwable restated(Throwable thrown) {
            String message = SafeText.of(thrown.getMessage());
            return thrown instanceof SQLException sql
                    ? new SQLException(message, SafeText.of(sql.getSQLState()), sql.getErrorCode())
                    : new RestatedException(thrown.getClass().getName() + ": " + message);
        }
    }

    private static final Rules GENERAL = new GeneralRules();

    private final Rules rules;

    private SafeCauses(Rules rules) {
        this.rules = rules;
    }

    /** {@return the exception, or one that is safe to print; null for null} */
    public static @Nullable Throwable of(@Nullable Throwable thrown) {
        return of(thrown, GENERAL);
    }

    /** {@return the exception, or one that is safe to print by the rules of a library; null for null} */
    public static @Nullable Throwable of(@Nullable Throwable thrown, Rules rules) {
        if (thrown == null) {
            return null;
        }
        SafeCauses causes = new SafeCauses(rules);
        return causes.areSafe(thrown, 0) ? thrown : causes.restated(thrown, 0);
    }

    private boolean areSafe(Throwable thrown, int depth) {
        if (depth > DEEPEST || !rules.isSafe(thrown)) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!areSafe(suppressed, depth + 1)) {
                return false;
            }
        }
        Throwable next = thrown instanceof SQLException sql ? sql.getNextException() : null;
        if (next != null && !areSafe(next, depth + 1)) {
            return false;
        }
        return thrown.getCause() == null || areSafe(thrown.getCause(), depth + 1);
    }

    private Throwable restated(Throwable thrown, int depth) {
        Throwable safe = rules.restated(thrown);
        safe.setStackTrace(thrown.getStackTrace());
        if (depth < DEEPEST) {
            if (thrown.getCause() != null) {
                safe.initCause(restated(thrown.getCause(), depth + 1));
            }
            for (Throwable suppressed : thrown.getSuppressed()) {
                safe.addSuppressed(restated(suppressed, depth + 1));
            }
        }
        return safe;
    }

    private static final class GeneralRules implements Rules {}
}
