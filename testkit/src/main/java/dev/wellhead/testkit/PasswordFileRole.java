package dev.wellhead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;

/** A role that owns a database, and whose password is in a file, as an orchestrator mounts it. Not thread-safe. */
public final class PasswordFileRole {

    private final PostgresServer server;
    private final String name;
    private final Path file;

    private PasswordFileRole(PostgresServer server, String name, Path file) {
        this.server = server;
        this.name = name;
        this.file = file;
    }

    /**
     * {@return a new role}
     *
     * @param name the name of the role and of its database
     * @param directory the directory for the file
     */
    public static PasswordFileRole create(PostgresServer server, String name, Path directory) throws IOException {
        PasswordFileRole role = new PasswordFileRole(server, name, directory.resolve("password"));
        String password = newPassword();
        server.createRole(name, password);
        server.createDatabase(name, name);
        role.write(password);
        return role;
    }

    /** {@return the variables of a service that connects with this role} */
    public Map<String, String> environment() {
        return Map.of(
                "ENVIRONMENT",
                "test",
                "DB_HOST",
                server.host(),
                "DB_PORT",
                Integer.toString(server.port()),
                "DB_NAME",
                name,
                "DB_USER",
                name,
                "DB_PASSWORD_FILE",
                file.toString());
    }

    /** Changes the password on the server and in the file, and ends the sessions, so that each has to log in again. */
    public void rotate() throws IOException {
        String password = newPassword();
        server.setPassword(name, password);
        write(password);
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = "
                + PostgresServer.literal(name));
    }

    /** {@return the number of its sessions} */
    public int sessions() {
        return Integer.parseInt(
                server.query("select count(*) from pg_stat_activity where usename = " + PostgresServer.literal(name))
                        .get(0));
    }

    private void write(String password) throws IOException {
        Path written = Files.writeString(file.resolveSibling("password.new"), password);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String newPassword() {
        return UUID.randomUUID().toString();
    }
}
