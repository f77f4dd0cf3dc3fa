package dev.wellhead.junit.internal.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.internal.sources.SettingsRequest;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration tools run if they are on the class path together with migrations. */
class DetectedMigrationsTest {

    private static final TemplateSource DETECTED = new TemplateSource(List.of(), List.of());

    @TempDir
    private Path directory;

    @Test
    void flyway_withMigrations_prepareTheTemplate() throws Exception {
        write("db/migration/V1__accounts.sql", "create table accounts (id bigint primary key);");
        write("db/migration/V2__first.sql", "insert into accounts values (1), (2);");
        assertThat(countAccounts()).isEqualTo(2);
    }

    @Test
    void liquibase_withChangelog_preparesTheTemplate() throws Exception {
        write(
                "db/changelog/db.changelog-master.sql",
                """
                --liquibase formatted sql

                --changeset shop:1
                create table accounts (id bigint primary key);

                --changeset shop:2
                insert into accounts values (1), (2), (3);
                """);
        assertThat(countAccounts()).isEqualTo(3);
    }

    @Test
    void bothTools_areAnError_thatNamesThem() throws Exception {
        write("db/migration/V1__accounts.sql", "select 1;");
        write("db/changelog/db.changelog-master.yaml", "databaseChangeLog: []");
        try (URLClassLoader loader = loader()) {
            assertThatThrownBy(() -> DetectedMigrations.on(loader))
                    .hasMessage("Both Flyway (classpath:db/migration) and Liquibase"
                            + " (classpath:db/changelog/db.changelog-master.yaml) are on the class path. Set the attribute"
                            + " migrations of @TestDatabase to a class that runs the right one, or to"
                            + " TestMigrations.None.class for empty databases.");
        }
    }

    @Test
    void noMigrations_noStep() throws Exception {
        try (URLClassLoader loader = loader()) {
            assertThat(DetectedMigrations.on(loader)).isEmpty();
        }
    }

    @Test
    void migrationsWithoutTheTool_noStep() throws Exception {
        write("db/migration/V1__accounts.sql", "select 1;");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThat(DetectedMigrations.on(loader)).isEmpty();
        }
    }

    private int countAccounts() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = loader()) {
            thread.setContextClassLoader(loader);
            try (TestServer server = TestServer.open(SettingsRequest.of("test", Map.of()));
                    DatabaseCopy copy = server.template(DETECTED).take()) {
                return count(copy);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static int count(DatabaseCopy copy) throws SQLException {
        try (var connection = copy.database().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from accounts")) {
            row.next();
            return row.getInt(1);
        }
    }

    private URLClassLoader loader() throws Exception {
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
    }

    private void write(String file, String content) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
