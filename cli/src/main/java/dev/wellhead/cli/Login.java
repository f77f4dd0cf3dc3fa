package dev.wellhead.cli;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The login to hand on: of a rotating source the one that the server takes, which libpq cannot find out by itself.
 */
final class Login {

    private final Credentials credentials;

    private Login(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * {@return the login}
     *
     * @throws CredentialsException when there is none, or the server refuses every candidate
     */
    static Login of(Inspection inspection) throws CredentialsException {
        Duration budget = inspection.settings().get(Settings.CONNECTION_TIMEOUT);
        CredentialsSet set = inspection.credentials(budget);
        DatabaseSettings settings = inspection.settings();
        boolean rotates = settings.credentialsSource() instanceof CredentialsSource.Secret
                || set.candidates().size() > 1;
        Accepted accepted = new Accepted();
        for (HostAndPort server : rotates ? settings.hosts() : settings.hosts().subList(0, 0)) {
            try {
                inspection.connect(server, budget, accepted).close();
                return new Login(accepted.among(inspection.credentials(budget)));
            } catch (ConnectionFailedException e) {
                if (e.kind() == FailureKind.CREDENTIALS_REFUSED) {
                    throw new CredentialsException(String.valueOf(e.getMessage()), e);
                }
                // the command meets it too, and it may know what to do about it
            } catch (SQLException e) {
                // as above
            }
        }
        return new Login(set.candidates().get(0));
    }

    String user() {
        return credentials.user();
    }

    /** {@return the password; sensitive} */
    String password() {
        return credentials.password();
    }

    /** Which candidate was given last. */
    private static final class Accepted implements ConnectSteps {

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
            return set.candidates().get(0);
        }
    }
}
