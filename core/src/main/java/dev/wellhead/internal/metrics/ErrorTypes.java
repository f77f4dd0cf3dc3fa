package dev.wellhead.internal.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values of {@code error.type} for failed connection attempts. A server may send any SQLSTATE, and each value starts a
 * new time series, so their number is limited. Thread-safe.
 */
public final class ErrorTypes {

    /** The fallback that the semantic conventions define for {@code error.type}. */
    public static final String OTHER = "_OTHER";

    private static final int MAX_SQLSTATES = 40;

    /** Source: the SQL standard, SQLSTATE: two characters of class, three of subclass. */
    private static final Pattern SQLSTATE = Pattern.compile("[0-9A-Z]{5}");

    private final Set<String> sqlStates = new HashSet<>();

    /** {@return {@code sqlState}, or {@link #OTHER} if it is malformed or the limit is reached} */
    public synchronized String of(String sqlState) {
        boolean accepted = sqlStates.contains(sqlState)
                || (sqlStates.size() < MAX_SQLSTATES
                        && SQLSTATE.matcher(sqlState).matches()
                        && sqlStates.add(sqlState));
        return accepted ? sqlState : OTHER;
    }
}
