package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PgBouncer in transaction pooling mode that reads the passwords of its clients from the server, with
 * {@code auth_query}, and logs in to the server as its clients.
 */
final class ArenaPooler implements AutoCloseable {

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));
    private static final int SERVER_CONNECTIONS = 24;
    private static final int CONNECT_MILLIS = 200;

    private final Process process;
    private final int port;

    private ArenaPooler(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a pooler. Returns when it accepts connections.
     *
     * @throws IOException if PgBouncer is not installed or cannot be started
     */
    static ArenaPooler before(PostgresServer server, Path parent) throws IOException {
        // PgBouncer gives up the rights of root before it reads its files
        Path directory = Files.createTempDirectory("arena-pgbouncer");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "\"postgres\" \"" + PostgresServer.SUPERUSER_PASSWORD + "\"\n");
        int port = FreePort.find();
        Path configuration = Files.writeString(
                directory.resolve("pgbouncer.ini"),
                String.join(
                        "\n",
                        "[databases]",
                        "postgres = host=127.0.0.1 port=" + server.port() + " auth_user=postgres",
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = scram-sha-256",
                        "auth_file = " + users,
                        "auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename = $1",
                        "pool_mode = transaction",
                        "default_pool_size = " + SERVER_CONNECTIONS,
                        "server_tls_sslmode = disable",
                        ""));
        List<String> command = new ArrayList<>();
        command.add(PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("PgBouncer is not installed."))
                .toString());
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(parent.resolve("pgbouncer.log").toFile())
                .start();
        ArenaPooler pooler = new ArenaPooler(process, port);
        Await.until(Duration.ofSeconds(10), "PgBouncer to listen", pooler::listens);
        return pooler;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
