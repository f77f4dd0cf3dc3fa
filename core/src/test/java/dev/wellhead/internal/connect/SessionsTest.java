package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of a session, the methods of authentication, and cancelling a statement. */
class SessionsTest {

    private final PostgresServer server = PostgresServer.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_APPLICATION_NAME                    | ledger@host-1 | application_name                    | ledger@host-1
            DB_STATEMENT_TIMEOUT                   | 1500ms        | statement_timeout                   | 1500ms
            DB_LOCK_TIMEOUT                        | 2s            | lock_timeout                        | 2s
            DB_IDLE_IN_TRANSACTION_SESSION_TIMEOUT | 1m            | idle_in_transaction_session_timeout | 1min
            DB_READ_ONLY                           | true          | default_transaction_read_only       | on
            DB_SCHEMA                              | Ledger,public | search_path                         | "Ledger", "public"
            DB_OPTIONS                             | -c work_mem=8MB | work_mem                          | 8MB
            DB_TIME_ZONE                           | Asia/Tokyo    | TimeZone                            | Asia/Tokyo
            DB_OPTIONS                             | -c timezone=Asia/Tokyo | TimeZone                   | Asia/Tokyo
            """)
    void open_withASessionSetting_startsTheSessionWithIt(String variable, String value, String name, String shown)
            throws SQLException {
        try (Connection connection =
                Connecting.to(server).with(variable, value).connector().open(Connecting.BUDGET)) {
            assertThat(one(connection, "SHOW " + name)).isEqualTo(shown);
        }
    }

    @ParameterizedTest
    @CsvSource({"default, false", "UTC, true"})
    void open_timeZone_isSentUnlessItIsThatOfTheServer(String zone, boolean sent) throws SQLException {
        try (Connection connection =
                Connecting.to(server).with("DB_TIME_ZONE", zone).connector().open(Connecting.BUDGET)) {
            assertThat(one(connection, "SELECT source = 'client' FROM pg_settings WHERE name = 'TimeZone'"))
                    .isEqualTo(sent ? "t" : "f");
        }
    }

    @Test
    void open_timeZoneThatTheServerDoesNotHave_namesTheSetting() {
        assertThat(Connecting.to(server).with("DB_TIME_ZONE", "Mars/Olympus").failureMessage())
                .isEqualTo("Cannot connect to 127.0.0.1:" + server.port()
                        + ": it refused the session: invalid value for parameter \"TimeZone\": \"Mars/Olympus\" (DB_TIME_ZONE)."
                        + "|  From: timeZone (environment variable DB_TIME_ZONE)"
                        + "|  Set DB_TIME_ZONE to a name in the server's view pg_timezone_names, such as UTC.");
    }

    @ParameterizedTest
    @CsvSource({"require, postgres", "prefer, postgres", "allow, postgres"})
    void open_timeZoneOverTls_startsTheSessionWithIt(String mode, String negotiation) throws SQLException {
        try (PostgresServer tls = PostgresServer.builder()
                        .tls(CertificateAuthority.create("Our CA").server("localhost"))
                        .start();
                Connection connection = Connecting.to(tls)
                        .with("DB_SSLMODE", mode)
                        .with("DB_SSLNEGOTIATION", negotiation)
                        .with("DB_TIME_ZONE", "Asia/Tokyo")
                        .connector()
                        .open(Connecting.BUDGET)) {
            assertThat(one(connection, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
            // the driver converts with the time zone that the server reports
            assertThat(one(connection, "SELECT timestamptz '2026-01-01 00:00Z'"))
                    .isEqualTo("2026-01-01 09:00:00+09");
        }
    }

    /** By default the driver binds a string as varchar, which the server does not convert to other types. */
    @Test
    void open_withAPropertyOfTheDriver_passesItOn() throws SQLException {
        try (Connection connection = Connecting.to(server)
                        .with("DB_DRIVER_STRINGTYPE", "unspecified")
                        .connector()
                        .open(Connecting.BUDGET);
                PreparedStatement next = connection.prepareStatement("SELECT 1 + ?")) {
            next.setString(1, "41");
            try (ResultSet answer = next.executeQuery()) {
                answer.next();
                assertThat(answer.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void open_optionsThatRepeatASetting_takePrecedence() throws SQLException {
        try (Connection connection = Connecting.to(server)
                .with("DB_STATEMENT_TIMEOUT", "1s")
                .with("DB_OPTIONS", "-c statement_timeout=7s")
                .connector()
                .open(Connecting.BUDGET)) {
            assertThat(one(connection, "SHOW statement_timeout")).isEqualTo("7s");
        }
    }

    @Test
    void open_withEverySessionSetting_runsNoQuery() throws SQLException {
        try (PostgresServer telling = PostgresServer.builder()
                .setting("log_statement", "all")
                .setting("log_line_prefix", "<%a> ")
                .start()) {
            try (Connection connection = Connecting.to(telling)
                    .with("DB_APPLICATION_NAME", "counted")
                    .with("DB_SCHEMA", "public")
                    .with("DB_STATEMENT_TIMEOUT", "5s")
                    .with("DB_LOCK_TIMEOUT", "5s")
                    .with("DB_READ_ONLY", "true")
                    .with("DB_TARGET_SERVER_TYPE", "primary")
                    .connector()
                    .open(Connecting.BUDGET)) {
                assertThat(one(connection, "SELECT 4711")).isEqualTo("4711");
            }

            assertThat(telling.log().lines().filter(line -> line.startsWith("<counted>")))
                    .containsExactly("<counted> LOG:  execute <unnamed>: SELECT 4711");
        }
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("scram-sha-256", "scram-sha-256", "connected"),
                Arguments.of("md5", "md5", "connected"),
                Arguments.of("password", "password", "connected"),
                Arguments.of("trust", "none", "connected"),
                Arguments.of("password", "scram-sha-256", "other"),
                Arguments.of("trust", "!none", "other"),
                Arguments.of("reject", "", "not_admitted"));
    }

    @ParameterizedTest(name = "server requests {0}, client allows {1}: {2}")
    @MethodSource("methods")
    void open_everyMethodOfAuthentication_isUsedIfAllowed(String method, String allowed, String outcome)
            throws SQLException {
        try (PostgresServer asking = PostgresServer.builder()
                .hba("host all all all " + method)
                .setting("password_encryption", method.equals("md5") ? "md5" : "scram-sha-256")
                .start()) {
            asking.createRole("app", "app-password");
            Connecting connecting = Connecting.to(asking).with(CredentialsProvider.fixed("app", "app-password"));
            if (!allowed.isEmpty()) {
                connecting.with("DB_REQUIRE_AUTH", allowed);
            }

            assertThat(connecting.outcome().replace("none", "connected")).isEqualTo(outcome);
        }
    }

    @Test
    void open_methodThatIsNotAllowed_namesTheSetting() {
        try (PostgresServer asking =
                PostgresServer.builder().hba("host all all all password").start()) {
            assertThat(Connecting.to(asking)
                            .with("DB_REQUIRE_AUTH", "scram-sha-256")
                            .failureMessage())
                    .isEqualTo("Cannot connect to 127.0.0.1:" + asking.port()
                            + ": it requested a password in clear text, and requireAuth is scram-sha-256 (DB_REQUIRE_AUTH, DB_SSLMODE)."
                            + "|  From: requireAuth (environment variable DB_REQUIRE_AUTH);"
                            + " sslmode (environment variable DB_SSLMODE)"
                            + "|  Use a permitted method on the server or pooler, or set DB_REQUIRE_AUTH to"
                            + " scram-sha-256,password.");
        }
    }

    @Test
    void open_channelBindingRequired_rejectsOtherLogins() throws SQLException {
        try (PostgresServer tls = PostgresServer.builder()
                .tls(CertificateAuthority.create("Our CA").server("localhost"))
                .start()) {
            Connecting bound =
                    Connecting.to(tls).with("DB_CHANNEL_BINDING", "require").with("DB_SSLMODE", "require");

            assertThat(bound.outcome()).isEqualTo("TLSv1.3");

            tls.hba("host all all all password");
            assertThat(bound.outcome()).isEqualTo("other");
        }
    }

    @ParameterizedTest
    @CsvSource({"disable", "require"})
    void cancel_aRunningStatement_endsIt(String mode) throws SQLException {
        try (PostgresServer tls = PostgresServer.builder()
                        .tls(CertificateAuthority.create("Our CA").server("localhost"))
                        .start();
                Connection connection =
                        Connecting.to(tls).with("DB_SSLMODE", mode).connector().open(Connecting.BUDGET);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException cancelled =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(300)"));

            assertThat(cancelled.getSQLState()).isEqualTo("57014");
            assertThat(connection.isValid(2)).isTrue();
        }
    }

    @Test
    void closeAndAbort_repeated_notifyTheListenerOnce() throws SQLException {
        Connecting connecting = Connecting.to(server);
        Connector connector = connecting.connector();

        Connection first = connector.open(Connecting.BUDGET);
        first.close();
        first.close();
        Connection second = connector.open(Connecting.BUDGET);
        second.abort(Runnable::run);
        second.close();

        assertThat(connecting.events().recorded())
                .containsExactly(
                        "opened generation 1 tls none",
                        "closed generation 1",
                        "opened generation 1 tls none",
                        "closed generation 1");
    }

    @Test
    void url_ofAConnection_containsOnlyServerAndDatabase() throws SQLException {
        try (Connection connection =
                Connecting.to(server).with("DB_HOST", "localhost").connector().open(Connecting.BUDGET)) {
            assertThat(connection.getMetaData().getURL())
                    .isEqualTo("jdbc:postgresql://localhost:" + server.port() + "/postgres");
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
