package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.connect.Attempt;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an ErrorResponse during the login means. By SQLSTATE, and where one SQLSTATE says several things by the server
 * routine that raised it: messages are in the server's language, routines are not.
 */
public final class ServerAnswer {

    private final DatabaseSettings settings;
    private final Advice advice;
    private final List<Origin> credentialsOrigin;

    public ServerAnswer(DatabaseSettings settings, Advice advice, List<Origin> credentialsOrigin) {
        this.settings = settings;
        this.advice = advice;
        this.credentialsOrigin = credentialsOrigin;
    }

    public Failure diagnose(Attempt attempt, String user, ServerErrorMessage answer, String state, Exception thrown) {
        String message = Diagnosis.clause(answer.getMessage());
        FailureKind kind = kind(state, answer.getRoutine(), message);
        return new Failure(
                kind,
                attempt.server(),
                state,
                what(kind, state, user, message),
                origin(kind),
                fixes(kind, state, attempt, answer, message),
                thrown);
    }

    private static FailureKind kind(String state, @Nullable String routine, String message) {
        return switch (state) {
            case "28P01" -> FailureKind.CREDENTIALS_REFUSED;
            case "28000" ->
                "ClientAuthentication".equals(routine) || message.contains("pg_hba.conf")
                        ? FailureKind.NOT_ADMITTED
                        : FailureKind.CREDENTIALS_REFUSED;
            case "3D000" -> FailureKind.NO_SUCH_DATABASE;
            // among others "permission denied for database": the role lacks CONNECT
            case "42501" -> "CheckMyDatabase".equals(routine) ? FailureKind.NOT_ADMITTED : FailureKind.OTHER;
            case "53300" -> FailureKind.TOO_MANY_CONNECTIONS;
            case "57P01", "57P02", "57P03" -> FailureKind.STARTING_UP;
            default -> FailureKind.OTHER;
        };
    }

    private String what(FailureKind kind, String state, String user, String message) {
        return switch (kind) {
            case CREDENTIALS_REFUSED ->
                state.equals("28P01")
                        ? "it refuses the password of user '" + user + "'"
                        : "it refuses user '" + user + "': " + message;
            case NOT_ADMITTED -> "it does not admit this login: " + message;
            case NO_SUCH_DATABASE -> "it has no database '" + settings.databaseName() + "'";
            case TOO_MANY_CONNECTIONS -> "it has no connection left: " + message;
            case STARTING_UP -> "it is not ready: " + message;
            default -> "it refuses the session: " + message;
        };
    }

    private List<Origin> origin(FailureKind kind) {
        return switch (kind) {
            case CREDENTIALS_REFUSED -> credentialsOrigin;
            case NOT_ADMITTED -> advice.origin(Settings.USER, Settings.NAME, Settings.SSLMODE);
            case NO_SUCH_DATABASE -> advice.origin(Settings.NAME);
            default -> List.of();
        };
    }

    private List<String> fixes(
            FailureKind kind, String state, Attempt attempt, ServerErrorMessage answer, String message) {
        return switch (kind) {
            case CREDENTIALS_REFUSED -> List.of("Check user and password there, and that the server has the same.");
            case NOT_ADMITTED ->
                state.equals("42501")
                        ? List.of("Grant the role CONNECT on the database.")
                        : advice.notAdmitted(attempt.isTlsStarted(), message);
            case NO_SUCH_DATABASE -> List.of("Check " + advice.variable(Settings.NAME) + ", or create the database.");
            case TOO_MANY_CONNECTIONS -> advice.tooMany(answer.getRoutine());
            case STARTING_UP ->
                List.of("Wait for it; " + advice.variable(Settings.STARTUP_TIMEOUT) + " makes opening wait.");
            default -> hint(answer);
        };
    }

    private static List<String> hint(ServerErrorMessage answer) {
        String hint = answer.getHint();
        return hint == null ? List.of() : List.of(hint);
    }
}
