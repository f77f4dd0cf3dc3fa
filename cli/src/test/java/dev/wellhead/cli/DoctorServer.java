package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A server with TLS that {@code doctor} examines, and the runs of {@code doctor}. */
final class DoctorServer implements AutoCloseable {

    static final String PASSWORD = "Vq4-unmistakable-7w";

    static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");

    private final PostgresServer server;
    private final Path root;

    private DoctorServer(PostgresServer server, Path root) {
        this.server = server;
        this.root = root;
    }

    /** {@return a server with the database {@code shop} and the role {@code app}} */
    static DoctorServer start(Path directory) {
        PostgresServer server = PostgresServer.builder()
                .tls(AUTHORITY.server("localhost", "127.0.0.1"))
                .setting("max_connections", "30")
                .start();
        server.createRole("app", PASSWORD);
        server.createDatabase("shop", "app");
        return new DoctorServer(server, AUTHORITY.writeTo(directory.resolve("root.crt")));
    }

    PostgresServer server() {
        return server;
    }

    /** {@return the variables of a database that works} */
    Map<String, String> healthy() {
        return to("localhost", server.port());
    }

    /** {@return the same variables for another host and port} */
    Map<String, String> to(String host, int port) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "production");
        variables.put("DB_HOST", host);
        variables.put("DB_PORT", Integer.toString(port));
        variables.put("DB_NAME", "shop");
        variables.put("DB_USER", "app");
        variables.put("DB_PASSWORD", PASSWORD);
        variables.put("DB_SSLROOTCERT", root.toString());
        variables.put("DB_CONNECT_TIMEOUT", "1s");
        return variables;
    }

    static Map<String, String> with(Map<String, String> variables, String name, String value) {
        variables.put(name, value);
        return variables;
    }

    static Run doctor(Map<String, String> variables, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "doctor";
        arguments[1] = "--json";
        System.arraycopy(more, 0, arguments, 2, more.length);
        Run run = Run.piped(variables, arguments);
        assertThat(run.out() + run.err()).doesNotContain(PASSWORD).doesNotContain("unmistakable");
        return run;
    }

    /** {@return the stages, of which only {@code stage} has failed, with this failure} */
    static DoctorJson found(Map<String, String> variables, String stage, String failure, String what, String fix) {
        Run run = doctor(variables);
        DoctorJson stages = DoctorJson.of(run);
        assertThat(stages.codes("failed")).as(run.out()).containsExactly(stage);
        assertThat(stages.failure(stage)).isEqualTo(failure);
        assertThat(stages.result(stage)).contains(what);
        assertThat(stages.fix(stage)).isEqualTo(fix);
        assertThat(run.code())
                .isEqualTo(Outcome.valueOf(stages.verdict().toUpperCase(Locale.ROOT))
                        .exitCode())
                .isNotZero();
        return stages;
    }

    @Override
    public void close() {
        server.close();
    }
}
