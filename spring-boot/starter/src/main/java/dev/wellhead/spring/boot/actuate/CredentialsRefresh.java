package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import java.sql.SQLException;

/**
 * The result of a refresh of the credentials.
 *
 * @param outcome {@code refreshed} if the server accepted newer credentials, {@code unchanged}, or {@code failed}
 * @param sentence the same in words, with the reason of a failure; nothing sensitive. If a value is hidden, the reason is only its
 *     kind, because a sentence about it names the server, the user or the secret
 */
public record CredentialsRefresh(String outcome, String sentence) {

    /** @param reasonToHide why the reason of a failure is not shown, as a sentence; empty if it may be shown */
    static CredentialsRefresh of(Database database, String reasonToHide) {
        try {
            return database.refreshCredentials()
                    ? new CredentialsRefresh(
                            "refreshed",
                            "The server accepted newer credentials. Connections with older ones retire in the background.")
                    : new CredentialsRefresh("unchanged", "The source has no newer credentials than those in use.");
        } catch (SQLException e) {
            FailureSentence failure = FailureSentence.of(e);
            return new CredentialsRefresh(
                    "failed",
                    reasonToHide.isEmpty()
                            ? failure.sentence()
                            : failure.withoutValues("The credentials could not be refreshed", reasonToHide));
        }
    }
}
