package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time to the first row depends on the classes that the JVM loads. Their number does not depend on the machine. */
class StartUpClassesTest {

    /** With settings from variables. An increase makes every start slower: look for a class that can be loaded later. */
    private static final int MOST_CLASSES = 262;

    /** Classes that are loaded or not by chance, because threads take turns differently. */
    private static final double BY_CHANCE = 0.05;

    private static final Path LIST = Path.of("src/main/resources/dev/wellhead/internal/open/start-classes.txt");

    @TempDir
    private static Path directory;

    private static List<String> loaded = List.of();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        loaded = loadedClasses();
    }

    @Test
    void start_settingsFromVariables_loadsFewClasses() {
        assertThat(loaded)
                .as("the generated equals, hashCode or toString of a record, which link about 60 classes")
                .doesNotContain("java.lang.runtime.ObjectMethods");
        assertThat(loaded.stream().filter(name -> name.startsWith("dev.wellhead.")))
                .hasSizeBetween(100, MOST_CLASSES);
    }

    /** {@code -DwriteDocs} writes the list. A name that is missing costs a little time, and a wrong one does too. */
    @Test
    void listOfClasses_thatAStartPrepares_isThatOfAStart() throws IOException {
        List<String> needed = prepared();
        if (System.getProperty("writeDocs") != null) {
            Files.write(LIST, needed);
        }
        List<String> listed = Files.readAllLines(LIST);

        Set<String> missing = new TreeSet<>(needed);
        listed.forEach(missing::remove);
        Set<String> superfluous = new TreeSet<>(listed);
        needed.forEach(superfluous::remove);
        assertThat(missing).as("run this test with -DwriteDocs").hasSizeLessThan((int) (needed.size() * BY_CHANCE));
        assertThat(superfluous).as("run this test with -DwriteDocs").hasSizeLessThan((int) (needed.size() * BY_CHANCE));
        assertThat(listed)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(exists(name)).as(name).isTrue());
    }

    /** {@return the classes of the driver and the pool, which are needed last, then Wellhead's} */
    private static List<String> prepared() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : loaded) {
            if (name.startsWith("org.postgresql.") || name.startsWith("com.zaxxer.hikari.")) {
                names.add(name);
            }
        }
        for (String name : loaded) {
            if (name.startsWith("dev.wellhead.") && !name.startsWith(StartUpClassesTest.class.getName())) {
                names.add(name);
            }
        }
        // generated for lambda expressions
        names.removeIf(name -> name.contains("$$") || name.contains("0x"));
        return List.copyOf(names);
    }

    private static boolean exists(String name) {
        try {
            return Class.forName(name, false, Database.class.getClassLoader()) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** With one processor, nothing is prepared: the JVM loads only what the start needs. */
    private static List<String> loadedClasses() throws IOException, InterruptedException {
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
                "-XX:ActiveProcessorCount=1",
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
