package dev.wellhead.cli.doctor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The stages that need a session, on a real server with roles, databases and limits of their own. */
class SessionStagesTest {

    private static final String PASSWORD = "session-stages";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        server.createRole("limited", PASSWORD);
        server.createDatabase("stages", "limited");
        server.execute("ALTER ROLE limited CONNECTION LIMIT 12");
        server.createRole("guest", PASSWORD);
        server.execute("REVOKE TEMPORARY ON DATABASE stages FROM PUBLIC");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect(String user) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/stages";
        return DriverManager.getConnection(
                url, user, user.equals("postgres") ? PostgresServer.SUPERUSER_PASSWORD : PASSWORD);
    }

    private static DatabaseSettings settings(String... more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(server.port()),
                "DB_NAME",
                "stages",
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD));
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return SettingsResolver.resolve(SettingsRequest.of("default", variables));
    }

    private static CheckedSession session(
            Connection connection, TargetServerType target, int instances, Clock clock, String... settings) {
        return new CheckedSession(
                settings(settings), target, new HostAndPort("127.0.0.1", server.port()), connection, instances, clock);
    }

    private static CheckedSession session(Connection connection, String... settings) {
        return session(connection, TargetServerType.ANY, 1, Clock.systemUTC(), settings);
    }

    private static StageResult stage(List<StageResult> results, DoctorStage stage) {
        return results.stream()
                .filter(result -> result.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void privileges_ofTheOwner_includeSchemas() throws Exception {
        try (Connection connection = connect("limited")) {
            StageResult result = PrivilegeCheck.result(session(connection));

            assertThat(result.status()).isEqualTo(StageStatus.OK);
            assertThat(result.text())
                    .isEqualTo("database stages, role limited can create schemas and temporary tables; no table is"
                            + " visible");
            assertThat(result.details())
                    .containsEntry("database", "stages")
                    .containsEntry("user", "limited")
                    .containsEntry("superuser", false);
        }
    }

    @Test
    void privileges_ofAGuest_areOnlyToConnect() throws Exception {
        try (Connection connection = connect("guest")) {
            assertThat(PrivilegeCheck.result(session(connection)).text())
                    .startsWith("database stages, role guest can create no schemas or temporary tables; ");
        }
    }

    @Test
    void tables_thatAreVisible_areCountedInSingularToo() throws Exception {
        try (Connection connection = connect("limited");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE one (id int)");

            assertThat(PrivilegeCheck.result(session(connection)).text()).endsWith("; 1 table is visible");
        }
    }

    @Test
    void superuser_inAStrictEnvironment_isAWarning() throws Exception {
        try (Connection connection = connect("postgres")) {
            StageResult result = PrivilegeCheck.result(session(
                    connection,
                    "ENVIRONMENT",
                    "production",
                    "DB_USER",
                    "postgres",
                    "DB_PASSWORD",
                    "postgres",
                    "DB_SSLMODE",
                    "require"));

            assertThat(result.status()).isEqualTo(StageStatus.WARNING);
            assertThat(result.text()).endsWith("; the role is a superuser");
            assertThat(PrivilegeCheck.result(session(connection)).status())
                    .as("in a local environment")
                    .isEqualTo(StageStatus.OK);
        }
    }

    @Test
    void schema_thatTheRoleCannotUse_fails() throws Exception {
        try (Connection owner = connect("postgres");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS closed");
            try (Connection connection = connect("guest")) {
                StageResult result = PrivilegeCheck.result(session(connection, "DB_SCHEMA", "public,closed"));

                assertThat(result.status()).isEqualTo(StageStatus.FAILED);
                assertThat(requireNonNull(result.failure()).kind()).isEqualTo("schema_not_usable");
                assertThat(result.text()).endsWith("; the role cannot use schema 'closed'");
                assertThat(result.fix()).isEqualTo("GRANT USAGE ON SCHEMA to the role, or check DB_SCHEMA.");
            }
        }
    }

    @Test
    void connectionLimit_ofTheRole_isTheStrictest() throws Exception {
        try (Connection connection = connect("limited")) {
            StageResult fits = ConnectionLimitCheck.result(session(connection));
            assertThat(fits.status()).isEqualTo(StageStatus.OK);
            assertThat(fits.text())
                    .isEqualTo("the role allows 12 connections (0 used, 12 free); 1 instance with up to 10 connections"
                            + " needs 10");

            StageResult exceeds =
                    ConnectionLimitCheck.result(session(connection, TargetServerType.ANY, 3, Clock.systemUTC()));
            assertThat(requireNonNull(exceeds.failure()).kind()).isEqualTo("too_many_connections");
            assertThat(exceeds.text()).endsWith("3 instances with up to 10 connections each need 30");
            assertThat(exceeds.fix())
                    .isEqualTo("Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT), or lower"
                            + " DB_MAXIMUM_POOL_SIZE to 4 or less.");
            assertThat(exceeds.details())
                    .containsEntry("limitOf", "the role")
                    .containsEntry("limit", 12)
                    .containsEntry("wanted", 30L);
        }
    }

    @Test
    void connections_thatOthersUse_areAWarning() throws Exception {
        try (Connection connection = connect("limited");
                Connection one = connect("limited");
                Connection two = connect("limited");
                Connection three = connect("limited")) {
            StageResult result = ConnectionLimitCheck.result(session(connection));

            assertThat(List.of(one, two, three)).allMatch(TestConnections::isOpen);
            assertThat(result.status()).isEqualTo(StageStatus.WARNING);
            assertThat(result.text()).startsWith("the role allows 12 connections (3 used, 9 free)");
        }
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of(TargetServerType.ANY, true),
                Arguments.of(TargetServerType.PRIMARY, true),
                Arguments.of(TargetServerType.READ_WRITE, true),
                Arguments.of(TargetServerType.PREFER_STANDBY, true),
                Arguments.of(TargetServerType.STANDBY, false),
                Arguments.of(TargetServerType.READ_ONLY, false));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void primary_againstTheConfiguredType_matchesOrFails(TargetServerType target, boolean matches) throws Exception {
        try (Connection connection = connect("limited")) {
            StageResult result = ServerRoleCheck.result(session(connection, target, 1, Clock.systemUTC()));

            assertThat(result.isFailed()).isEqualTo(!matches);
            assertThat(result.text())
                    .isEqualTo(
                            matches
                                    ? "primary, matches targetServerType " + target
                                    : "primary, but targetServerType is " + target);
            assertThat(result.details()).containsEntry("role", "primary");
        }
    }

    @Test
    void primary_thatIsReadOnlyByDefault_isNotReadWrite() throws Exception {
        try (Connection connection = connect("limited");
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on");

            StageResult result =
                    ServerRoleCheck.result(session(connection, TargetServerType.READ_WRITE, 1, Clock.systemUTC()));

            assertThat(result.text()).isEqualTo("primary, read-only by default, but targetServerType is read-write");
        }
    }

    @Test
    void pooler_thatIsConfiguredButNotThere_isAWarning() throws Exception {
        try (Connection connection = connect("limited")) {
            StageResult result =
                    stage(CollectedStages.of(session(connection, "DB_POOLER", "pgbouncer")), DoctorStage.POOLER);

            assertThat(result.status()).isEqualTo(StageStatus.WARNING);
            assertThat(result.text())
                    .isEqualTo("no pooler was detected, but pooler is pgbouncer, which turns off prepared statements"
                            + " and session settings");
            assertThat(result.details()).containsEntry("detected", false);
        }
    }

    @Test
    void clock_thatIsAnHourSlow_isAWarning() throws Exception {
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (Connection connection = connect("limited")) {
            StageResult result =
                    stage(CollectedStages.of(session(connection, TargetServerType.ANY, 1, slow)), DoctorStage.CLOCK);

            assertThat(result.status()).isEqualTo(StageStatus.WARNING);
            assertThat(result.text()).contains(" min ").endsWith(" behind the server's clock");
        }
    }

    @Test
    void query_thatTheRoleMayNotRun_isAWarningAndTheOthersStillRun() throws Exception {
        try (Connection admin = connect("postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("REVOKE EXECUTE ON FUNCTION pg_is_in_recovery() FROM PUBLIC");
            try (Connection connection = connect("guest")) {
                List<StageResult> results = CollectedStages.of(session(connection));

                StageResult role = stage(results, DoctorStage.ROLE);
                assertThat(role.status()).isEqualTo(StageStatus.WARNING);
                assertThat(role.text())
                        .isEqualTo("unknown, because a query failed: ERROR: permission denied for function"
                                + " pg_is_in_recovery (SQLSTATE 42501)");
                assertThat(role.fix()).isEqualTo("Check the privileges of the role.");
                assertThat(stage(results, DoctorStage.ROUND_TRIP).status()).isNotEqualTo(StageStatus.NOT_TESTED);
            } finally {
                statement.execute("GRANT EXECUTE ON FUNCTION pg_is_in_recovery() TO PUBLIC");
            }
        }
    }

    /** Connections that have to stay open during a check. */
    private static final class TestConnections {

        private TestConnections() {}

        static boolean isOpen(Connection connection) {
            try {
                return connection.isValid(5);
            } catch (java.sql.SQLException e) {
                return false;
            }
        }
    }
}
