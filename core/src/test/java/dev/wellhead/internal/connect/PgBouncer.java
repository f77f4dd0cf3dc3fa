package dev.wellhead.internal.connect;

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
import java.util.stream.Stream;

/** A PgBouncer in transaction pooling mode in front of a server, if the machine has one installed. */
public final class PgBouncer implements AutoCloseable {

    private static final Path[] PLACES = {Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer")};

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PLACES[0]) || Files.isExecutable(PLACES[1]);
    }

    /** Starts a pooler for the user postgres with {@code serverConnections} sessions. */
    public static PgBouncer before(PostgresServer server, Path directory, int serverConnections) throws IOException {
        return start(
                directory,
                List.of("* = host=127.0.0.1 port=" + server.port() + " user=postgres password="
                        + PostgresServer.SUPERUSER_PASSWORD),
                "auth_type = scram-sha-256",
                "default_pool_size = " + serverConnections);
    }

    /**
     * Starts a pooler that knows the password of the user postgres.
     *
     * @param databases the lines of the section {@code databases}
     * @param settings more lines of the section {@code pgbouncer}
     */
    public static PgBouncer start(Path directory, List<String> databases, String... settings) throws IOException {
        int port = FreePort.find();
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "\"postgres\" \"" + PostgresServer.SUPERUSER_PASSWORD + "\"\n");
        List<String> lines = new ArrayList<>();
        lines.add("[databases]");
        lines.addAll(databases);
        lines.addAll(List.of(
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_file = " + users,
                "pool_mode = transaction",
                "server_tls_sslmode = disable"));
        lines.addAll(List.of(settings));
        Path configuration = Files.write(directory.resolve("pgbouncer.ini"), lines);
        List<String> command = new ArrayList<>();
        command.add((Files.isExecutable(PLACES[0]) ? PLACES[0] : PLACES[1]).toString());
        if (System.getProperty("user.name").equals("root")) {
            // it drops its own rights before it reads its files
            readableByAll(directory);
            command.add("-u");
            command.add("nobody");
        }
        command.add(configuration.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer.out").toFile())
                .start();
        Await.until(Duration.ofSeconds(60), "PgBouncer to listen", () -> listens(port));
        return new PgBouncer(process, port);
    }

    private static void readableByAll(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
