package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.internal.OperatingSystemUser;
import dev.wellhead.embedded.internal.PostmasterPidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the rights that the processes and the roles of the server have on the machine. */
class RightsTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static LocalPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc");
        server = LedgerRulesTest.startWithTheLedger();
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void server_ofRoot_hasNoRightsOfRoot() throws Exception {
        assumeTrue(OperatingSystemUser.isRoot(), "this process is not root");
        long pid = PostmasterPidFile.read(server.data()).orElseThrow().pid();
        Map<String, String> status = status(pid);
        assertThat(status.get("Uid")).isEqualTo("60832 60832 60832 60832");
        assertThat(status.get("Gid")).isEqualTo("60832 60832 60832 60832");
        assertThat(status.get("Groups")).isEmpty();
        assertThat(status.get("NoNewPrivs")).isEqualTo("1");
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
            assertThat(status.get(set)).as(set).matches("0+");
        }
        // the kernel's view: a user namespace would show other ids inside only
        assertThat(Files.readString(Path.of("/proc/" + pid + "/uid_map")))
                .isEqualTo(Files.readString(Path.of("/proc/self/uid_map")));
    }

    @Test
    void program_ofTheSuperuser_runsWithoutRightsOfRoot() throws Exception {
        assumeTrue(OperatingSystemUser.isRoot(), "this process is not root");
        Path secret = Files.createTempFile("root-only", "");
        try {
            assertThat(output("id -u; id -g; id -G")).containsExactly("60832", "60832", "60832");
            assertThat(output("cat " + secret + " 2>&1 || true")).allMatch(line -> line.endsWith("Permission denied"));
            assertThat(output("su -c id 2>&1 </dev/null || echo refused")).contains("refused");
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void program_ofTheSuperuser_hasNoEnvironmentOfThisProcess() throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (String line : output("env")) {
            environment.put(line.split("=", 2)[0], line);
        }
        assertThat(environment.keySet())
                .isSubsetOf(
                        "PATH",
                        "LD_LIBRARY_PATH",
                        "LC_ALL",
                        "PWD",
                        "SHLVL",
                        "_",
                        "PGDATA",
                        "PG_GRANDPARENT_PID",
                        "PGSYSCONFDIR",
                        "PGLOCALEDIR",
                        "LC_COLLATE",
                        "LC_CTYPE",
                        "LC_MESSAGES",
                        "LC_MONETARY",
                        "LC_NUMERIC",
                        "LC_TIME",
                        "TEMP",
                        "TMP",
                        "OLDPWD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to program 'id'",
                "create temp table t (line text); copy t from program 'id'",
                "create temp table u (line text); copy u from '/etc/passwd'",
                "copy (select 1) to '/tmp/wellhead-written'",
                "select pg_read_file('/etc/passwd')",
                "select lo_import('/etc/passwd')",
                "select pg_ls_dir('/')",
                "select rolpassword from pg_authid",
                "alter system set archive_command = 'id'",
                "alter role postgres superuser",
                "alter role wellhead_admin password 'known'",
                "create role other superuser",
                "set role wellhead_admin",
                "set session authorization wellhead_admin",
                "grant wellhead_admin to postgres",
                "grant pg_execute_server_program to postgres",
                "grant pg_read_server_files to postgres",
                "create role program_runner in role pg_execute_server_program",
                "create function f() returns int language c as 'libc.so.6', 'system'",
                "set session_preload_libraries = 'x'"
            })
    void role_forApplications_mayNotReachTheMachine(String sql) throws Exception {
        try (Connection connection = Queries.connect(server)) {
            assertThatThrownBy(() -> Queries.execute(connection, sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create database another",
                "create extension pg_trgm",
                "create role reader nologin; grant usage on schema ledger to reader; revoke usage on schema ledger from reader; drop role reader",
                "create schema own; create table own.t (i int); drop schema own cascade",
                "set role ledger_app; reset role"
            })
    void role_forApplications_mayDevelop(String sql) throws Exception {
        try (Connection connection = Queries.connect(server)) {
            for (String statement : sql.split("; ", -1)) {
                Queries.execute(connection, statement);
            }
        }
    }

    @Test
    void files_ofTheServer_areClosedToOtherUsers() throws Exception {
        Path root = Objects.requireNonNull(server.data().getParent());
        boolean ofRoot = OperatingSystemUser.isRoot();
        assertThat(permissions(root)).isEqualTo(ofRoot ? "rwx--x---" : "rwx------");
        assertThat(permissions(server.data())).isEqualTo("rwx------");
        assertThat(permissions(root.resolve("postgresql.log"))).isEqualTo("rw-------");
        assertThat(permissions(root.resolve("lock"))).isEqualTo("rw-------");
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        try (Stream<Path> files = Files.walk(server.data())) {
            for (Path file : files.toList()) {
                assertThat(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                        .as(file.toString())
                        .isEqualTo(ofRoot ? 60832 : self);
            }
        }
    }

    @Test
    void programs_ofTheServerOfRoot_cannotBeReplacedByIt() throws Exception {
        assumeTrue(OperatingSystemUser.isRoot(), "this process is not root");
        long pid = PostmasterPidFile.read(server.data()).orElseThrow().pid();
        Path cache = Path.of(
                        ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow())
                .resolve("../../..")
                .normalize();
        assertThat(output("find " + cache + " -writable -not -type l 2>/dev/null; echo end"))
                .containsExactly("end");
        try (Stream<Path> files = Files.list(cache)) {
            for (Path template : files.filter(
                            file -> file.getFileName().toString().startsWith("cluster-"))
                    .toList()) {
                for (String file : List.of("login", "data/PG_VERSION")) {
                    assertThat(output("cat " + template.resolve(file) + " 2>&1 || true"))
                            .allMatch(line -> line.endsWith("Permission denied"));
                }
            }
        }
    }

    @Test
    void server_ofAnOrdinaryUser_runsAsThatUser() throws Exception {
        assumeTrue(!OperatingSystemUser.isRoot(), "this process is root");
        long pid = PostmasterPidFile.read(server.data()).orElseThrow().pid();
        assertThat(status(pid).get("Uid"))
                .isEqualTo(status(ProcessHandle.current().pid()).get("Uid"));
    }

    /** {@return the output of a shell command that the server's superuser runs} */
    private static List<String> output(String command) throws SQLException {
        try (Connection connection = Queries.connectAsSuperuser(server)) {
            Queries.execute(connection, "create temp table output (line text)");
            // a delimiter that does not occur, so that a line is one column
            Queries.execute(
                    connection,
                    "copy output from program '" + command.replace("'", "''") + "' with (delimiter E'\\x01')");
            return Queries.rows(connection, "select line from output");
        }
    }

    private static Map<String, String> status(long pid) throws IOException {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"), UTF_8)) {
            String[] field = line.split(":", 2);
            status.put(field[0], field[1].strip().replaceAll("\\s+", " "));
        }
        return status;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
