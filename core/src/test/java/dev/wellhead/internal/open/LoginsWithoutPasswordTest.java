package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Client certificates and trust instead of passwords, on a server with a method for each role. */
class LoginsWithoutPasswordTest {

    private static final CertificateAuthority CLIENTS = CertificateAuthority.create("Client CA");
    private static final IssuedCertificate CERTIFIED = CLIENTS.client("certified");

    private static PostgresServer server = PostgresServer.shared();

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder()
                .tls(CertificateAuthority.create("Our CA").server("localhost"))
                .clientAuthority(CLIENTS)
                .hba(
                        "hostssl all certified all cert",
                        "host all trusted all trust",
                        "host all plain all password",
                        "host all all all scram-sha-256")
                .start();
        server.execute("create role certified login", "create role trusted login", "create role plain login");
        server.createRole("scram", "pw");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void open_certificateWithoutAnyPassword_logsIn() throws SQLException {
        assertThat(user(certified("certified"))).isEqualTo("certified");
    }

    @Test
    void open_explicitCertificate_logsIn() throws SQLException {
        Map<String, String> environment = certified("certified");
        environment.put("DB_AUTH", "certificate");
        environment.put("PGPASSWORD", "not used");

        assertThat(user(environment)).isEqualTo("certified");
    }

    @Test
    void open_noPasswordOnATrustedConnection_logsIn() throws SQLException {
        Map<String, String> environment = environment("trusted");
        environment.put("DB_AUTH", "none");

        assertThat(user(environment)).isEqualTo("trusted");
    }

    @Test
    void open_serverThatAsksForAPassword_isExplainedAndNothingIsSent() {
        Map<String, String> environment = environment("scram");
        environment.put("DB_AUTH", "none");

        ConnectionFailedException failure = failure(environment);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(String.valueOf(failure.getMessage()).lines())
                .containsExactly(
                        "Cannot connect to 127.0.0.1:" + server.port()
                                + ": it requested the password of user 'scram', but auth is 'none', so there is none"
                                + " (DB_USER, DB_AUTH).",
                        "  From: user (environment variable DB_USER); auth (environment variable DB_AUTH)",
                        "  Set DB_PASSWORD, or another source of the password.",
                        "  Or let the server permit this login without a password (method trust in pg_hba.conf).");
    }

    @Test
    void open_serverThatAsksForAClearTextPassword_getsNone() {
        ConnectionFailedException failure = failure(certified("plain"));

        assertThat(failure.getMessage())
                .contains(
                        "it requested the password of user 'plain', but auth is 'certificate', so there is none (DB_USER,"
                                + " DB_SSLCERT).")
                .contains("auth (follows from DB_SSLKEY)");
    }

    private static Map<String, String> certified(String user) {
        Map<String, String> environment = environment(user);
        environment.put("DB_SSLCERT", CERTIFIED.certificatePem());
        environment.put("DB_SSLKEY", CERTIFIED.keyPem());
        return environment;
    }

    private static Map<String, String> environment(String user) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", server.host());
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", user);
        environment.put("DB_MAXIMUM_POOL_SIZE", "1");
        return environment;
    }

    private static String user(Map<String, String> environment) throws SQLException {
        try (Database database = Databases.open(Databases.resolve(environment));
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }

    private static ConnectionFailedException failure(Map<String, String> environment) {
        return catchThrowableOfType(
                ConnectionFailedException.class, () -> Databases.open(Databases.resolve(environment)));
    }
}
