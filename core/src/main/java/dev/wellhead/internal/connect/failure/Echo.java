package dev.wellhead.internal.connect.failure;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Keeps a password that a server sends back out of every message. A server that asks for it in clear text knows it, and
 * what answers at a wrong address may be anything.
 */
public final class Echo {

    private Echo() {}

    /** {@code thrown}, or in its place what it says without its words where they hold {@code password}. */
    public static Exception removed(Exception thrown, String password, String... known) {
        if (password.isEmpty()) {
            return thrown;
        }
        for (String name : known) {
            // what is written everywhere anyway gives nothing away: postgres/postgres on a developer's machine
            if (name.contains(password)) {
                return thrown;
            }
        }
        return repeats(thrown, password) ? withoutWords(thrown) : thrown;
    }

    private static boolean repeats(@Nullable Throwable thrown, String password) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause.toString().contains(password)) {
                return true;
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                if (repeats(suppressed, password)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Exception withoutWords(Exception thrown) {
        String state = thrown instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "08P01";
        return new PSQLException(
                new ServerErrorMessage("SFATAL\0C" + state + "\0Mthe server's words are sensitive and not repeated\0"));
    }
}
