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

/** Migrations by tools that accept only a URL. */
class MigrationsWithUrlTest {

    private static final Path CHANGES = Path.of("src/main/resources/db").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void liquibaseCommandLine_driversUrl_migrates() throws Exception {
        String output = run(
                "liquibase",
                "liquibase.integration.commandline.LiquibaseCommandLine",
                "--search-path=" + CHANGES,
                "update",
                "--url=jdbc:wellhead:",
                "--driver=dev.wellhead.jdbc.WellheadDriver",
                "--changelog-file=changelog.sql");

        assertThat(output).contains("Liquibase command 'update' was executed successfully.");
    }

    @Test
    void flyway_driversUrlWithItsDatabaseType_migrates() throws Exception {
        String output = run("flyway", "com.example.visits.FlywayWithUrl");

        assertThat(output).contains("Successfully applied 1 migration");
    }

    private String run(String role, String... command) throws Exception {
        PasswordFileRole owner = PasswordFileRole.create(PostgresServer.shared(), role, directory);
        List<String> line = new ArrayList<>(List.of("-cp", ConsoleProgram.classPath()));
        line.addAll(List.of(command));
        try (ConsoleProgram program = ConsoleProgram.java(directory, owner.environment(), line)) {
            assertThat(program.endOfInput()).as("%s", program).isZero();
            return program.output();
        }
    }
}
