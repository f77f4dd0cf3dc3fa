package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.DataTemplate;
import dev.wellhead.embedded.internal.Installation;
import dev.wellhead.embedded.internal.OperatingSystemUser;
import dev.wellhead.embedded.internal.PostmasterPidFile;
import dev.wellhead.embedded.internal.TemplateContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresTest {

    @TempDir
    Path directory;

    @Test
    void server_started_isEmpty() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            assertThat(Queries.rows(server, "select current_database(), current_user"))
                    .containsExactly("monorepo_dev postgres");
            assertThat(Queries.rows(server, "select datname from pg_database where not datistemplate order by 1"))
                    .containsExactly("monorepo_dev", "postgres");
            assertThat(Queries.rows(server, "select nspname from pg_namespace where oid >= 16384"))
                    .isEmpty();
            assertThat(Queries.rows(server, "select relname from pg_class where oid >= 16384"))
                    .isEmpty();
            assertThat(Queries.rows(
                            server, "select rolname, rolsuper from pg_roles where oid >= 16384 or oid = 10 order by 1"))
                    .containsExactly("postgres f", "wellhead_admin t");
            assertThat(server.url()).isEqualTo("postgresql://postgres@127.0.0.1:" + server.port() + "/monorepo_dev");
            assertThat(server).hasToString("LocalPostgres[127.0.0.1:" + server.port() + "/monorepo_dev]");
        }
    }

    @Test
    void version_ofAServer_isTheOneThatItReports() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            assertThat(Queries.rows(server, "show server_version")).containsExactly(server.version());
            assertThat(server.version()).startsWith(server.majorVersion() + ".");
        }
    }

    @Test
    void server_withAnotherUser_createsItAsTheOwner() throws Exception {
        String user = "Shop/\"owner\" ö";
        try (LocalPostgres server = LocalPostgres.builder()
                .user(user)
                .database("shop")
                .password("p w%'\\:")
                .start()) {
            assertThat(server.user()).isEqualTo(user);
            Queries.execute(server, "create table orders ()");
            Queries.execute(server, "create schema reports");
            assertThat(Queries.rows(
                            server,
                            "select pg_get_userbyid(datdba) = current_user, usesuper from pg_database, pg_user"
                                    + " where datname = current_database() and usename = current_user"))
                    .containsExactly("t f");
            assertThat(Queries.rows(server, "select rolname from pg_roles where oid >= 16384"))
                    .containsExactly(user);
        }
    }

    @Test
    void server_withTheDatabasePostgres_letsTheUserCreateTables() throws Exception {
        try (LocalPostgres server =
                LocalPostgres.builder().database("postgres").user("app").start()) {
            Queries.execute(server, "create table mine ()");
            assertThat(Queries.rows(server, "select current_database()")).containsExactly("postgres");
        }
    }

    @Test
    void user_superuser_isRefused() {
        assertThatThrownBy(() -> LocalPostgres.builder().user("wellhead_admin").start())
                .isInstanceOf(IOException.class)
                .hasMessage("the user 'wellhead_admin' is its superuser, which applications do not use. Set another"
                        + " user, or leave the user unset.");
    }

    @Test
    void databases_ofTwoUsers_canBothBeUsedByTheFirstThatOpensThem() throws Exception {
        try (LocalPostgres server = LocalPostgres.builder().user("owner").start()) {
            server.createDatabase("shop", "app");
            server.createDatabase("shop", "reporting");
            server.createDatabase("shop", "app");
            for (String user : List.of("app", "reporting")) {
                try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("shop"), user, server.passwordOf(user))) {
                    Queries.execute(connection, "create table of_" + user + " ()");
                    assertThat(Queries.rows(
                                    connection, "select not usesuper from pg_user where usename = current_user"))
                            .containsExactly("t");
                }
            }
        }
    }

    @Test
    void setting_ofTheServer_isUsed() throws Exception {
        try (LocalPostgres server =
                LocalPostgres.builder().setting("max_connections", "37").start()) {
            assertThat(Queries.rows(server, "show max_connections")).containsExactly("37");
        }
        assertThatThrownBy(() -> LocalPostgres.builder().setting("port", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'port' is not a setting of the server that can be set here");
        assertThatThrownBy(() -> LocalPostgres.builder().setting("work_mem", "1MB -c fsync=on"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of 'work_mem' may contain letters, digits and the characters _ . , : / + - only."
                        + " Set other values with ALTER SYSTEM or ALTER DATABASE.");
    }

    @Test
    void server_inMemory_hasItsDataThereAndDeletesIt() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isDirectory(memory) && Files.getFileStore(memory).getUsableSpace() >= 256 << 20,
                "this machine has no directory in memory");
        Path data;
        try (LocalPostgres server = LocalPostgres.builder().inMemory().start()) {
            data = server.data();
            assertThat(data).startsWith(memory);
            assertThat(Queries.rows(server, "show fsync")).containsExactly("off");
        }
        assertThat(data.getParent()).doesNotExist();
    }

    @Test
    void server_withAWrongPassword_refusesTheLogin() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "postgres", "another"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(Queries.superuserRows(server, "select distinct auth_method from pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
            assertThat(Queries.superuserRows(
                            server,
                            "select rolname, left(rolpassword, 13) from pg_authid where rolcanlogin order by 1"))
                    .containsExactly("postgres SCRAM-SHA-256", "wellhead_admin SCRAM-SHA-256");
        }
    }

    @Test
    void server_withAnotherDatabaseName_hasAnEmptyDatabase() throws Exception {
        String name = "Orders \"2\" ö";
        try (LocalPostgres server = LocalPostgres.builder().database(name).start()) {
            assertThat(server.database()).isEqualTo(name);
            assertThat(Queries.rows(server, "select datname from pg_database where not datistemplate order by datname"))
                    .containsExactly(name, "postgres");
        }
    }

    @Test
    void server_closed_leavesNoProcessAndNoFiles() throws Exception {
        LocalPostgres server = LocalPostgres.start();
        ProcessHandle postmaster = PostmasterPidFile.read(server.data())
                .flatMap(file -> file.process(server.data()))
                .orElseThrow();
        server.close();
        server.close();
        assertThat(server.isRunning()).isFalse();
        // pg_ctl returns when the server has deleted postmaster.pid, which is shortly before the process ends
        postmaster.onExit().get(60, TimeUnit.SECONDS);
        assertThat(server.data().getParent()).doesNotExist();
        assertThatThrownBy(() -> connectTo("127.0.0.1", server.port())).isInstanceOf(IOException.class);
    }

    @Test
    void server_started_listensOnLoopbackOnly() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            assertThat(Queries.rows(server, "show listen_addresses")).containsExactly("127.0.0.1,::1");
            assertThat(Queries.superuserRows(server, "show unix_socket_directories"))
                    .containsExactly("");
            for (InetAddress address : InetAddress.getAllByName("localhost")) {
                connectTo(address.getHostAddress(), server.port());
            }
        }
    }

    @Test
    void servers_twoTogether_areIndependent() throws Exception {
        try (LocalPostgres one = LocalPostgres.start();
                LocalPostgres other = LocalPostgres.start()) {
            Queries.execute(one, "create table only_here ()");
            assertThat(one.port()).isNotEqualTo(other.port());
            assertThat(Queries.rows(other, "select to_regclass('only_here') is null"))
                    .containsExactly("t");
        }
    }

    @Test
    void server_onPort5432_usesTheLocalDefaultPort() throws Exception {
        assumeFalse(isTaken(5432), "port 5432 is taken on this machine");
        try (LocalPostgres server = LocalPostgres.builder().port(5432).start()) {
            assertThat(server.port()).isEqualTo(5432);
            assertThat(Queries.rows(server, "select inet_server_port()")).containsExactly("5432");
        }
    }

    @Test
    void server_onThePortOfAnotherServer_failsAndNamesPostgres() throws Exception {
        try (LocalPostgres other = LocalPostgres.start()) {
            assertThatThrownBy(() -> LocalPostgres.builder().port(other.port()).start())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Port " + other.port() + " on 127.0.0.1 is used by another PostgreSQL server."
                            + " Use that server, stop it, or choose another port.");
        }
    }

    @Test
    void server_onThePortOfAnotherProgram_failsWithTheReason() throws Exception {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = socket.getLocalPort();
            assertThatThrownBy(() -> LocalPostgres.builder().port(port).start())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Port " + port + " on 127.0.0.1 is used by a program that is not a PostgreSQL"
                            + " server. Stop that program, or choose another port.");
        }
    }

    @Test
    void process_onATakenPort_isRefusedAndLeavesNoServer() throws Exception {
        Installation installation = Installation.prepare(OperatingSystemUser.current());
        DataDirectory data = DataDirectory.temporary();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            data.prepare(DataTemplate.prepare(installation, TemplateContent.EMPTY), installation);
            int port = socket.getLocalPort();
            assertThatThrownBy(() -> data.startServer(installation, port))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Port " + port + " on 127.0.0.1 is used by");
            assertThat(PostmasterPidFile.read(data.data())).isEmpty();
        } finally {
            data.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void builder_withAnInvalidPort_refusesIt(int port) {
        assertThatThrownBy(() -> LocalPostgres.builder().port(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port " + port + " is not between 0 and 65535");
    }

    @Test
    void password_notSet_isRandomForEveryServerAndRole() throws Exception {
        try (LocalPostgres one = LocalPostgres.start();
                LocalPostgres other = LocalPostgres.start()) {
            assertThat(List.of(one.password(), one.superuserPassword(), other.password(), other.superuserPassword()))
                    .doesNotHaveDuplicates()
                    .allMatch(password -> password.matches("[A-Za-z0-9_-]{32}"));
            for (String role : List.of("postgres", "wellhead_admin")) {
                for (String password : List.of(one.password(), one.superuserPassword(), "postgres", "wellhead_admin")) {
                    assertThatThrownBy(() -> DriverManager.getConnection(other.jdbcUrl(), role, password))
                            .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                    .isEqualTo("28P01"));
                }
            }
        }
    }

    @Test
    void server_started_showsItsPasswordsNowhere() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            List<String> passwords = List.of(server.password(), server.superuserPassword());
            Path root = Objects.requireNonNull(server.data().getParent());
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(passwords);
                }
            }
            List<String> commandLines = new ArrayList<>();
            ProcessHandle.allProcesses()
                    .forEach(process ->
                            commandLines.add(process.info().commandLine().orElse("")));
            assertThat(String.join("\n", commandLines)).doesNotContain(passwords);
        }
    }

    @Test
    void builder_withAnUnusablePassword_refusesItWithoutShowingIt() {
        for (String password : List.of("", "two\nlines")) {
            assertThatThrownBy(() -> LocalPostgres.builder().password(password))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the password is empty or contains a control character");
        }
    }

    @Test
    void server_ofRootInADirectoryItMayNotEnter_failsWithTheReason() throws Exception {
        assumeTrue(OperatingSystemUser.isRoot(), "this process is not root");
        Path closed = Files.createDirectories(directory.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Path kept = closed.resolve("kept");
        assertThatThrownBy(() -> LocalPostgres.builder().directory(kept).start())
                .isInstanceOf(IOException.class)
                .hasMessage("This process is root, so PostgreSQL runs as an unprivileged user, which may not enter "
                        + kept.toRealPath() + ". Choose a directory whose parent directories every user may enter, or"
                        + " run as an ordinary user.");
    }

    private static boolean isTaken(int port) {
        try {
            connectTo("127.0.0.1", port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void connectTo(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }
}
