package com.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ConsoleProgram;
import dev.wellhead.testkit.PasswordFileRole;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command lines of Flyway and Liquibase with the driver's URL. */
class CommandLinesTest {

    private static final Path CHANGES = Path.of("src/main/resources/db").toAbsolutePath();

    @Test
    void liquibase_driversUrl_migrates(@TempDir Path directory) throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), "liquibase", directory);

        String output = run(
                directory,
                role,
                "liquibase.integration.commandline.LiquibaseCommandLine",
                "update",
                "--url=jdbc:wellhead:",
                "--driver=dev.wellhead.jdbc.WellheadDriver",
                "--search-path=" + CHANGES,
                "--changelog-file=changelog.sql");

        assertThat(output).contains("Liquibase command 'update' was executed successfully.");
    }

    @Test
    void flyway_driversUrl_migrates(@TempDir Path directory) throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), "flyway", directory);

        String output = run(
                directory,
                role,
                "org.flywaydb.commandline.Main",
                "-url=jdbc:wellhead:",
                "-driver=dev.wellhead.jdbc.WellheadDriver",
                "-locations=filesystem:" + CHANGES.resolve("migration"),
                "migrate");

        assertThat(output).contains("Successfully applied 1 migration");
    }

    private static String run(Path directory, PasswordFileRole role, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of("-cp", ConsoleProgram.classPath()));
        line.addAll(List.of(command));
        try (ConsoleProgram program = ConsoleProgram.java(directory, role.environment(), line)) {
            assertThat(program.endOfInput()).as("%s", program.output()).isZero();
            return program.output();
        }
    }
}
