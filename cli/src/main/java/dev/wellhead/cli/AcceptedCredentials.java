package dev.wellhead.cli;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Finds the credentials that the server accepts: libpq cannot try several passwords. */
final class AcceptedCredentials {

    private AcceptedCredentials() {}

    /**
     * {@return the credentials for a program that uses libpq} If there are several candidates, or a secret that may have
     * been rotated, one connection is opened to find the right ones. If no server can be reached, the first candidate is
     * returned: the program will report that failure itself.
     *
     * @throws CredentialsException if there are no credentials, or the server refused every candidate
     */
    static Credentials find(Inspection inspection) throws CredentialsException {
        Duration budget = inspection.settings().get(Settings.CONNECTION_TIMEOUT);
        CredentialsSet set = inspection.credentials(budget);
        boolean rotates = inspection.settings().credentialsSource().maySupplyUser()
                || set.candidates().size() > 1;
        List<HostAndPort> servers = rotates ? inspection.settings().hosts() : List.of();
        for (HostAndPort server : servers) {
            LastTried lastTried = new LastTried();
            try {
                inspection.connect(server, budget, lastTried).close();
                return lastTried.among(inspection.credentials(budget));
            } catch (SQLException e) {
                boolean refused = e instanceof ConnectionFailedException failed
                        && failed.kind() == FailureKind.CREDENTIALS_REFUSED;
                if (refused) {
                    throw new CredentialsException(String.valueOf(e.getMessage()), e);
                }
            }
        }
        return set.candidates().get(0);
    }

    /** Records which candidate was sent to the server last. */
    private static final class LastTried implements ConnectSteps {

        private String user = "";
        private String label = "";

        @Override
        public void authenticating(String method, String as, String which) {
            user = as;
            label = which;
        }

        Credentials among(CredentialsSet set) {
            for (Credentials candidate : set.candidates()) {
                if (candidate.user().equals(user) && candidate.label().equals(label)) {
                    return candidate;
                }
            }
            // no password was requested, as with "trust" in pg_hba.conf
            return set.candidates().get(0);
        }
    }
}
