package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * Classifies an ErrorResponse of the server during the login, by its SQLSTATE. If one SQLSTATE has several meanings,
 * the name of the routine in the server's source code decides, because messages are in the server's language. The
 * answers of poolers are classified by {@link PoolerAnswers}.
 */
final class ServerAnswer {

    private final DatabaseSettings settings;
    private final Advice advice;
    private final String credentialsSource;

    ServerAnswer(DatabaseSettings settings, Advice advice, String credentialsSource) {
        this.settings = settings;
        this.advice = advice;
        this.credentialsSource = credentialsSource;
    }

    /** @param certificate null if no client certificate was sent */
    ServerFailure classify(
            FailedStep step,
            ServerErrorMessage answer,
            String user,
            boolean encrypted,
            @Nullable ClientCertificateAdvice certificate) {
        String state = String.valueOf(answer.getSQLState());
        String original = String.valueOf(answer.getMessage());
        String message = step.clause(answer.getMessage());
        String shownUser = SafeText.of(user);
        FailureKind ofPooler = PoolerAnswers.kind(state, answer.getRoutine(), original);
        boolean pooled = ofPooler != null;
        FailureKind kind = ofPooler == null ? kind(state, answer.getRoutine(), original) : ofPooler;
        // the role lacks the CONNECT privilege, which TLS does not change
        boolean isPrivilege = state.equals("42501");
        return switch (kind) {
            case CREDENTIALS_REFUSED ->
                step.asCredentials(
                        kind,
                        Reason.ofServer(
                                state.equals("28P01")
                                        ? "refused the password of user '" + shownUser + "', or has no such user"
                                        : "refused user '" + shownUser + "': " + message),
                        refusedLogin(user, pooled, certificate),
                        credentialsSource);
            case NOT_ADMITTED ->
                step.as(
                        kind,
                        Reason.ofServer("does not permit this login" + (encrypted || isPrivilege ? "" : " without TLS")
                                + ": " + message),
                        isPrivilege
                                ? List.of("Grant the role the CONNECT privilege on the database.")
                                : advice.notAdmitted(encrypted, pooled, original),
                        Settings.USER,
                        Settings.NAME,
                        Settings.SSLMODE);
            case NO_SUCH_DATABASE ->
                step.as(
                        kind,
                        Reason.ofServer("has no database '" + SafeText.of(settings.databaseName()) + "'"),
                        advice.noSuchDatabase(pooled),
                        Settings.NAME);
            case TOO_MANY_CONNECTIONS ->
                step.as(
                        kind,
                        Reason.ofServer("has no free connection: " + message),
                        pooled ? advice.tooManyForPooler() : advice.tooMany(answer.getRoutine()),
                        Settings.MAXIMUM_POOL_SIZE);
            case STARTING_UP -> step.as(kind, Reason.ofServer("is not ready: " + message), advice.startingUp(pooled));
            default -> {
                StartupParameterAdvice parameter = StartupParameterAdvice.of(answer, settings);
                yield step.as(
                        kind,
                        Reason.ofServer("refused the session: " + message),
                        parameter.fixes().isEmpty() ? hint(step, answer) : parameter.fixes(),
                        parameter.causes());
            }
        };
    }

    /** @param pooled whether a pooler refused the login, which has passwords of its own */
    private List<String> refusedLogin(String user, boolean pooled, @Nullable ClientCertificateAdvice certificate) {
        List<String> fixes = new ArrayList<>(2);
        if (!(settings.credentialsSource() instanceof CredentialsSource.NoPassword)) {
            fixes.add(advice.refusedPassword());
        }
        if (pooled) {
            fixes.add(
                    "The answer is a pooler's. Check its users too: auth_file or auth_query of PgBouncer, the secrets of"
                            + " RDS Proxy.");
        }
        if (certificate != null) {
            fixes.addAll(certificate.ofUser(user));
        }
        return fixes.isEmpty() ? advice.correct(Settings.USER) : fixes;
    }

    private static FailureKind kind(String state, @Nullable String routine, String message) {
        return switch (state) {
            case "28P01" -> FailureKind.CREDENTIALS_REFUSED;
            case "28000" ->
                "ClientAuthentication".equals(routine) || message.contains("pg_hba.conf")
                        ? FailureKind.NOT_ADMITTED
                        : FailureKind.CREDENTIALS_REFUSED;
            case "3D000" -> FailureKind.NO_SUCH_DATABASE;
            // in this routine it means that the role lacks the CONNECT privilege
            case "42501" -> "CheckMyDatabase".equals(routine) ? FailureKind.NOT_ADMITTED : FailureKind.OTHER;
            case "53300" -> FailureKind.TOO_MANY_CONNECTIONS;
            case "57P01", "57P02", "57P03" -> FailureKind.STARTING_UP;
            default -> FailureKind.OTHER;
        };
    }

    private static List<String> hint(FailedStep step, ServerErrorMessage answer) {
        String hint = answer.getHint();
        return hint == null || step.quotesPassword() ? List.of() : List.of(SafeText.of(hint));
    }
}
