package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the PgBouncer of this machine with the configuration in {@code infrastructure/services}. */
class PoolerFilesTest {

    private static final Path SERVICES = DatabaseScript.ROOT.resolve("infrastructure/services");

    @TempDir
    Path directory;

    @Test
    void configuration_inFrontOfTheLocalDatabase_sharesASessionBetweenTransactions() throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v pgbouncer").start().waitFor() == 0,
                "pgbouncer is not installed");
        boolean preparedStatements = knowsPreparedStatements();
        try (LocalPostgres postgres = LocalPostgres.start()) {
            int port = freePort();
            writeConfiguration(postgres, port, preparedStatements);
            Process bouncer = start();
            try {
                awaitListening(bouncer, port);
                String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + LocalPostgres.DEFAULT_DATABASE
                        + "?prepareThreshold=" + (preparedStatements ? 1 : 0);
                assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "wrong"))
                        .isInstanceOf(SQLException.class);
                try (Connection one = DriverManager.getConnection(url, "postgres", postgres.password());
                        Connection two = DriverManager.getConnection(url, "postgres", postgres.password())) {
                    int session = session(one);
                    for (int i = 0; i < 5; i++) {
                        assertThat(session(two)).isEqualTo(session);
                        assertThat(session(one)).isEqualTo(session);
                    }
                }
            } finally {
                bouncer.destroyForcibly().waitFor();
            }
        }
    }

    /** The session in which a prepared statement runs. */
    private static int session(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_backend_pid() + ?")) {
            statement.setInt(1, 0);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getInt(1);
            }
        }
    }

    /** Versions before 1.21 have no setting for them; Debian 12 has 1.18. */
    private static boolean knowsPreparedStatements() throws IOException {
        Process version = new ProcessBuilder("pgbouncer", "--version").start();
        Matcher matcher = Pattern.compile("PgBouncer 1\\.(\\d+)")
                .matcher(new String(version.getInputStream().readAllBytes(), UTF_8));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1)) >= 21;
    }

    private void writeConfiguration(LocalPostgres postgres, int port, boolean preparedStatements) throws IOException {
        Path users = directory.resolve("userlist.txt");
        String configuration = Files.readString(SERVICES.resolve("pgbouncer.ini"));
        String here = configuration
                .replace("host=postgres port=5432", "host=127.0.0.1 port=" + postgres.port())
                .replace("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1")
                .replace("listen_port = 6432", "listen_port = " + port)
                .replace("/etc/pgbouncer/userlist.txt", users.toString());
        assertThat(here.lines().filter(line -> !configuration.contains(line))).hasSize(4);
        Files.writeString(
                directory.resolve("pgbouncer.ini"),
                preparedStatements ? here : here.replaceAll("(?m)^max_prepared_statements = .*$", ""));
        String login = "\"postgres\" \"postgres\"\n";
        assertThat(SERVICES.resolve("userlist.txt")).hasContent(login);
        Files.writeString(users, login.replace("\"postgres\"\n", "\"" + postgres.password() + "\"\n"));
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of("pgbouncer"));
        if (System.getProperty("user.name").equals("root")) {
            // it drops the rights of root before it reads its files
            EnterableDirectory.open(directory);
            for (String file : List.of("pgbouncer.ini", "userlist.txt")) {
                Files.setPosixFilePermissions(directory.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
            }
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(directory.resolve("pgbouncer.ini").toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer.out").toFile())
                .start();
    }

    private void awaitListening(Process bouncer, int port) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                String output = Files.readString(directory.resolve("pgbouncer.out"));
                assertThat(bouncer.isAlive()).as(output).isTrue();
                assertThat(System.nanoTime()).as(output).isLessThan(end);
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
