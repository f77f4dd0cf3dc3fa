package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Causes each class of failure on a real server, and checks its stage and its fix. */
class DoctorTest {

    private static final String PASSWORD = "Vq4-unmistakable-7w";

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");

    @TempDir
    static Path directory;

    private static PostgresServer encrypted;
    private static PostgresServer plain;

    @BeforeAll
    static void start() {
        encrypted = PostgresServer.builder()
                .tls(AUTHORITY.server("localhost", "127.0.0.1"))
                .setting("max_connections", "30")
                .start();
        encrypted.createRole("app", PASSWORD);
        encrypted.createDatabase("shop", "app");
        plain = PostgresServer.shared();
        AUTHORITY.writeTo(directory.resolve("root.crt"));
        CertificateAuthority.create("Other CA").writeTo(directory.resolve("other.crt"));
    }

    @AfterAll
    static void stop() {
        encrypted.close();
    }

    private static Map<String, String> to(String host, int port) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "production");
        variables.put("DB_HOST", host);
        variables.put("DB_PORT", Integer.toString(port));
        variables.put("DB_NAME", "shop");
        variables.put("DB_USER", "app");
        variables.put("DB_PASSWORD", PASSWORD);
        variables.put("DB_SSLROOTCERT", directory.resolve("root.crt").toString());
        variables.put("DB_CONNECT_TIMEOUT", "1s");
        return variables;
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        variables.put(name, value);
        return variables;
    }

    private static Map<String, String> healthy() {
        return to("localhost", encrypted.port());
    }

    private static Run doctor(Map<String, String> variables, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "doctor";
        arguments[1] = "--json";
        System.arraycopy(more, 0, arguments, 2, more.length);
        Run run = Run.piped(variables, arguments);
        assertThat(run.out() + run.err()).doesNotContain(PASSWORD).doesNotContain("unmistakable");
        return run;
    }

    private static DoctorJson found(
            Map<String, String> variables, String stage, String failure, String what, String fix) {
        Run run = doctor(variables);
        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly(stage);
        assertThat(stages.failure(stage)).isEqualTo(failure);
        assertThat(stages.result(stage)).contains(what);
        assertThat(stages.fix(stage)).isEqualTo(fix);
        assertThat(run.code()).isEqualTo(1);
        return stages;
    }

    @Test
    void doctor_ofAHealthyDatabase_passesEveryStage() {
        Run run = doctor(healthy());

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
        Map<String, String> variables = with(healthy(), "DB_SSLMODE", "yes");

        DoctorJson stages = found(
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
    void name_thatDoesNotResolve_failsAtDns() {
        DoctorJson stages = found(
                to("db.invalid", 5432),
                "dns",
                "name_not_resolved",
                "the host name does not resolve. From: host (environment variable DB_HOST)",
                "Check DB_HOST, and that the DNS server of this machine resolves the name.");

        assertThat(stages.codes("not_tested")).startsWith("tcp", "tls", "authentication", "database");
    }

    @Test
    void port_nothingListens_failsAtTcp() {
        DoctorJson stages = found(
                to("127.0.0.1", FreePort.find()),
                "tcp",
                "refused",
                "nothing listens on this port.",
                "Check DB_HOST and DB_PORT, and that the server is running and listens on this address (listen_addresses).");

        assertThat(stages.status("dns")).isEqualTo("ok");
        assertThat(stages.codes("not_tested")).startsWith("tls", "authentication", "database");
    }

    @Test
    void address_thatNeverAnswers_failsAtTcp() {
        try (BlackHole hole = BlackHole.open()) {
            found(
                    to(hole.host(), hole.port()),
                    "tcp",
                    "timed_out",
                    "the address does not answer within",
                    "Check DB_HOST and DB_PORT. A firewall or security group that drops packets has the same effect.");
        }
    }

    @Test
    void server_thatNeverAnswers_failsAtTcp() {
        try (FaultProxy proxy = FaultProxy.to(encrypted)) {
            proxy.blackHole();

            found(
                    to("127.0.0.1", proxy.port()),
                    "tcp",
                    "timed_out",
                    "it accepted the connection but sent nothing within",
                    "Check that DB_PORT is the port of a PostgreSQL server. If the server is slow, raise DB_CONNECT_TIMEOUT.");
        }
    }

    @Test
    void proxy_withNoServerBehindIt_failsAtTcp() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", FreePort.find())) {
            found(
                    to("127.0.0.1", proxy.port()),
                    "tcp",
                    "network",
                    "",
                    "Check the server's log, and every proxy and load balancer between this machine and the server.");
        }
    }

    @Test
    void server_thatSpeaksHttp_failsAtTcp() throws IOException {
        try (ServerSocket httpServer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerHttp(httpServer), "httpServer");
            thread.setDaemon(true);
            thread.start();

            found(
                    to("127.0.0.1", httpServer.getLocalPort()),
                    "tcp",
                    "not_postgresql",
                    "the answer is HTTP, not PostgreSQL's protocol.",
                    "Check DB_HOST and DB_PORT.");
        }
    }

    private static void answerHttp(ServerSocket httpServer) {
        try {
            while (!httpServer.isClosed()) {
                try (Socket socket = httpServer.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Test
    void server_withoutTls_failsAtTls() {
        found(
                to("127.0.0.1", plain.port()),
                "tls",
                "tls_not_supported",
                "it does not support TLS, and the SSL mode is verify-full.",
                "Enable TLS on the server (ssl = on). Environment 'production' requires it.");
    }

    @Test
    void certificate_ofAnotherAuthority_failsAtTls() {
        String other = directory.resolve("other.crt").toString();

        DoctorJson stages = found(
                with(healthy(), "DB_SSLROOTCERT", other),
                "tls",
                "tls_untrusted",
                "its certificate was issued by 'CN=Test CA', which is not trusted.",
                "Trusted: root certificate file " + other
                        + ". Set DB_SSLROOTCERT to the root certificate of the authority that issued it.");

        assertThat(stages.codes("ok")).containsExactly("settings", "credentials", "dns", "tcp");
        assertThat(stages.codes("not_tested")).startsWith("authentication", "database");
    }

    @Test
    void certificate_forAnotherName_failsAtTls() {
        try (PostgresServer server =
                PostgresServer.builder().tls(AUTHORITY.server("db.internal")).start()) {
            found(
                    to("127.0.0.1", server.port()),
                    "tls",
                    "tls_wrong_host_name",
                    "its certificate is for db.internal, not for '127.0.0.1'.",
                    "Set DB_HOST to a name in the certificate, or give the server a certificate for this name.");
        }
    }

    @Test
    void certificate_thatExpired_failsAtTls() {
        try (PostgresServer server = PostgresServer.builder()
                .tls(AUTHORITY.expiredServer("127.0.0.1"))
                .start()) {
            found(
                    to("127.0.0.1", server.port()),
                    "tls",
                    "tls_expired",
                    "its certificate expired on ",
                    "Renew the certificate, or correct the clock of this machine.");
        }
    }

    @Test
    void rootCertificate_thatIsNotACertificate_failsAtTls() throws IOException {
        Path file = Files.writeString(directory.resolve("empty.crt"), "nothing\n");

        found(
                with(healthy(), "DB_SSLROOTCERT", file.toString()),
                "tls",
                "tls_failed",
                "the root certificate file " + file,
                "Check DB_SSLROOTCERT.");
    }

    @Test
    void password_thatIsWrong_failsAtAuthentication() {
        DoctorJson stages = found(
                with(healthy(), "DB_PASSWORD", PASSWORD + "x"),
                "authentication",
                "credentials_refused",
                "From: user (environment variable DB_USER); password (environment variable DB_PASSWORD)",
                "Check the user and the password, and that the server has the same password.");

        assertThat(stages.status("tls")).isEqualTo("ok");
        assertThat(stages.codes("not_tested")).startsWith("database", "role");
    }

    @Test
    void passwordFile_thatDoesNotExist_failsAtCredentials() {
        Map<String, String> variables = healthy();
        variables.remove("DB_PASSWORD");
        variables.put("DB_PASSWORD_FILE", directory.resolve("none").toString());

        Run run = doctor(variables);

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).containsExactly("credentials");
        assertThat(stages.failure("credentials")).isEqualTo("credentials_unavailable");
        assertThat(stages.result("credentials")).contains("DB_PASSWORD_FILE");
        assertThat(stages.fix("credentials")).isNotEmpty();
        assertThat(stages.codes("not_tested")).startsWith("dns", "tcp", "tls");
    }

    @Test
    void client_noMatchingRule_failsAtAuthentication() {
        try (PostgresServer server = PostgresServer.builder()
                .tls(AUTHORITY.server("127.0.0.1"))
                .hba("hostssl all postgres all scram-sha-256")
                .start()) {
            found(
                    to("127.0.0.1", server.port()),
                    "authentication",
                    "not_admitted",
                    "pg_hba.conf",
                    "Add a line for this client to pg_hba.conf.");
        }
    }

    @Test
    void database_thatDoesNotExist_failsAtDatabase() {
        DoctorJson stages = found(
                with(healthy(), "DB_NAME", "shops"),
                "database",
                "no_such_database",
                "shops",
                "Check DB_NAME, or create the database.");

        assertThat(stages.status("authentication")).isEqualTo("ok");
    }

    @Test
    void role_withNoConnectionLeft_failsAtHeadroom() throws Exception {
        encrypted.createRole("busy", PASSWORD);
        encrypted.execute("ALTER ROLE busy CONNECTION LIMIT 0");

        DoctorJson stages = found(
                with(healthy(), "DB_USER", "busy"),
                "headroom",
                "too_many_connections",
                "too many connections for role",
                "Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT), or lower DB_MAXIMUM_POOL_SIZE.");

        assertThat(stages.codes("not_tested")).contains("database", "role", "round_trip");
    }

    @Test
    void server_thatShutsDown_failsAtAuthentication() throws Exception {
        Connection open;
        try (PostgresServer server =
                PostgresServer.builder().tls(AUTHORITY.server("127.0.0.1")).start()) {
            open = server.connect("postgres");
            assertThat(open.isValid(1)).isTrue();
            String data = server.query("SHOW data_directory").get(0);
            long postmaster = Long.parseLong(
                    Files.readAllLines(Path.of(data, "postmaster.pid")).get(0));
            // a smart shutdown waits for the open session and refuses new ones
            ProcessHandle.of(postmaster).orElseThrow().destroy();

            Await.until(Duration.ofSeconds(10), () -> "starting_up"
                    .equals(failureOf(doctor(to("127.0.0.1", server.port())))));
            found(
                    to("127.0.0.1", server.port()),
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
        DoctorJson stages = found(
                with(healthy(), "DB_TARGET_SERVER_TYPE", "standby"),
                "role",
                "wrong_server_role",
                "primary, but targetServerType is standby",
                "Add a server of that type to DB_HOST, or change DB_TARGET_SERVER_TYPE.");

        assertThat(stages.status("round_trip")).isEqualTo("ok");
    }

    @Test
    void login_withAMethodThatIsNotAllowed_failsAtAuthentication() {
        found(
                with(healthy(), "DB_REQUIRE_AUTH", "md5"),
                "authentication",
                "other",
                "it requested a SCRAM login, and requireAuth is md5",
                "Use a permitted method on the server or pooler, or set DB_REQUIRE_AUTH to md5,scram-sha-256.");
    }

    @Test
    void pools_thatExceedTheLimit_failAtHeadroom() {
        Run run = doctor(healthy(), "--instances", "4");

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly("headroom");
        assertThat(stages.result("headroom")).contains("4 instances with up to 10 connections each need 40");
        assertThat(stages.fix("headroom"))
                .isEqualTo("Raise max_connections on the server, or lower DB_MAXIMUM_POOL_SIZE to 6 or less.");
    }

    @Test
    void servers_ofAList_areCheckedOneByOne() {
        int nobody = FreePort.find();
        Map<String, String> variables = to("127.0.0.1,localhost", encrypted.port());
        variables.put("DB_PORT", nobody + "," + encrypted.port());

        Run run = doctor(variables);

        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).containsExactly("tcp");
        assertThat(stages.stage("tcp").get("server").getAsString()).isEqualTo("127.0.0.1:" + nobody);
        assertThat(stages.stage("round_trip").get("server").getAsString()).isEqualTo("localhost:" + encrypted.port());
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

            DoctorJson stages = DoctorJson.of(doctor(variables));

            assertThat(stages.status("role")).isEqualTo("warning");
            assertThat(stages.result("role")).startsWith("standby").contains("writes fail here (SQLSTATE 25006)");
        }
    }

    @Test
    void schema_thatIsMissing_failsAtDatabase() {
        found(
                with(healthy(), "DB_SCHEMA", "ledgr"),
                "database",
                "no_such_schema",
                "there is no schema 'ledgr'",
                "Create it, or check DB_SCHEMA.");
    }

    @Test
    void doctor_onATerminal_isReadable() {
        for (Terminal terminal :
                List.of(new Terminal(true, Ansi.ON, 80), new Terminal(true, Ansi.OFF, 160), Terminal.PIPE)) {
            Run run = Run.on(terminal, healthy(), "doctor");

            String text = run.out().replaceAll("\u001b\\[[0-9;]*m", "");
            assertThat(text).contains("The database works.").doesNotContain(PASSWORD);
            if (terminal.isBounded()) {
                assertThat(text.lines()).allMatch(line -> line.length() <= terminal.width());
            }
        }
    }

    @Test
    void instances_lessThanOne_areWrongUsage() {
        Run run = Run.piped(healthy(), "doctor", "--instances", "0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("--instances must be 1 or more, not 0");
    }
}
