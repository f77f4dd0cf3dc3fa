package dev.wellhead.internal.connect.failure;

import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectStage;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a failure that do not depend on its class.
 *
 * @param reached the step that was reached
 * @param thrown null if no exception was thrown
 */
record FailedStep(DatabaseSettings settings, HostAndPort server, ConnectStage reached, @Nullable Exception thrown) {

    /** The SQLSTATE with which pgjdbc reports that it cannot connect. */
    private static final String UNABLE_TO_CONNECT = "08001";

    ServerFailure as(FailureKind kind, String reason, List<String> fixes, Setting<?>... because) {
        List<Origin> origins = new ArrayList<>(because.length);
        for (Setting<?> setting : because) {
            settings.explain(setting)
                    .ifPresent(resolved -> origins.add(new Origin.OfSetting(resolved.name(), resolved.origin())));
        }
        return failure(kind, reason, origins, fixes);
    }

    /** A failure that is about credentials. Only a configured password is a setting; other sources describe themselves. */
    ServerFailure asCredentials(FailureKind kind, String reason, List<String> fixes, String source) {
        if (settings.credentialsSource() instanceof CredentialsSource.NoPassword) {
            return as(kind, reason, fixes, Settings.USER, Settings.AUTH, Settings.SSLCERT);
        }
        return settings.credentialsSource() instanceof CredentialsSource.Fixed
                ? as(kind, reason, fixes, Settings.USER, Settings.PASSWORD)
                : failure(kind, reason, List.of(new Origin.SecretField(source, "")), fixes);
    }

    private ServerFailure failure(FailureKind kind, String reason, List<Origin> origins, List<String> fixes) {
        return new ServerFailure(server, kind, stage(kind), sqlState(kind), reason, origins, fixes, thrown);
    }

    private ConnectStage stage(FailureKind kind) {
        return switch (kind) {
            case CREDENTIALS_UNAVAILABLE -> ConnectStage.CREDENTIALS;
            case NAME_NOT_RESOLVED -> ConnectStage.NAME_RESOLUTION;
            case REFUSED, NOT_POSTGRESQL -> ConnectStage.TCP;
            case TLS_UNTRUSTED, TLS_WRONG_HOST_NAME, TLS_EXPIRED, TLS_NOT_SUPPORTED, TLS_FAILED -> ConnectStage.TLS;
            case CREDENTIALS_REFUSED, NOT_ADMITTED -> ConnectStage.AUTHENTICATION;
            case NO_SUCH_DATABASE, TOO_MANY_CONNECTIONS, WRONG_SERVER_ROLE -> ConnectStage.SESSION;
            case TIMED_OUT, NETWORK, STARTING_UP, OTHER -> reached;
        };
    }

    private String sqlState(FailureKind kind) {
        String state = thrown instanceof SQLException sql ? sql.getSQLState() : null;
        return state == null || kind == FailureKind.TIMED_OUT ? UNABLE_TO_CONNECT : state;
    }
}
