package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role for migrations in every command, on a real server. */
class MigrationOptionTest {

    private static final String PASSWORD = "Qm3-unmistakable-4v";

    private static DoctorServer server;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        server = DoctorServer.start(directory);
        PostgresServer postgres = server.server();
        postgres.createRole("owner", PASSWORD);
        postgres.execute("grant create on database shop to owner");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> variables(String... more) {
        Map<String, String> variables = new HashMap<>(server.healthy());
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    private static Map<String, String> withOwner(String... more) {
        Map<String, String> variables = variables(more);
        variables.put("DB_MIGRATION_USER", "owner");
        variables.put("DB_MIGRATION_PASSWORD", PASSWORD);
        return variables;
    }

    @Test
    void explain_withMigrations_showsWhoMigratesAndWithWhat() {
        Map<String, String> variables = withOwner("DB_MIGRATION_PORT", "5433");

        Run text = Run.piped(variables, "explain");
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("migrations  owner, password in environment variable DB_MIGRATION_PASSWORD, localhost:5433")
                .containsPattern("migration\\.user +owner +DB_MIGRATION_USER")
                .containsPattern("migration\\.password +<redacted> +DB_MIGRATION_PASSWORD")
                .doesNotContain(PASSWORD);

        JsonObject json = Run.piped(variables, "explain", "--json").json();
        assertThat(json.get("user").getAsString()).isEqualTo("app");
        assertThat(json.get("migrations"))
                .hasToString("{\"user\":\"owner\",\"hosts\":[{\"host\":\"localhost\",\"port\":5433}],"
                        + "\"credentials\":\"password in environment variable DB_MIGRATION_PASSWORD\"}");
    }

    @Test
    void explain_nothingForMigrations_doesNotMentionThem() {
        Map<String, String> variables = variables();

        assertThat(Run.piped(variables, "explain").out()).doesNotContain("igration");
        assertThat(Run.piped(variables, "explain", "--json")
                        .json()
                        .get("migrations")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void explain_passwordForMigrationsMissing_isAWarning() {
        Run run = Run.piped(variables("DB_MIGRATION_USER", "owner"), "explain", "--json");

        assertThat(run.code()).isZero();
        List<String> messages = new ArrayList<>();
        for (JsonElement problem : run.json().getAsJsonArray("problems")) {
            if (problem.getAsJsonObject().get("setting").getAsString().equals("DB_MIGRATION_PASSWORD")) {
                messages.add(problem.getAsJsonObject().get("message").getAsString());
            }
        }
        assertThat(messages)
                .containsExactly(
                        "Migrations cannot connect. There is no password for user 'owner': DB_MIGRATION_PASSWORD"
                                + " is not set.");
        assertThat(Run.piped(variables("DB_MIGRATION_USER", "owner"), "explain", "--migration")
                        .code())
                .isEqualTo(78);
    }

    @Test
    void explain_optionMigration_hasTheSettingsOfMigrations() {
        Run run = Run.piped(withOwner("DB_STATEMENT_TIMEOUT", "5s"), "explain", "--migration", "--json");

        assertThat(run.json().get("user").getAsString()).isEqualTo("owner");
        assertThat(run.out()).doesNotContain("statementTimeout").doesNotContain(PASSWORD);
    }

    @Test
    void doctor_optionMigration_logsInAsTheRoleForMigrations() {
        Run run = Run.piped(withOwner(), "doctor", "--migration", "--json");

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("owner").doesNotContain(PASSWORD);

        Run refused = Run.piped(withOwner("DB_PASSWORD", "wrong"), "doctor", "--migration");
        assertThat(refused.code()).as(refused.out()).isZero();
    }

    @Test
    void doctor_refusedRoleForMigrations_namesItsVariable() {
        Map<String, String> variables = withOwner();
        variables.put("DB_MIGRATION_PASSWORD", "wrong-one");

        Run run = Run.piped(variables, "doctor", "--migration");

        assertThat(run.code()).isEqualTo(69);
        assertThat(run.out()).contains("DB_MIGRATION_PASSWORD").doesNotContain("wrong-one");
        assertThat(Run.piped(variables, "doctor").code()).isZero();
    }

    @Test
    void wait_optionMigration_waitsForItsRole() {
        Run run = Run.piped(
                withOwner(), "wait", "--migration", "--for-query", "select current_user = 'owner'", "--timeout", "60s");

        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void exec_optionMigration_passesOnlyTheRoleForMigrations(@TempDir Path files) throws Exception {
        Map<String, String> variables = variables("DB_MIGRATION_USER", "owner");
        Path file = Files.writeString(files.resolve("password"), PASSWORD + "\n");
        variables.put("DB_MIGRATION_PASSWORD_FILE", file.toString());

        Run run = Child.run(files, variables, Child.exec("--migration", "--", "env"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains("PGUSER=owner", "PGPASSWORD=" + PASSWORD, "PGSSLMODE=verify-full", "PGDATABASE=shop")
                .noneMatch(line -> line.startsWith("DB_MIGRATION_PASSWORD") || line.startsWith("DB_PASSWORD"));
    }
}
