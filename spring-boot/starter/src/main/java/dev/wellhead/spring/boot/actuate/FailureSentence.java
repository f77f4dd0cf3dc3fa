package dev.wellhead.spring.boot.actuate;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A failure as one sentence, in the words of the last line of {@code wellhead doctor}. Nothing in it is sensitive.
 *
 * @param kind the failure kind, such as {@code refused}; empty if it is not about connecting
 * @param sentence the failure as a sentence that needs no context
 */
record FailureSentence(String kind, String sentence) {

    static FailureSentence of(SQLException failure) {
        ConnectionFailedException connecting = connecting(failure);
        if (connecting == null) {
            return new FailureSentence("", firstLine(failure));
        }
        if (connecting.getCause() instanceof CredentialsException credentials) {
            return new FailureSentence(FailureKind.CREDENTIALS_UNAVAILABLE.value(), credentials.problem());
        }
        for (ServerFailure server : connecting.failures()) {
            if (server.kind() == connecting.kind()) {
                return new FailureSentence(server.kind().value(), server.verdict());
            }
        }
        return new FailureSentence(connecting.kind().value(), firstLine(connecting));
    }

    /**
     * {@return a sentence without the values that the sentence may quote: the server, the user, the secret or a file}
     *
     * @param beginning what has failed, without a full stop
     * @param reasonToHide why the reason is not shown, as a sentence
     */
    String withoutValues(String beginning, String reasonToHide) {
        return beginning + (kind.isEmpty() ? "" : ": " + kind) + ". " + reasonToHide;
    }

    private static @Nullable ConnectionFailedException connecting(SQLException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ConnectionFailedException)) {
            cause = cause.getCause();
        }
        return (ConnectionFailedException) cause;
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
