package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.files.Passfile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.secret.SecretLogin;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the line of libpq's password file for one database and user.
 *
 * @param setting the variable that names the file, for messages
 */
record PassfileLine(Path file, String database, String user, String setting) implements LoginLookup {

    @Override
    public SecretLogin read(LoginTarget target, boolean isRefused) throws CredentialsException {
        Optional<Passfile.Match> match = passfile().find(target.host(), target.port(), database, user);
        if (match.isPresent()) {
            return new SecretLogin(Credentials.of(user, match.get().password(), LABEL), null);
        }
        throw new CredentialsException(
                setting + " is " + file + ", which has no line for host '" + target.host() + "', port " + target.port()
                        + ", database '" + database + "' and user '" + user + "'.",
                "Add one: host:port:database:user:password.",
                null);
    }

    private Passfile passfile() throws CredentialsException {
        try {
            return Passfile.read(file);
        } catch (UnreadableFileException e) {
            throw new CredentialsException(
                    setting + " is " + file + ", which is ignored: it " + e.reason() + ".", e.fix(), e.getCause());
        }
    }
}
