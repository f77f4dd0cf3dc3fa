package com.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ConsoleProgram;
import dev.wellhead.testkit.PasswordFileRole;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program, rotates its password, and stops it. */
class MicronautTest {

    @Test
    void micronautData_passwordRotatedWhileItRuns_continuesAndClosesThePool(@TempDir Path directory) throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), "micronaut", directory);
        List<String> command = List.of("-cp", ConsoleProgram.classPath(), "com.example.visits.Main");

        try (ConsoleProgram visits = ConsoleProgram.java(directory, role.environment(), command)) {
            assertThat(visits.ask()).as("%s", visits).isEqualTo("1");
            role.rotate();
            visits.askUntil("2");

            assertThat(visits.endOfInput()).as("%s", visits).isZero();
            assertThat(visits.output()).contains("Shutdown completed").doesNotContain("ClassCastException");
        }
    }

    @Test
    void micronautData_secondNameBelowDatasources_opensItsDatabase(@TempDir Path directory) throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), "micronaut_default", directory);
        PasswordFileRole ledger = PasswordFileRole.create(
                PostgresServer.shared(), "micronaut_ledger", Files.createDirectory(directory.resolve("ledger")));
        Map<String, String> environment = new HashMap<>(role.environment());
        ledger.environment().forEach((name, value) -> environment.putIfAbsent("LEDGER_" + name, value));
        environment.remove("LEDGER_ENVIRONMENT");
        environment.put("DATASOURCES_LEDGER_DIALECT", "POSTGRES");
        List<String> command = List.of("-cp", ConsoleProgram.classPath(), "com.example.visits.Main");

        try (ConsoleProgram visits = ConsoleProgram.java(directory, environment, command)) {
            assertThat(visits.ask()).as("%s", visits).isEqualTo("1");
            assertThat(role.sessions()).isPositive();
            assertThat(ledger.sessions()).isPositive();

            assertThat(visits.endOfInput()).as("%s", visits).isZero();
            assertThat(visits.output().split("Shutdown completed", -1)).hasSize(3);
        }
    }
}
