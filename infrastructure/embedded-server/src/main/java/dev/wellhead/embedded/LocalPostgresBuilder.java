package dev.wellhead.embedded;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.DataTemplate;
import dev.wellhead.embedded.internal.InitScripts;
import dev.wellhead.embedded.internal.Installation;
import dev.wellhead.embedded.internal.OperatingSystemUser;
import dev.wellhead.embedded.internal.RoleLogin;
import dev.wellhead.embedded.internal.ServerLogins;
import dev.wellhead.embedded.internal.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts a {@link LocalPostgres}. Not thread-safe. */
public final class LocalPostgresBuilder {

    private int port;
    private @Nullable Path directory;
    private String database = LocalPostgres.DEFAULT_DATABASE;
    private @Nullable String password;
    private Consumer<String> progress = step -> {};

    LocalPostgresBuilder() {}

    /**
     * Sets the port, 1 to 65535. The default, 0, uses a free port.
     *
     * @throws IllegalArgumentException if it is not between 0 and 65535
     */
    public LocalPostgresBuilder port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        this.port = port;
        return this;
    }

    /**
     * Sets a directory that keeps the data. It is created if it does not exist, and used again by the next start; one
     * server at a time can use it. Its file {@code pgpass}, which only this user can read, contains the passwords in the
     * format of libpq's password file. By default the directory is temporary and the data is not written durably, which
     * is faster.
     */
    public LocalPostgresBuilder directory(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        return this;
    }

    /**
     * Sets the database. The default, {@link LocalPostgres#DEFAULT_DATABASE}, contains the schemas {@code ledger} and
     * {@code treasury}. A database with another name is created empty if it does not exist.
     */
    public LocalPostgresBuilder database(String name) {
        this.database = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the password of {@link LocalPostgres#USER}. The default is a random one, which a directory keeps. Every user
     * of this machine can connect to the server, so do not use a password that others know.
     *
     * @throws IllegalArgumentException if it is empty or contains a control character
     */
    public LocalPostgresBuilder password(String password) {
        if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the password is empty or contains a control character");
        }
        this.password = password;
        return this;
    }

    /**
     * Registers a listener for the steps of the first start on a machine, which can take a minute on a slow one. Each step
     * is one sentence, such as {@code Preparing PostgreSQL 16 (once, about 100 MB in /home/ada/.cache/wellhead).} Later
     * starts have no such steps. By default there is no listener.
     */
    public LocalPostgresBuilder progress(Consumer<String> listener) {
        this.progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * {@return the running server; the caller closes it} The first start on a machine extracts the binaries and creates
     * the initial data, which takes some seconds. Later starts copy that data.
     *
     * @throws IOException if it cannot be started; the message contains the reason and the remedy
     */
    public LocalPostgres start() throws IOException {
        Installation installation = Installation.prepare(OperatingSystemUser.current(), progress);
        DataTemplate template =
                DataTemplate.prepare(installation, InitScripts.packed(LocalPostgres.DEFAULT_DATABASE), progress);
        DataDirectory data = directory == null ? DataDirectory.temporary() : DataDirectory.kept(directory);
        try {
            data.prepare(template, installation);
            ServerLogins logins = data.logins(password);
            return start(data, data.startServer(installation, port), logins, template.superuser());
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private LocalPostgres start(
            DataDirectory data, ServerProcess process, ServerLogins logins, RoleLogin templateSuperuser)
            throws IOException {
        try {
            logins.applyTo(process.port(), templateSuperuser);
            LocalPostgres server = new LocalPostgres(process, data, logins, database);
            if (!database.equals(LocalPostgres.DEFAULT_DATABASE)) {
                server.createDatabase(database);
            }
            return server;
        } catch (IOException | RuntimeException e) {
            process.stop();
            throw e;
        }
    }
}
