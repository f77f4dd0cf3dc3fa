package dev.wellhead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @Test
    void sharedServer_roleWithItsOwnDatabase_logsInWithScramAndCreatesTables() throws Exception {
        PostgresServer server = PostgresServer.shared();
        server.createRole("owner of \"it\"", "päss'word");
        server.createDatabase("it", "owner of \"it\"");

        try (Connection connection = login(server, "it", "owner of \"it\"", "päss'word")) {
            connection.createStatement().execute("create table t (i int)");
        }

        assertThat(server.query("show server_version").get(0)).startsWith("16.");
        assertThat(server.query("select rolpassword from pg_authid where rolname = 'owner of \"it\"'"))
                .allMatch(verifier -> verifier.startsWith("SCRAM-SHA-256$"));
    }

    @Test
    void sharedServer_wrongPassword_isRefused() {
        assertThatThrownBy(() -> login(PostgresServer.shared(), "postgres", "postgres", "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void setPassword_ofAnExistingRole_acceptsOnlyTheNewPassword() throws Exception {
        PostgresServer server = PostgresServer.shared();
        server.createRole("rotated", "first");
        server.setPassword("rotated", "second");

        assertThatThrownBy(() -> login(server, "postgres", "rotated", "first")).isInstanceOf(SQLException.class);
        login(server, "postgres", "rotated", "second").close();
    }

    @Test
    void server_tlsRulesAndSettings_surviveRestartAndNewRules(@TempDir Path directory) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        try (PostgresServer server = PostgresServer.builder()
                .tls(authority.server("localhost", "127.0.0.1"))
                .hba("hostssl all all all scram-sha-256")
                .setting("max_connections", "20")
                .setting("log_line_prefix", "%m it's [%p] ")
                .start()) {
            int port = server.port();
            Properties tls = user("postgres", PostgresServer.SUPERUSER_PASSWORD);
            tls.setProperty("sslmode", "verify-full");
            tls.setProperty(
                    "sslrootcert",
                    authority.writeTo(directory.resolve("ca.pem")).toString());
            DriverManager.getConnection(server.jdbcUrl(), tls).close();
            assertThat(server.query("show max_connections")).containsExactly("20");

            Properties plain = user("postgres", PostgresServer.SUPERUSER_PASSWORD);
            plain.setProperty("sslmode", "disable");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), plain))
                    .hasMessageContaining("no pg_hba.conf entry");

            server.stop();
            assertThatThrownBy(() -> login(server, "postgres", "postgres", PostgresServer.SUPERUSER_PASSWORD))
                    .isInstanceOf(SQLException.class);
            server.restart();
            assertThat(server.port()).isEqualTo(port);

            server.hba("hostnossl all all all scram-sha-256");
            DriverManager.getConnection(server.jdbcUrl(), plain).close();
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), tls))
                    .hasMessageContaining("no pg_hba.conf entry");
        }
    }

    @Test
    void standby_ofARunningServer_replicatesItAndIsWritableAfterPromotion() {
        try (PostgresServer primary = PostgresServer.start()) {
            primary.execute("create table followed (i int)");
            try (PostgresServer standby = primary.standby()) {
                assertThat(standby.query("select pg_is_in_recovery()")).containsExactly("t");
                primary.execute("insert into followed values (1)");
                Await.until(Duration.ofSeconds(60), () -> !standby.query("select i from followed")
                        .isEmpty());

                standby.promote();
                standby.execute("insert into followed values (2)");
                assertThat(standby.query("select pg_is_in_recovery()")).containsExactly("f");
            }
        }
    }

    @Test
    void start_withAnInvalidSetting_failsWithTheLog() {
        assertThatThrownBy(() -> PostgresServer.builder()
                        .setting("max_connections", "many")
                        .start())
                .hasMessageContaining("invalid value for parameter \"max_connections\": \"many\"");
    }

    @Test
    void close_calledTwice_hasNoEffect() {
        PostgresServer server = PostgresServer.start();
        server.close();
        server.close();
        assertThat(server.toString()).isEqualTo("PostgresServer[127.0.0.1:" + server.port() + "]");
    }

    private static Connection login(PostgresServer server, String database, String user, String password)
            throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), user(user, password));
    }

    private static Properties user(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }
}
