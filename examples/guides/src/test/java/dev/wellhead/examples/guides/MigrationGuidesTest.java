package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.ChildJvm;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the guides of Flyway and Liquibase with the roles that they create: the owner migrates, and the service can only read
 * and write rows.
 */
class MigrationGuidesTest {

    private static final String OWNER_PASSWORD = "of-the-owner";
    private static final String SERVICE_PASSWORD = "of-the-service";

    private static PostgresServer server;
    private static int number;

    @TempDir
    Path directory;

    private String name;
    private Path passwordFile;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Runs the block with the roles in a database of its own. Roles belong to the server, so they are created once. */
    @BeforeEach
    void createRoles() throws IOException {
        name = "migrated_" + ++number;
        server.createDatabase(name);
        String roles = Snippet.of("docs/guides/flyway.md").stream()
                .filter(block -> block.file().equals("roles.sql"))
                .findFirst()
                .orElseThrow()
                .code();
        for (String statement : roles.split(";", -1)) {
            boolean isRole = statement.strip().startsWith("create role");
            if (!statement.isBlank() && (number == 1 || !isRole)) {
                server.executeIn(name, statement);
            }
        }
        server.setPassword("shop_owner", OWNER_PASSWORD);
        server.setPassword("shop", SERVICE_PASSWORD);
        passwordFile = Files.writeString(directory.resolve("db-owner"), OWNER_PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/guides/flyway.md", "docs/guides/liquibase.md"})
    void javaApi_asTheOwner_migratesAndTheServiceHasOnlyItsPrivileges(String page) throws Exception {
        List<Snippet> blocks = Snippet.of(page);
        Snippet code = blocks.stream().filter(Snippet::isRunnable).findFirst().orElseThrow();
        new BlockCompiler().compile(List.of(code), directory);
        code.writeFilesOfThePage(directory);

        try (ChildJvm child = ChildJvm.start(directory, variables(), code.mainClass())) {
            assertThat(child.end()).as("%s", child.output()).isZero();
        }

        assertOwnerAndPrivileges();
    }

    /**
     * The programs read the variables that the command lines of Flyway and Liquibase read, with the same code. The variables
     * are those that {@code wellhead exec} passes to its command, which the tests of the command line check.
     */
    @ParameterizedTest
    @ValueSource(strings = {"docs/guides/flyway.md", "docs/guides/liquibase.md"})
    @DisabledOnOs(OS.WINDOWS)
    void commandLine_asTheOwner_migratesAndTheServiceHasOnlyItsPrivileges(String page) throws Exception {
        List<Snippet> blocks = Snippet.of(page);
        blocks.get(0).writeFilesOfThePage(directory);
        Path programs = Files.createDirectory(directory.resolve("bin"));
        script(
                programs.resolve("wellhead"),
                "[ \"$1 $2 $3\" = 'exec --migration --' ] || exit 64",
                "shift 3",
                "export PGHOST=" + server.host() + " PGPORT=" + server.port() + " PGDATABASE=" + name,
                "export PGUSER=shop_owner PGPASSWORD=" + OWNER_PASSWORD + " PGSSLMODE=disable",
                "exec \"$@\"");
        program(programs.resolve("flyway"), FlywayCommand.class.getName());
        program(programs.resolve("liquibase"), LiquibaseCommand.class.getName());
        String command = blocks.stream()
                .filter(block -> block.language().equals("sh"))
                .findFirst()
                .orElseThrow()
                .code();

        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("PATH", programs + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }

        assertOwnerAndPrivileges();
    }

    private void program(Path file, String mainClass) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        script(
                file,
                "exec '" + java + "' -XX:TieredStopAtLevel=1 -cp '" + directory + ":" + ChildJvm.CLASS_PATH + "' "
                        + mainClass + " \"$@\"");
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "local");
        variables.put("DB_HOST", server.host());
        variables.put("DB_PORT", Integer.toString(server.port()));
        variables.put("DB_NAME", name);
        variables.put("DB_USER", "shop");
        variables.put("DB_PASSWORD", SERVICE_PASSWORD);
        variables.put("DB_MIGRATION_USER", "shop_owner");
        variables.put("DB_MIGRATION_PASSWORD_FILE", passwordFile.toString());
        return variables;
    }

    private void assertOwnerAndPrivileges() throws SQLException {
        try (Database database = Databases.builder().environment(variables()).open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet owners = statement.executeQuery(
                    "select string_agg(distinct tableowner, ',') from pg_tables where schemaname = 'public'")) {
                owners.next();
                assertThat(owners.getString(1)).isEqualTo("shop_owner");
            }
            statement.execute("insert into accounts values (1, 'cash')");
            assertThat(privilege(statement, "SELECT")).isTrue();
            assertThat(privilege(statement, "TRUNCATE")).isFalse();
            assertThatThrownBy(() -> statement.execute("drop table accounts"))
                    .hasMessageContaining("must be owner of table accounts");
        }
    }

    private static boolean privilege(Statement statement, String privilege) throws SQLException {
        try (ResultSet row = statement.executeQuery("select has_table_privilege('accounts', '" + privilege + "')")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
