package com.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ConsoleProgram;
import dev.wellhead.testkit.PasswordFileRole;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the executable jar, which migrates as the owner of the database and works as another role, and rotates its password. */
class SpringBootTwoRolesTest {

    private static final String OWNER = "visits_owner";
    private static final String SERVICE = "visits_service";

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void jpaAndFlyway_asTwoRoles_passwordRotatedWhileItRuns_continues(@TempDir Path directory) throws Exception {
        PasswordFileRole owner = PasswordFileRole.create(server, OWNER, Files.createDirectory(directory.resolve("o")));
        PasswordFileRole service = PasswordFileRole.create(server, SERVICE, directory);
        server.executeIn(
                OWNER,
                "alter default privileges for role " + OWNER
                        + " in schema public grant select, insert on tables to " + SERVICE);
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.put("DB_NAME", OWNER);
        environment.put("DB_MIGRATION_USER", OWNER);
        environment.put("DB_MIGRATION_PASSWORD_FILE", owner.environment().get("DB_PASSWORD_FILE"));
        List<String> command =
                List.of("-jar", Path.of("target", "visits.jar").toAbsolutePath().toString());

        try (ConsoleProgram visits = ConsoleProgram.java(directory, environment, command)) {
            assertThat(visits.ask()).as("%s", visits).isEqualTo("1");
            assertThat(visits.output()).contains("(v" + System.getProperty("expected.spring-boot") + ")");
            assertThat(ownersOfTables()).containsExactly("flyway_schema_history " + OWNER, "visits " + OWNER);
            assertThat(service.sessions()).isPositive();
            assertThat(owner.sessions()).as("the migration has ended").isZero();
            service.rotate();
            visits.askUntil("2");

            assertThat(visits.endOfInput()).as("%s", visits).isZero();
        }
    }

    private List<String> ownersOfTables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = server.connect(OWNER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select tablename, tableowner from pg_tables where schemaname = 'public' order by 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return tables;
    }
}
