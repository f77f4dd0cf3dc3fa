package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import java.sql.SQLException;

/**
 * What a refresh of the credentials did.
 *
 * @param outcome {@code refreshed} if the server accepted newer credentials, {@code unchanged}, or {@code failed}
 * @param sentence the same in words, with the reason of a failure; nothing sensitive
 */
public record CredentialsRefresh(String outcome, String sentence) {

    static CredentialsRefresh of(Database database) {
        try {
            return database.refreshCredentials()
                    ? new CredentialsRefresh(
                            "refreshed",
                            "The server accepted newer credentials. Connections with older ones retire in the background.")
                    : new CredentialsRefresh("unchanged", "The source has no newer credentials than those in use.");
        } catch (SQLException e) {
            return new CredentialsRefresh("failed", FailureSentence.of(e).sentence());
        }
    }
}
