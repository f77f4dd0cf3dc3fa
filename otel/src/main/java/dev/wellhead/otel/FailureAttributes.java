package dev.wellhead.otel;

import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import io.opentelemetry.api.common.Attributes;
import java.util.HashSet;
import java.util.Set;

/** Describes a failed creation, in words of which there are not too many: a server may say any SQLSTATE. Thread-safe. */
final class FailureAttributes {

    /** What there is no room for; the word is the semantic conventions'. */
    static final String OTHER = "_OTHER";

    private static final int MOST_STATES = 40;
    private static final int SQLSTATE_LENGTH = 5;

    private final Set<String> states = new HashSet<>();

    Attributes of(Attributes pool, ConnectionFailed event) {
        return pool.toBuilder()
                .put(Keys.ERROR_TYPE, bounded(event.sqlState()))
                .put(Keys.FAILURE_KIND, event.failure().value())
                .build();
    }

    private synchronized String bounded(String state) {
        if (states.contains(state)) {
            return state;
        }
        if (states.size() == MOST_STATES || !isSqlState(state)) {
            return OTHER;
        }
        states.add(state);
        return state;
    }

    /** Five digits or upper-case letters. Source: SQL standard, SQLSTATE. */
    private static boolean isSqlState(String text) {
        if (text.length() != SQLSTATE_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
