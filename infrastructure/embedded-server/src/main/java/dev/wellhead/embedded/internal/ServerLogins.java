package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logins of one server.
 *
 * @param superuser the superuser, with a password that only this server has
 * @param service the role for applications
 * @param stored whether the superuser's login is that of an earlier start
 */
public record ServerLogins(RoleLogin superuser, RoleLogin service, boolean stored) {

    /** The superuser's name. The first init script gives it to the role that initdb creates. */
    public static final String SUPERUSER = "wellhead_admin";

    /** The name of the role for applications, which the first init script creates. */
    public static final String SERVICE = "postgres";

    private static final String FILE = "pgpass";

    /**
     * {@return the logins of a server with a temporary directory}
     *
     * @param servicePassword the password of the role for applications, null for a random one
     */
    public static ServerLogins temporary(@Nullable String servicePassword) {
        return new ServerLogins(RoleLogin.random(SUPERUSER), service(servicePassword, Optional.empty()), false);
    }

    /**
     * {@return the logins of a server whose directory is kept} They are written to its file {@code pgpass} before they
     * are set on the server, so that no password is lost if this process is killed in between.
     *
     * @param servicePassword the password of the role for applications; if null, it is that of the file or a random one
     */
    public static ServerLogins kept(Path directory, @Nullable String servicePassword) throws IOException {
        LoginFile file = new LoginFile(directory.resolve(FILE));
        Optional<RoleLogin> superuser = file.read(SUPERUSER);
        ServerLogins logins = new ServerLogins(
                superuser.orElseGet(() -> RoleLogin.random(SUPERUSER)),
                service(servicePassword, file.read(SERVICE)),
                superuser.isPresent());
        file.write(logins.superuser(), logins.service());
        return logins;
    }

    /**
     * Sets these passwords on a server.
     *
     * @param template the superuser of a new copy of the template
     */
    public void applyTo(int port, RoleLogin template) throws IOException {
        SuperuserSql known = new SuperuserSql(port, superuser);
        if (stored && known.accepts()) {
            known.setPasswords(service);
            return;
        }
        SuperuserSql first = new SuperuserSql(port, template);
        if (!first.accepts()) {
            throw new IOException("The server does not accept the password of " + SUPERUSER + " in the file " + FILE
                    + " of its directory. Restore that file, or choose another directory.");
        }
        first.setPasswords(superuser, service);
    }

    private static RoleLogin service(@Nullable String password, Optional<RoleLogin> stored) {
        return password == null ? stored.orElseGet(() -> RoleLogin.random(SERVICE)) : new RoleLogin(SERVICE, password);
    }
}
