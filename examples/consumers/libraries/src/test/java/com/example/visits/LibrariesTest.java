package com.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ConsoleProgram;
import dev.wellhead.testkit.PasswordFileRole;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts each program, and rotates the password of its role while it runs. */
class LibrariesTest {

    @ParameterizedTest
    @CsvSource({
        "WithDatabase, jdbi",
        "WithDatabase, jooq",
        "WithDatabase, mybatis",
        "WithDatabase, hibernate",
        "WithUrl, hikaricp",
        "WithUrl, dbcp2",
        "WithUrl, tomcat",
        "WithUrl, c3p0",
        "WithUrl, agroal",
    })
    void program_passwordRotatedWhileItRuns_continues(String program, String library, @TempDir Path directory)
            throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), library, directory);
        List<String> command = List.of("-cp", ConsoleProgram.classPath(), "com.example.visits." + program, library);

        try (ConsoleProgram visits = ConsoleProgram.java(directory, role.environment(), command)) {
            assertThat(visits.ask()).as("%s", visits).isEqualTo("1");
            role.rotate();
            visits.askUntil("2");
            assertThat(visits.endOfInput()).as("%s", visits).isZero();
        }
    }
}
