package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.tls.TrustAnchors;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code exec} with real child processes: psql if it is installed, else a small program or a shell. */
class ExecTest {

    private static final String PASSWORD = "Tr6:unmistakable\\5k";

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");

    private static PostgresServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder()
                .tls(AUTHORITY.server("localhost", "127.0.0.1"))
                .start();
        server.createRole("app", PASSWORD);
        server.createDatabase("shop", "app");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "production");
        variables.put("DB_HOST", "localhost");
        variables.put("DB_PORT", Integer.toString(server.port()));
        variables.put("DB_NAME", "shop");
        variables.put("DB_USER", "app");
        variables.put("DB_PASSWORD", PASSWORD);
        variables.put(
                "DB_SSLROOTCERT",
                AUTHORITY.writeTo(directory.resolve("root.crt")).toString());
        return variables;
    }

    private static boolean hasPsql() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "psql")));
    }

    @Test
    void exec_ofAProgram_setsLibpqsVariablesAndRemovesOthers() throws Exception {
        Map<String, String> variables = variables();
        variables.put("PGSERVICEFILE", "/nowhere");
        variables.put("PGREALM", "EXAMPLE");
        variables.put("PGBACKREST_STANZA", "shop");
        variables.put("PG_COLOR", "never");

        Run run = Child.run(directory, variables, Child.execEcho());

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        "PGBACKREST_STANZA=shop",
                        "PGCHANNELBINDING=prefer",
                        "PGCONNECT_TIMEOUT=10",
                        "PGDATABASE=shop",
                        "PGGSSENCMODE=disable",
                        "PGHOST=localhost",
                        "PGPASSWORD=" + PASSWORD,
                        "PGPORT=" + server.port(),
                        "PGSSLMODE=verify-full",
                        "PGSSLROOTCERT=" + directory.resolve("root.crt"),
                        "PGUSER=app",
                        "PG_COLOR=never");
        assertThat(run.code()).isZero();
    }

    @Test
    void exec_withAPasswordCommand_passesOnThePasswordThatItPrints() throws Exception {
        Map<String, String> variables = variables();
        variables.remove("DB_PASSWORD");
        Path printed = Files.writeString(directory.resolve("printed"), PASSWORD + "\n");
        variables.put("DB_PASSWORD_COMMAND", "cat '" + printed + "'");

        Run run = Child.run(directory, variables, Child.exec("--", "env"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains("PGPASSWORD=" + PASSWORD)
                .noneMatch(line -> line.startsWith("DB_PASSWORD_COMMAND"));
    }

    @Test
    void exec_withAPassfile_writesAPrivateFileAndDeletesIt() throws Exception {
        List<String> show = List.of(
                "exec",
                "--passfile",
                "--",
                "sh",
                "-c",
                "stat -c %a \"$PGPASSFILE\"; cat \"$PGPASSFILE\"; echo \"$PGPASSFILE\"; echo \"[$PGPASSWORD]\"");

        Run run = Child.run(directory, variables(), show.toArray(new String[0]));

        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("600");
        assertThat(lines.get(1)).isEqualTo("*:*:*:*:Tr6\\:unmistakable\\\\5k");
        assertThat(Path.of(lines.get(2))).doesNotExist();
        assertThat(Path.of(lines.get(2)).getParent()).doesNotExist();
        assertThat(lines.get(3)).isEqualTo("[]");
    }

    /** The command gets the password that it needs, and nothing with which it could get others. */
    @Test
    void exec_ofAProgram_passesOnNoCredentialsOfThisProcess() throws Exception {
        Map<String, String> variables = variables();
        variables.put("LEDGER_DB_PASSWORD", "other-password");
        variables.put("LEDGER_DATABASE_URL", "postgresql://app:url-password@db/ledger");
        variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY");
        variables.put("AWS_REGION", "eu-west-1");
        variables.put("SHOP_LOGIN", PASSWORD);

        Run byDefault = Child.run(directory, variables, Child.exec("--passfile", "--", "env"));
        Run named =
                Child.run(directory, variables, Child.exec("--keep-env", "AWS_ACCESS_KEY_ID,SHOP_LOGIN", "--", "env"));
        Run all = Child.run(directory, variables, Child.exec("--keep-all-env", "--", "env"));

        assertThat(byDefault.err()).isEmpty();
        assertThat(byDefault.out())
                .contains("AWS_REGION=eu-west-1", "DB_HOST=localhost", "PGPASSFILE=")
                .doesNotContain(PASSWORD, "other-password", "url-password", "AKIA", "wJalr", "PGPASSWORD");
        assertThat(named.out())
                .contains("AWS_ACCESS_KEY_ID=AKIA", "SHOP_LOGIN=" + PASSWORD)
                .doesNotContain("wJalr", "other-password");
        assertThat(all.out()).contains("AWS_SECRET_ACCESS_KEY=wJalr", "LEDGER_DB_PASSWORD=other-password");
    }

    @Test
    void exec_ofPsql_reachesTheDatabaseOverVerifiedTls() throws Exception {
        assumeTrue(hasPsql(), "psql is not installed");

        for (List<String> options : List.of(List.<String>of(), List.of("--passfile"))) {
            List<String> all = new ArrayList<>(List.of("exec"));
            all.addAll(options);
            all.addAll(List.of(
                    "--",
                    "psql",
                    "-XAtc",
                    "SELECT current_user, current_database(), ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
            Run run = Child.run(directory, variables(), all.toArray(new String[0]));

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("app|shop|t\n");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void exec_duringARotation_usesThePendingPassword() throws Exception {
        assumeTrue(hasPsql(), "psql is not installed");
        server.createRole("rotating", "pending-one");
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.put("prod/shop", "{\"username\":\"rotating\",\"password\":\"current-one\"}");
            store.createPending("prod/shop", "{\"username\":\"rotating\",\"password\":\"pending-one\"}");
            Map<String, String> variables = variables();
            variables.remove("DB_USER");
            variables.remove("DB_PASSWORD");
            variables.put("DB_SECRET_ID", "prod/shop");
            variables.put("AWS_REGION", "eu-west-1");
            variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
            variables.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY");
            variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());

            Run run = Child.run(directory, variables, Child.exec("--", "psql", "-XAtc", "SELECT current_user"));

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("rotating\n");
        }
    }

    @Test
    void exec_withAnchorsOfTheJvm_writesThemForLibpq() throws Exception {
        Map<String, String> variables = variables();
        variables.put("DB_SSLROOTCERT", "system");

        Run run = Child.run(
                directory,
                variables,
                Child.exec(
                        "--", "sh", "-c", "grep -c 'BEGIN CERTIFICATE' \"$PGSSLROOTCERT\"; echo \"$PGSSLROOTCERT\""));

        List<String> lines = run.out().lines().toList();
        assertThat(Integer.parseInt(lines.get(0))).isGreaterThan(1);
        assertThat(Path.of(lines.get(1))).doesNotExist();
    }

    @Test
    void exec_toRds_writesTheRootsOfTheJvmAsWell() throws Exception {
        Map<String, String> variables = variables();
        variables.put("DB_HOST", "shop.proxy-abc123.eu-west-1.rds.amazonaws.com");
        variables.remove("DB_SSLROOTCERT");

        Run run = Child.run(directory, variables, Child.exec("--", "sh", "-c", "cat \"$PGSSLROOTCERT\""));

        assertThat(run.err()).isEmpty();
        Collection<X509Certificate> system = TrustAnchors.ofSystem().certificates();
        Collection<? extends Certificate> written = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(run.out().getBytes(StandardCharsets.US_ASCII)));
        assertThat(written.containsAll(system)).isTrue();
        assertThat(written).hasSizeGreaterThan(system.size()).doesNotHaveDuplicates();
    }

    @Test
    void exec_withATokenForOneOfSeveralHosts_namesOnlyThatHost() throws Exception {
        Map<String, String> variables = variables();
        variables.put("DB_HOST", "db-1.example.com,db-2.example.com");
        variables.put("DB_PORT", "5432,5433");
        variables.put("DB_TARGET_SERVER_TYPE", "primary");
        variables.remove("DB_PASSWORD");
        variables.put("DB_AUTH", "iam");
        variables.put("DB_SSLROOTCERT", "system");
        variables.put("AWS_REGION", "eu-west-1");
        variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY");

        Run run = Child.run(directory, variables, Child.execEcho());

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains("PGHOST=db-1.example.com", "PGPORT=5432", "PGTARGETSESSIONATTRS=primary")
                .anyMatch(line -> line.startsWith("PGPASSWORD=db-1.example.com:5432/"))
                .noneMatch(line -> line.startsWith("PGLOADBALANCEHOSTS="));
    }

    @Test
    void exitCode_ofTheCommand_passesThrough() throws Exception {
        assertThat(Child.run(directory, variables(), Child.execEcho("7")).code())
                .isEqualTo(7);
        assertThat(Child.run(directory, variables(), Child.exec("--", "sh", "-c", "kill -KILL $$"))
                        .code())
                .isEqualTo(128 + 9);
    }

    @Test
    void command_thatDoesNotExist_exitsWith127() throws Exception {
        Run run = Child.run(directory, variables(), Child.exec("--", "no-such-program"));

        assertThat(run.code()).isEqualTo(127);
        assertThat(run.err()).startsWith("wellhead: cannot run 'no-such-program': it is not on the PATH");
    }

    @Test
    void command_thatIsMissing_isWrongUsage() {
        Run run = Run.piped(variables(), "exec");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).startsWith("Missing required parameter: 'COMMAND'");
    }

    @Test
    void options_afterTheCommand_arePassedToIt() throws Exception {
        Run run = Child.run(directory, variables(), Child.exec("echo", "--help", "-d", "x"));

        assertThat(run.out()).isEqualTo("--help -d x\n");
    }

    @Test
    void settings_thatAreInvalid_runNothing() {
        Map<String, String> variables = variables();
        variables.put("DB_SSLMODE", "yes");

        Run run = Run.piped(
                variables, "exec", "--", "touch", directory.resolve("ran").toString());

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.err())
                .contains("DB_SSLMODE is 'yes', which is not an SSL mode.")
                .endsWith("The command was not run.\n");
        assertThat(directory.resolve("ran")).doesNotExist();
    }
}
