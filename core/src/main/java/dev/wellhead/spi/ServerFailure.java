package dev.wellhead.spi;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ResolvedSetting;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why one server did not give a connection. No part contains a sensitive value.
 *
 * @param server the server, as configured
 * @param kind the class of the failure
 * @param stage the step that failed
 * @param sqlState the SQLSTATE of the server or the driver
 * @param reason what is wrong: a clause without a full stop whose subject is the server, such as {@code nothing listens
 *     there}
 * @param settings the settings that led to the failure, with their origins; empty if no setting did
 * @param credentialsSource the source of the credentials, such as {@code password file /run/secrets/db}, if the failure
 *     is about credentials that are not in {@code settings}; otherwise empty
 * @param fixes what to do, one sentence each
 * @param cause the exception that was thrown; null if there was none
 */
public record ServerFailure(
        HostAndPort server,
        FailureKind kind,
        ConnectStage stage,
        String sqlState,
        String reason,
        List<ResolvedSetting> settings,
        String credentialsSource,
        List<String> fixes,
        @Nullable Throwable cause) {

    /** Copies the lists. */
    public ServerFailure {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(sqlState, "sqlState");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(credentialsSource, "credentialsSource");
        settings = List.copyOf(settings);
        fixes = List.copyOf(fixes);
    }

    /** {@return the same failure with other fixes} */
    public ServerFailure withFixes(List<String> otherFixes) {
        return new ServerFailure(
                server, kind, stage, sqlState, reason, settings, credentialsSource, otherFixes, cause);
    }

    /**
     * {@return the settings with their origins, or the source of the credentials, as text} For example {@code host
     * (environment variable DB_HOST), port (default)}. Empty if the failure has neither.
     */
    public String origin() {
        StringBuilder text = new StringBuilder(credentialsSource);
        for (ResolvedSetting setting : settings) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(setting.name())
                    .append(" (")
                    .append(setting.origin().description())
                    .append(')');
        }
        return text.toString();
    }
}
