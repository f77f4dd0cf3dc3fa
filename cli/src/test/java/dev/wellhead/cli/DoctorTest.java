package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Causes failures of the settings, the login and the session on a real server, and checks their stages and fixes. */
class DoctorTest {

    @TempDir
    private static Path directory;

    @AutoClose
    private static DoctorServer encrypted;

    @BeforeAll
    static void start() {
        encrypted = DoctorServer.start(directory);
    }

    @Test
    void doctor_ofAHealthyDatabase_passesEveryStage() {
        Run run = DoctorServer.doctor(encrypted.healthy());

        DoctorJson stages = DoctorJson.of(run);
        assertThat(run.code()).isZero();
        assertThat(stages.codes("ok"))
                .as(run.out())
                .containsExactly(
                        "settings",
                        "credentials",
                        "dns",
                        "tcp",
                        "tls",
                        "authentication",
                        "database",
                        "role",
                        "version",
                        "pooler",
                        "headroom",
                        "clock",
                        "round_trip");
        assertThat(stages.result("tls"))
                .startsWith("TLSv1.3, certificate for localhost, 127.0.0.1, expires in ")
                .endsWith("verified (verify-full) with root certificate file " + directory.resolve("root.crt"));
        assertThat(stages.result("authentication"))
                .startsWith("logged in as app")
                .endsWith("with scram-sha-256, bound to the TLS channel");
        assertThat(stages.result("role")).isEqualTo("primary, matches targetServerType any");
        assertThat(stages.result("version")).startsWith("PostgreSQL 16.").endsWith(", supported until 2028-11-09");
        assertThat(stages.result("pooler")).isEqualTo("no pooler");
        assertThat(stages.stage("dns")
                        .getAsJsonObject("details")
                        .get("addresses")
                        .getAsJsonArray())
                .isNotEmpty();
    }

    @Test
    void settings_thatAreInvalid_failWithEachProblem() {
        Map<String, String> variables = DoctorServer.with(encrypted.healthy(), "DB_SSLMODE", "yes");

        DoctorJson stages = DoctorServer.found(
                variables,
                "settings",
                "configuration",
                "DB_SSLMODE is 'yes', which is not an SSL mode. From: environment variable DB_SSLMODE",
                "Use one of: disable, allow, prefer, require, verify-ca, verify-full.");

        assertThat(stages.codes("not_tested"))
                .startsWith("credentials", "dns", "tcp", "tls", "authentication")
                .endsWith("round_trip");
    }

    @Test
    void password_thatIsWrong_failsAtAuthentication() {
        DoctorJson stages = DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_PASSWORD", DoctorServer.PASSWORD + "x"),
                "authentication",
                "credentials_refused",
                "From: user (environment variable DB_USER); password (environment variable DB_PASSWORD)",
                "Correct DB_USER or DB_PASSWORD, or set the same password on the server.");

        assertThat(stages.status("tls")).isEqualTo("ok");
        assertThat(stages.codes("not_tested")).startsWith("database", "role");
    }

    @Test
    void passwordFile_thatDoesNotExist_failsAtCredentials() {
        Map<String, String> variables = encrypted.healthy();
        variables.remove("DB_PASSWORD");
        variables.put("DB_PASSWORD_FILE", directory.resolve("none").toString());

        Run run = DoctorServer.doctor(variables);

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).containsExactly("credentials");
        assertThat(stages.failure("credentials")).isEqualTo("credentials_unavailable");
        assertThat(stages.result("credentials")).contains("DB_PASSWORD_FILE");
        assertThat(stages.fix("credentials")).isNotEmpty();
        assertThat(stages.codes("not_tested")).startsWith("dns", "tcp", "tls");
    }

    @Test
    void passwordCommand_thatFails_failsAtCredentialsWithItsExitCode() {
        Map<String, String> variables = encrypted.healthy();
        variables.remove("DB_PASSWORD");
        variables.put("DB_PASSWORD_COMMAND", "false");

        Run run = DoctorServer.doctor(variables);

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).containsExactly("credentials");
        assertThat(stages.result("credentials"))
                .contains("DB_PASSWORD_COMMAND failed: the program ended with exit code 1");
    }

    @Test
    void client_noMatchingRule_failsAtAuthentication() {
        try (PostgresServer server = PostgresServer.builder()
                .tls(DoctorServer.AUTHORITY.server("127.0.0.1"))
                .hba("hostssl all postgres all scram-sha-256")
                .start()) {
            DoctorServer.found(
                    encrypted.to("127.0.0.1", server.port()),
                    "authentication",
                    "not_admitted",
                    "pg_hba.conf",
                    "Add a line for this client to pg_hba.conf.");
        }
    }

    @Test
    void database_thatDoesNotExist_failsAtDatabase() {
        DoctorJson stages = DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_NAME", "shops"),
                "database",
                "no_such_database",
                "shops",
                "Correct DB_NAME, or create the database.");

        assertThat(stages.status("authentication")).isEqualTo("ok");
    }

    @Test
    void role_withNoConnectionLeft_failsAtHeadroom() throws Exception {
        encrypted.server().createRole("busy", DoctorServer.PASSWORD);
        encrypted.server().execute("ALTER ROLE busy CONNECTION LIMIT 0");

        DoctorJson stages = DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_USER", "busy"),
                "headroom",
                "too_many_connections",
                "too many connections for role",
                "Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT), or lower DB_MAXIMUM_POOL_SIZE.");

        assertThat(stages.codes("not_tested")).contains("database", "role", "round_trip");
    }

    @Test
    void server_thatShutsDown_failsAtAuthentication() throws Exception {
        Connection open;
        try (PostgresServer server = PostgresServer.builder()
                .tls(DoctorServer.AUTHORITY.server("127.0.0.1"))
                .start()) {
            open = server.connect("postgres");
            assertThat(open.isValid(1)).isTrue();
            String data = server.query("SHOW data_directory").get(0);
            long postmaster = Long.parseLong(
                    Files.readAllLines(Path.of(data, "postmaster.pid")).get(0));
            // a smart shutdown waits for the open session and refuses new ones
            ProcessHandle.of(postmaster).orElseThrow().destroy();

            Await.until(Duration.ofSeconds(60), () -> "starting_up"
                    .equals(failureOf(DoctorServer.doctor(encrypted.to("127.0.0.1", server.port())))));
            DoctorServer.found(
                    encrypted.to("127.0.0.1", server.port()),
                    "authentication",
                    "starting_up",
                    "shutting down",
                    "Wait until the server is ready. If DB_STARTUP_TIMEOUT is set, opening the database waits.");
        }
        // after the server: if this session ended first, the smart shutdown would complete before the server is stopped
        open.close();
    }

    private static String failureOf(Run run) {
        DoctorJson stages = DoctorJson.of(run);
        return stages.codes("failed").isEmpty()
                ? ""
                : stages.failure(stages.codes("failed").get(0));
    }

    @Test
    void server_ofTheWrongRole_failsOnlyAtRole() {
        DoctorJson stages = DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_TARGET_SERVER_TYPE", "standby"),
                "role",
                "wrong_server_role",
                "primary, but targetServerType is standby",
                "Add a server of that type to DB_HOST, or change DB_TARGET_SERVER_TYPE.");

        assertThat(stages.status("round_trip")).isEqualTo("ok");
    }

    @Test
    void login_withAMethodThatIsNotAllowed_failsAtAuthentication() {
        DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_REQUIRE_AUTH", "md5"),
                "authentication",
                "other",
                "it requested a SCRAM login, and requireAuth is md5",
                "Use a permitted method on the server or pooler, or set DB_REQUIRE_AUTH to md5,scram-sha-256.");
    }

    @Test
    void pools_thatExceedTheLimit_failAtHeadroom() {
        Run run = DoctorServer.doctor(encrypted.healthy(), "--instances", "4");

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly("headroom");
        assertThat(stages.result("headroom")).contains("4 instances with up to 10 connections each need 40");
        assertThat(stages.fix("headroom"))
                .isEqualTo("Raise max_connections on the server, or lower DB_MAXIMUM_POOL_SIZE to 6 or less.");
    }

    @Test
    void servers_ofAList_areCheckedOneByOne() {
        int nobody = FreePort.find();
        Map<String, String> variables =
                encrypted.to("127.0.0.1,localhost", encrypted.server().port());
        variables.put("DB_PORT", nobody + "," + encrypted.server().port());

        Run run = DoctorServer.doctor(variables);

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).containsExactly("tcp");
        assertThat(stages.stage("tcp").get("server").getAsString()).isEqualTo("127.0.0.1:" + nobody);
        assertThat(stages.stage("round_trip").get("server").getAsString())
                .isEqualTo("localhost:" + encrypted.server().port());
    }

    @Test
    void standby_ofAServiceThatWrites_isAWarning() {
        try (PostgresServer primary = PostgresServer.start();
                PostgresServer standby = primary.standby()) {
            Map<String, String> variables = new HashMap<>(Map.of(
                    "DB_HOST", "127.0.0.1",
                    "DB_PORT", Integer.toString(standby.port()),
                    "DB_NAME", "postgres",
                    "DB_USER", "postgres",
                    "DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD));

            DoctorJson stages = DoctorJson.of(DoctorServer.doctor(variables));

            assertThat(stages.status("role")).isEqualTo("warning");
            assertThat(stages.result("role")).startsWith("standby").contains("writes fail here (SQLSTATE 25006)");

            variables.put("DB_HOST", "127.0.0.1,127.0.0.1");
            variables.put("DB_PORT", standby.port() + "," + primary.port());
            variables.put("DB_READER_HOST", "localhost");
            variables.put("DB_READER_PORT", Integer.toString(standby.port()));
            Run list = DoctorServer.doctor(variables);

            assertThat(DoctorJson.of(list).codes("failed")).as(list.out()).isEmpty();
            assertThat(list.out())
                    .contains("but targetServerType is read-write; another server of the list is used")
                    .containsPattern("standby, \\d+ ms behind, matches targetServerType prefer-standby");
        }
    }

    @Test
    void schema_thatIsMissing_failsAtDatabase() {
        DoctorServer.found(
                DoctorServer.with(encrypted.healthy(), "DB_SCHEMA", "ledgr"),
                "database",
                "no_such_schema",
                "there is no schema 'ledgr'",
                "Create it, or check DB_SCHEMA.");
    }

    @Test
    void doctor_onATerminal_isReadable() {
        for (Terminal terminal :
                List.of(new Terminal(true, Ansi.ON, 80), new Terminal(true, Ansi.OFF, 160), Terminal.PIPE)) {
            Run run = Run.on(terminal, encrypted.healthy(), "doctor");

            String text = run.out().replaceAll("\u001b\\[[0-9;]*m", "");
            assertThat(text).contains("OK: database 'default' works.").doesNotContain(DoctorServer.PASSWORD);
            if (terminal.isBounded()) {
                assertThat(text.lines()).allMatch(line -> line.length() <= terminal.width());
            }
        }
    }

    @Test
    void instances_lessThanOne_areWrongUsage() {
        Run run = Run.piped(encrypted.healthy(), "doctor", "--instances", "0");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).startsWith("--instances must be 1 or more, not 0");
    }
}
