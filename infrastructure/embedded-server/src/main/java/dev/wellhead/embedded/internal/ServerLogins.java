package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logins of one server.
 *
 * @param superuser the superuser, with a password that only this server has
 * @param user the role for applications
 * @param stored whether the superuser's login is that of an earlier start
 */
public record ServerLogins(RoleLogin superuser, RoleLogin user, boolean stored) {

    /** The superuser's name. */
    public static final String SUPERUSER = "wellhead_admin";

    private static final String FILE = "pgpass";

    /**
     * {@return the logins of a server with a temporary directory}
     *
     * @param password the password of the role for applications, null for a random one
     */
    public static ServerLogins temporary(String user, @Nullable String password) {
        return new ServerLogins(RoleLogin.random(SUPERUSER), login(user, password, Optional.empty()), false);
    }

    /**
     * {@return the logins of a server whose directory is kept} They are written to its file {@code pgpass} before they
     * are set on the server, so that no password is lost if this process is killed in between. Logins of other roles
     * remain in the file.
     *
     * @param password the password of the role for applications; if null, it is that of the file or a random one
     */
    public static ServerLogins kept(Path directory, String user, @Nullable String password) throws IOException {
        LoginFile file = new LoginFile(directory.resolve(FILE));
        Optional<RoleLogin> superuser = file.read(SUPERUSER);
        ServerLogins logins = new ServerLogins(
                superuser.orElseGet(() -> RoleLogin.random(SUPERUSER)),
                login(user, password, file.read(user)),
                superuser.isPresent());
        List<RoleLogin> all = new ArrayList<>(List.of(logins.superuser(), logins.user()));
        for (RoleLogin other : file.read()) {
            if (!other.role().equals(SUPERUSER) && !other.role().equals(user)) {
                all.add(other);
            }
        }
        file.write(all.toArray(RoleLogin[]::new));
        return logins;
    }

    /**
     * Sets these passwords on a server, and creates the role for applications if it does not exist.
     *
     * @param template the superuser of a new copy of the template
     */
    public void applyTo(int port, RoleLogin template) throws IOException {
        SuperuserSql known = new SuperuserSql(port, superuser);
        if (stored && known.accepts()) {
            known.createRole(user, null);
            return;
        }
        SuperuserSql first = new SuperuserSql(port, template);
        if (!first.accepts()) {
            throw new IOException("The server does not accept the password of " + SUPERUSER + " in the file " + FILE
                    + " of its directory. Restore that file, or choose another directory.");
        }
        first.setPasswords(superuser);
        known.createRole(user, null);
    }

    private static RoleLogin login(String user, @Nullable String password, Optional<RoleLogin> stored) {
        return password == null ? stored.orElseGet(() -> RoleLogin.random(user)) : new RoleLogin(user, password);
    }
}
