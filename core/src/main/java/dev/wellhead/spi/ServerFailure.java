package dev.wellhead.spi;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why one server did not give a connection. No part contains a sensitive value.
 *
 * @param server the server, as configured
 * @param kind the failure kind
 * @param stage the step that failed
 * @param sqlState the SQLSTATE of the server or the driver
 * @param reason what is wrong, without a full stop: a clause such as {@code it refused the password of user 'app'}; of kind
 *     {@link FailureKind#CREDENTIALS_UNAVAILABLE}, a sentence about their source
 * @param predicate the reason without its subject, such as {@code refused the password of user 'app'}; empty if the subject
 *     is not the server
 * @param origins the origins of the settings that led to the failure ({@link Origin.OfSetting}), or the source of the
 *     credentials ({@link Origin.SecretField}); empty if the failure has no such origin
 * @param fixes what to do, one sentence each
 * @param cause the exception that was thrown; null if there was none
 */
public record ServerFailure(
        HostAndPort server,
        FailureKind kind,
        ConnectStage stage,
        String sqlState,
        String reason,
        String predicate,
        List<Origin> origins,
        List<String> fixes,
        @Nullable Throwable cause) {

    /** Copies the lists, and replaces control characters and other characters that mislead. */
    public ServerFailure {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(stage, "stage");
        sqlState = SafeText.of(Objects.requireNonNull(sqlState, "sqlState"));
        reason = SafeText.sentence(Objects.requireNonNull(reason, "reason"));
        predicate = SafeText.sentence(Objects.requireNonNull(predicate, "predicate"));
        origins = List.copyOf(origins);
        fixes = SafeText.sentences(fixes);
    }

    /** A failure whose reason has another subject than the server. */
    public ServerFailure(
            HostAndPort server,
            FailureKind kind,
            ConnectStage stage,
            String sqlState,
            String reason,
            List<Origin> origins,
            List<String> fixes,
            @Nullable Throwable cause) {
        this(server, kind, stage, sqlState, reason, "", origins, fixes, cause);
    }

    /**
     * {@return one line that is complete without the others: the server, what is wrong, and the settings that led to it, such as
     * {@code Cannot connect to db.internal:5433: nothing listens on this port (host and port in DATABASE_URL).}}
     */
    public String summary() {
        return kind == FailureKind.CREDENTIALS_UNAVAILABLE
                ? sentence()
                : "Cannot connect to " + server + ": " + sentence();
    }

    /** {@return the {@link #summary()} without the server} */
    public String sentence() {
        return reason + names() + ".";
    }

    private String names() {
        // the source of the credentials names itself and its setting
        return kind == FailureKind.CREDENTIALS_UNAVAILABLE ? "" : SettingNames.inParentheses(origins, reason);
    }

    /**
     * {@return one line whose subject is the server, as {@code wellhead doctor} reports it, such as {@code db.internal:5433: nothing
     * listens on this port (host and port in DATABASE_URL).}}
     */
    public String verdict() {
        if (kind == FailureKind.CREDENTIALS_UNAVAILABLE) {
            return sentence();
        }
        return predicate.isEmpty() ? server + ": " + sentence() : server + " " + predicate + names() + ".";
    }

    /** {@return the same failure with other fixes} */
    public ServerFailure withFixes(List<String> otherFixes) {
        return new ServerFailure(server, kind, stage, sqlState, reason, predicate, origins, otherFixes, cause);
    }

    /**
     * {@return the origins as one line of text, such as
     * {@code From: host (environment variable DB_HOST); port (default)}} Empty if there are none.
     */
    public String source() {
        StringBuilder text = new StringBuilder();
        for (Origin origin : origins) {
            text.append(text.isEmpty() ? "From: " : "; ").append(origin.description());
        }
        return text.toString();
    }
}
