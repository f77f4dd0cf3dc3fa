package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time to the first row depends on the classes that the JVM loads. Their number does not depend on the machine. */
class StartUpClassesTest {

    /** With settings from variables. An increase makes every start slower: look for a class that can be loaded later. */
    private static final int MOST_CLASSES = 260;

    @TempDir
    Path directory;

    @Test
    void start_settingsFromVariables_loadsFewClasses() throws IOException, InterruptedException {
        List<String> classes = loadedClasses();

        assertThat(classes)
                .as("the generated equals, hashCode or toString of a record, which link about 60 classes")
                .doesNotContain("java.lang.runtime.ObjectMethods");
        assertThat(classes.stream().filter(name -> name.startsWith("dev.wellhead.")))
                .hasSizeBetween(100, MOST_CLASSES);
    }

    private List<String> loadedClasses() throws IOException, InterruptedException {
        Path log = directory.resolve("classes.txt");
        PostgresServer server = PostgresServer.shared();
        server.createRole("starter", "starter-password");
        server.createDatabase("starter", "starter");
        try (ChildJvm program = ChildJvm.start(
                directory,
                Map.of(
                        "DB_HOST", server.host(),
                        "DB_PORT", Integer.toString(server.port()),
                        "DB_NAME", "starter",
                        "DB_USER", "starter",
                        "DB_PASSWORD", "starter-password"),
                "-Xlog:class+load:file=" + log + "::filesize=0",
                Program.class.getName())) {
            assertThat(program.end()).as(program.output()).isZero();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst("[ /].*", ""))
                    .toList();
        }
    }

    /** Acquires one connection. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws SQLException {
            try (Database database = Databases.fromEnvironment();
                    Connection connection = database.getConnection()) {
                if (!connection.isValid(10)) {
                    throw new SQLException("The connection is not valid.");
                }
            }
        }
    }
}
