package com.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ConsoleProgram;
import dev.wellhead.testkit.PasswordFileRole;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program, rotates its password, and stops it. */
class HelidonTest {

    @Test
    void dbClient_passwordRotatedWhileItRuns_continuesAndClosesThePool(@TempDir Path directory) throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), "helidon", directory);
        List<String> command = List.of("-cp", ConsoleProgram.classPath(), "com.example.visits.Main");

        try (ConsoleProgram visits = ConsoleProgram.java(directory, role.environment(), command)) {
            assertThat(visits.ask()).as("%s", visits).isEqualTo("1");
            role.rotate();
            visits.askUntil("2");

            assertThat(visits.endOfInput()).as("%s", visits).isZero();
            assertThat(visits.output()).contains("Shutdown completed");
        }
    }
}
