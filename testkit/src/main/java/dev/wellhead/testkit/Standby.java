package dev.wellhead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Makes a standby from a base backup taken with SQL alone.
 *
 * <p>Source: PostgreSQL documentation, "Making a Base Backup Using the Low Level API".
 */
final class Standby {

    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

    private Standby() {}

    static PostgresServer of(PostgresServer primary, PostgresBinaries binaries, Path primaryData)
            throws IOException, SQLException {
        Path directory = PostgresServerBuilder.directory();
        Path data = directory.resolve("data");
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            Trees.copy(primaryData, data, path -> !LEFT_OUT.contains(path.toString()));
            try (ResultSet backup = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                backup.next();
                Files.writeString(data.resolve("backup_label"), backup.getString(1));
            }
            Files.createFile(data.resolve("standby.signal"));
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=" + primary.host() + " port=" + primary.port() + " user="
                            + PostgresServer.OWN_ROLE + " password=" + PostgresServer.OWN_PASSWORD + "'\n",
                    StandardOpenOption.APPEND);
            return PostgresServer.builder().startCopy(binaries, directory);
        } catch (IOException | SQLException e) {
            Trees.delete(directory);
            throw e;
        }
    }
}
