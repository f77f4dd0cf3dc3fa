package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The facts of a failure that do not depend on its kind.
 *
 * @param reached the step that was reached
 * @param thrown null if no exception was thrown
 * @param quotesPassword whether a message of {@code thrown} contains the password, so that none of them may be shown
 */
record FailedStep(
        DatabaseSettings settings,
        HostAndPort server,
        ConnectStage reached,
        @Nullable Exception thrown,
        boolean quotesPassword) {

    /** The SQLSTATE with which pgjdbc reports that it cannot connect. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private static final int SQLSTATE_LENGTH = 5;

    /** Returns a message of the server or the driver as part of one of our sentences. */
    String clause(@Nullable String message) {
        return quotesPassword ? EchoedPassword.HIDDEN : Clause.of(message);
    }

    ServerFailure as(FailureKind kind, String clause, List<String> fixes, Setting<?>... because) {
        return as(kind, Reason.of(clause), fixes, because);
    }

    ServerFailure as(FailureKind kind, Reason reason, List<String> fixes, Setting<?>... because) {
        List<Origin> origins = new ArrayList<>(because.length);
        for (Setting<?> setting : because) {
            addOrigin(origins, setting);
        }
        return failure(kind, reason, origins, fixes);
    }

    /** A failure that is about credentials. A source that is not a value in the settings describes itself. */
    ServerFailure asCredentials(FailureKind kind, Reason reason, List<String> fixes, String source) {
        CredentialsSource configured = settings.credentialsSource();
        if (configured instanceof CredentialsSource.NoPassword) {
            return as(kind, reason, fixes, Settings.USER, Settings.AUTH, Settings.SSLCERT);
        }
        if (configured instanceof CredentialsSource.Fixed) {
            return as(kind, reason, fixes, Settings.USER, Settings.PASSWORD);
        }
        if (configured instanceof CredentialsSource.PasswordFile) {
            // a file of a service binding contains the password itself
            boolean isPath = settings.explain(Settings.PASSWORD_FILE).isPresent();
            Setting<?> password = isPath ? Settings.PASSWORD_FILE : Settings.PASSWORD;
            return kind == FailureKind.CREDENTIALS_UNAVAILABLE
                    ? as(kind, reason, fixes, password)
                    : as(kind, reason, fixes, Settings.USER, password);
        }
        List<Origin> origins = new ArrayList<>(2);
        if (configured instanceof CredentialsSource.Secret) {
            addOrigin(origins, Settings.SECRET_ID);
        } else if (configured instanceof CredentialsSource.SecretFile) {
            addOrigin(origins, Settings.SECRET_FILE);
        } else if (configured instanceof CredentialsSource.Command) {
            addOrigin(origins, Settings.PASSWORD_COMMAND);
        }
        origins.add(new Origin.SecretField(source, ""));
        return failure(kind, reason, origins, fixes);
    }

    private void addOrigin(List<Origin> origins, Setting<?> setting) {
        ResolvedSetting resolved = settings.explain(setting).orElse(null);
        if (resolved != null) {
            origins.add(new Origin.OfSetting(resolved.name(), resolved.origin()));
        }
    }

    private ServerFailure failure(FailureKind kind, Reason reason, List<Origin> origins, List<String> fixes) {
        return new ServerFailure(
                server,
                kind,
                stage(kind),
                sqlState(kind),
                reason.clause(),
                reason.predicate(),
                origins,
                withUnread(kind, fixes),
                cause());
    }

    /** A default is often used by mistake, because nothing reads the variable that was meant to replace it. */
    private List<String> withUnread(FailureKind kind, List<String> fixes) {
        String unread =
                switch (kind) {
                    case NAME_NOT_RESOLVED, REFUSED, TIMED_OUT, CREDENTIALS_REFUSED, NOT_ADMITTED, NO_SUCH_DATABASE ->
                        SettingsResolver.unreadHint(settings);
                    default -> "";
                };
        if (unread.isEmpty()) {
            return fixes;
        }
        List<String> all = new ArrayList<>(fixes);
        all.add(unread);
        return all;
    }

    /** Returns the exception as it may be printed. */
    private @Nullable Throwable cause() {
        return thrown != null && quotesPassword ? withoutMessage(thrown) : SafeCauses.of(thrown, DriverRules.RULES);
    }

    private static Exception withoutMessage(Exception thrown) {
        Exception hidden = new PSQLException(
                new ServerErrorMessage("SFATAL\0C" + stateOf(thrown, "08P01") + "\0M" + EchoedPassword.HIDDEN + "\0"));
        hidden.setStackTrace(thrown.getStackTrace());
        return hidden;
    }

    private ConnectStage stage(FailureKind kind) {
        return switch (kind) {
            case CREDENTIALS_UNAVAILABLE -> ConnectStage.CREDENTIALS;
            case NAME_NOT_RESOLVED -> ConnectStage.NAME_RESOLUTION;
            case REFUSED, NOT_POSTGRESQL -> ConnectStage.TCP;
            case TLS_UNTRUSTED,
                    TLS_WRONG_HOST_NAME,
                    TLS_EXPIRED,
                    TLS_INVALID,
                    TLS_REVOKED,
                    TLS_NOT_SUPPORTED,
                    TLS_FAILED -> ConnectStage.TLS;
            case CREDENTIALS_REFUSED, NOT_ADMITTED -> ConnectStage.AUTHENTICATION;
            case NO_SUCH_DATABASE, TOO_MANY_CONNECTIONS, WRONG_SERVER_ROLE -> ConnectStage.SESSION;
            case TIMED_OUT, NETWORK, STARTING_UP, OTHER -> reached;
        };
    }

    private String sqlState(FailureKind kind) {
        return kind == FailureKind.TIMED_OUT ? UNABLE_TO_CONNECT : stateOf(thrown, UNABLE_TO_CONNECT);
    }

    /** An SQLSTATE has five digits or capital letters. A server can send anything in its place, which is not used. */
    private static String stateOf(@Nullable Exception thrown, String otherwise) {
        String state = thrown instanceof SQLException sql ? sql.getSQLState() : null;
        if (state == null || state.length() != SQLSTATE_LENGTH) {
            return otherwise;
        }
        for (int i = 0; i < SQLSTATE_LENGTH; i++) {
            char c = state.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
                return otherwise;
            }
        }
        return state;
    }
}
