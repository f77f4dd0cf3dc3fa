package dev.wellhead.testkit;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Creates a standby from a base backup that is taken with SQL, because the embedded binaries do not include
 * pg_basebackup.
 *
 * <p>Source: PostgreSQL documentation, "Making a Base Backup Using the Low Level API".
 */
final class Standby {

    private static final Set<String> OMITTED = Set.of("postmaster.pid", "postmaster.opts");

    private Standby() {}

    static PostgresServer of(PostgresServer primary, Installation installation, Path primaryData)
            throws IOException, SQLException {
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            return PostgresServerBuilder.start(installation, data -> {
                data.copyFrom(primaryData, OMITTED, installation);
                data.writeFile("backup_label", backupLabel(statement), installation);
                data.writeFile("standby.signal", "", installation);
                connectTo(primary, data, installation);
            });
        }
    }

    private static String backupLabel(Statement statement) throws IOException {
        try (ResultSet backup = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
            backup.next();
            return backup.getString(1);
        } catch (SQLException e) {
            throw new IOException("cannot end the base backup: " + e.getMessage(), e);
        }
    }

    private static void connectTo(PostgresServer primary, DataDirectory data, Installation installation)
            throws IOException {
        String settings = Files.readString(data.data().resolve("postgresql.auto.conf"));
        String primaryConnection = "host=" + primary.host() + " port=" + primary.port() + " user="
                + PostgresServer.OWN_ROLE + " password=" + PostgresServer.OWN_LOGIN.password();
        data.writeFile(
                "postgresql.auto.conf",
                settings + "primary_conninfo = " + PostgresServer.literal(primaryConnection) + "\n",
                installation);
    }
}
