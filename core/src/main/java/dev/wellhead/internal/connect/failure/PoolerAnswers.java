package dev.wellhead.internal.connect.failure;

import dev.wellhead.spi.FailureKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What poolers answer during the login. PgBouncer answers nearly everything with 08P01 (protocol violation), and other
 * poolers have codes of their own, so the text decides. It is always English. PostgreSQL itself sends the routine that
 * raised an error, which poolers do not.
 *
 * <p>Sources: PgBouncer 1.18 to 1.25 (client.c, objects.c, janitor.c); Amazon RDS User Guide, "Troubleshooting for RDS
 * Proxy", PostgreSQL; Odyssey, Pgpool-II, pgcat, Supavisor.
 */
final class PoolerAnswers {

    /**
     * One kind of answer.
     *
     * @param all the parts that the text contains, in lower case
     */
    private record Row(FailureKind kind, List<String> all) {

        Row(FailureKind kind, String... all) {
            this(kind, List.of(all));
        }

        boolean matches(String text) {
            for (String part : all) {
                if (!text.contains(part)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The first row that matches decides. PgBouncer quotes an answer of the server inside one of its own. */
    private static final Row[] ROWS = {
        new Row(FailureKind.CREDENTIALS_REFUSED, "password authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "sasl authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "scram authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "md5 authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "pam authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "ldap authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "certificate authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "\"trust\" authentication failed"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "no such user"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "role ", "does not exist"),
        // auth_type does not permit PgBouncer to log in to the server
        new Row(FailureKind.OTHER, "wrong password type"),
        // RDS Proxy
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "iam authentication failed", "too many competing requests"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "iam authentication failed for the role"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "has no credentials for the role"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "password that was provided for the role"),
        // Odyssey, pgcat, Supavisor
        new Row(FailureKind.CREDENTIALS_REFUSED, "incorrect password"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "invalid password"),
        new Row(FailureKind.CREDENTIALS_REFUSED, "tenant or user not found"),
        new Row(FailureKind.NOT_ADMITTED, "login rejected"),
        new Row(FailureKind.NOT_ADMITTED, "ssl required"),
        new Row(FailureKind.NOT_ADMITTED, "tls connection required"),
        new Row(FailureKind.NOT_ADMITTED, "client certificate required"),
        new Row(FailureKind.NOT_ADMITTED, "only with ssl connections"),
        new Row(FailureKind.NOT_ADMITTED, "ssl connections are required"),
        new Row(FailureKind.NOT_ADMITTED, "requires tls"),
        new Row(FailureKind.NOT_ADMITTED, "database ", "is disabled"),
        new Row(FailureKind.NOT_ADMITTED, "database ", "does not allow connections"),
        new Row(FailureKind.NO_SUCH_DATABASE, "no such database"),
        new Row(FailureKind.NO_SUCH_DATABASE, "database ", "does not exist"),
        new Row(FailureKind.NO_SUCH_DATABASE, "no pool configured for database"),
        new Row(FailureKind.NO_SUCH_DATABASE, "route for ", "not found"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "no more connections allowed"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "too many"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "max clients"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "maximum number of client connections"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "rate of connection"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "waiting to acquire", "connection"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "borrow a connection", "timed out"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "could not get connection from the pool"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "connection slots are reserved"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "query_wait_timeout"),
        new Row(FailureKind.TOO_MANY_CONNECTIONS, "resources exhaustion"),
        new Row(FailureKind.STARTING_UP, "server login "),
        new Row(FailureKind.STARTING_UP, "server_login_retry"),
        new Row(FailureKind.STARTING_UP, "client_login_timeout"),
        new Row(FailureKind.STARTING_UP, "the database system is"),
        new Row(FailureKind.STARTING_UP, "shutting down"),
        new Row(FailureKind.STARTING_UP, "is shut down"),
        new Row(FailureKind.STARTING_UP, "cannot connect to server"),
        new Row(FailureKind.STARTING_UP, "server conn crashed"),
        new Row(FailureKind.STARTING_UP, "server connection closed"),
        new Row(FailureKind.STARTING_UP, "server dns lookup failed"),
        new Row(FailureKind.STARTING_UP, "error response from auth_query"),
        new Row(FailureKind.STARTING_UP, "unable to send auth_query"),
        new Row(FailureKind.STARTING_UP, "failed to connect to remote server"),
        new Row(FailureKind.STARTING_UP, "all servers are down"),
        new Row(FailureKind.STARTING_UP, "all backend nodes are down"),
    };

    private PoolerAnswers() {}

    /**
     * {@return the kind of failure; null if the text is not one of a known pooler, or if the SQLSTATE decides}
     *
     * @param routine the routine of PostgreSQL that raised the error; null if the answer is a pooler's own
     */
    static @Nullable FailureKind kind(String state, @Nullable String routine, String message) {
        if (routine != null) {
            return null;
        }
        return switch (state) {
            case "28P01", "3D000", "53300", "57P01", "57P02", "57P03" -> null;
            default -> kind(message.toLowerCase(Locale.ROOT));
        };
    }

    private static @Nullable FailureKind kind(String text) {
        for (Row row : ROWS) {
            if (row.matches(text)) {
                return row.kind();
            }
        }
        return null;
    }
}
