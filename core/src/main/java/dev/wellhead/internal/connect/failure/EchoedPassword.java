package dev.wellhead.internal.connect.failure;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Keeps a password that a server sends back out of our messages. A server that requests it in clear text knows it, and
 * a wrong address may lead to any server.
 */
public final class EchoedPassword {

    private EchoedPassword() {}

    /**
     * {@return {@code thrown}, or an exception with the same SQLSTATE and a neutral message if a message of
     * {@code thrown} contains the password}
     *
     * @param known names that messages contain anyway; a password that is part of one, as postgres/postgres on a developer's
     *     machine, is not looked for
     */
    public static Exception removed(Exception thrown, String password, String... known) {
        if (password.isEmpty()) {
            return thrown;
        }
        for (String name : known) {
            if (name.contains(password)) {
                return thrown;
            }
        }
        return contains(thrown, password) ? withoutMessage(thrown) : thrown;
    }

    private static boolean contains(@Nullable Throwable thrown, String password) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause.toString().contains(password)) {
                return true;
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                if (contains(suppressed, password)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Exception withoutMessage(Exception thrown) {
        String state = thrown instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "08P01";
        return new PSQLException(new ServerErrorMessage(
                "SFATAL\0C" + state + "\0Mthe server's message contains the password and is not shown\0"));
    }
}
