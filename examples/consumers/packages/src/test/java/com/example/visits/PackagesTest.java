package com.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ConsoleProgram;
import dev.wellhead.testkit.PasswordFileRole;
import dev.wellhead.testkit.PostgresServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program in each form in which it can be delivered. */
class PackagesTest {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path directory;

    @Test
    void shadedJar_startedWithJar_readsARow() throws Exception {
        run("shaded", JAVA, List.of("-jar", jar(".*-shaded[.]jar").toString()));
    }

    @Test
    void jarsInAJar_startedWithJar_readsARow() throws Exception {
        run("nested", JAVA, List.of("-jar", jar(".*-nested[.]jar").toString()));
    }

    @Test
    void modulePath_startedAsAModule_readsARow() throws Exception {
        run("modules", JAVA, modules());
    }

    @Test
    void runtimeImage_withTheModulesThatAreNeeded_readsARow() throws Exception {
        Path image = directory.resolve("image");
        // jlink links no automatic modules, such as the driver's: the image has the JDK's modules, and the jars stay
        // outside
        int status = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--add-modules",
                        "java.base,java.sql,java.naming,java.management,java.security.jgss,jdk.net,jdk.crypto.ec",
                        "--output",
                        image.toString());
        assertThat(status).isZero();

        run("image", image.resolve("bin/java"), modules());
    }

    private void run(String name, Path java, List<String> arguments) throws Exception {
        PasswordFileRole role = PasswordFileRole.create(PostgresServer.shared(), name, directory);
        try (ConsoleProgram visits = ConsoleProgram.start(java, directory, role.environment(), arguments)) {
            assertThat(visits.ask()).as("%s", visits).isEqualTo("1");
            role.rotate();
            visits.askUntil("2");
            assertThat(visits.endOfInput()).as("%s", visits).isZero();
        }
    }

    private static List<String> modules() throws Exception {
        String path = jar("packages-[0-9.]+(-SNAPSHOT)?[.]jar")
                + File.pathSeparator
                + Files.readString(TARGET.resolve("class-path.txt"));
        return List.of("--module-path", path, "--module", "com.example.visits/com.example.visits.Main");
    }

    private static Path jar(String name) throws Exception {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
