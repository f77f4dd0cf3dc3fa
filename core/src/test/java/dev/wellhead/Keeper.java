package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.Evidence;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SensitiveForms;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that logs every statement, with roles that share one recognisable password. */
final class Keeper implements AutoCloseable {

    static final String USER = "keeper";
    static final SensitiveForms PASSWORD = SensitiveForms.random(20261123, USER);
    static final SensitiveForms ROTATED = SensitiveForms.random(20261124, USER);
    static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");

    private final PostgresServer server;

    private Keeper(PostgresServer server) {
        this.server = server;
    }

    /** {@return a server whose roles have the password PASSWORD; the caller closes it} */
    static Keeper start() throws Exception {
        Keeper keeper = new Keeper(PostgresServer.builder()
                .tls(AUTHORITY.server("localhost"))
                .setting("log_statement", "all")
                .setting("log_connections", "on")
                .hba(
                        "host all fenced all reject",
                        "host all digest all md5",
                        "host all clear all password",
                        "host all all all scram-sha-256")
                .start());
        for (String role : List.of(USER, "clear", "fenced", "crowded", "rotated")) {
            keeper.server.createRole(role, PASSWORD.value());
            keeper.addVerifier(PASSWORD, role);
        }
        keeper.server.execute(
                "alter role crowded connection limit 0", "alter role testkit set password_encryption = 'md5'");
        keeper.server.createRole("digest", PASSWORD.value());
        keeper.server.execute("alter role testkit reset password_encryption");
        return keeper;
    }

    PostgresServer server() {
        return server;
    }

    /** Searches for the verifier of a role's password as well. */
    void addVerifier(SensitiveForms password, String role) throws Exception {
        String verifier = server.query("select rolpassword from pg_authid where rolname = '" + role + "'")
                .get(0);
        password.addVerifier(role, verifier);
    }

    /** {@return an environment for this server, with these variables in addition} */
    Map<String, String> here(String... variables) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", String.valueOf(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", USER);
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return environment;
    }

    /** {@return a database with two connections that is registered with JMX; the caller closes it} */
    static Database open(Map<String, String> environment) throws SQLException {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("DB_CONNECTION_TIMEOUT", "2s");
        all.put("DB_MAXIMUM_POOL_SIZE", "2");
        all.put("DB_VALIDATION_TIMEOUT", "1s");
        all.put("DB_REGISTER_MBEANS", "true");
        all.put("DB_LEAK_DETECTION_THRESHOLD", "2s");
        return Databases.builder().environment(all).open();
    }

    /** {@return the kind of a failure; null if it has none} */
    static @Nullable FailureKind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionFailedException failed) {
                return failed.kind();
            }
        }
        return null;
    }

    /** Fails if the evidence or the server's log contains one of the passwords in any form. */
    void assertShowsNothing(Evidence evidence) {
        evidence.add("server log", server.log());
        assertThat(evidence.of(PASSWORD)).isEmpty();
        assertThat(evidence.of(ROTATED)).isEmpty();
    }

    @Override
    public void close() {
        server.close();
    }
}
