package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import redis.embedded.core.RedisServerBuilder;

/**
 * A Redis on a free port of loopback, without a password for its default user, which the test uses. A module that uses
 * it needs the library embedded-redis. Thread-safe.
 */
public final class RedisServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int HIGHEST_OF_A_CLUSTER = 55_535;
    private static final int SLOTS = 16_384;

    private final redis.embedded.RedisServer process;
    private final int port;
    private final Socket socket;
    private final InputStream answers;

    private RedisServer(redis.embedded.RedisServer process, int port) throws IOException {
        this.process = process;
        this.port = port;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    /** {@return a server that keeps nothing on disk; the caller closes it} */
    public static RedisServer start() {
        return start(FreePort.find());
    }

    /**
     * {@return a cluster of one server, which has all slots; the caller closes it}
     *
     * @param directory the directory of the cluster's state
     */
    public static RedisServer startCluster(Path directory) {
        int port = FreePort.find();
        // the port of the cluster bus is higher by 10000
        while (port > HIGHEST_OF_A_CLUSTER) {
            port = FreePort.find();
        }
        RedisServer server = start(port, "cluster-enabled yes", "dir " + directory);
        List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(0, SLOTS).mapToObj(Integer::toString).forEach(slots::add);
        server.command(slots.toArray(new String[0]));
        Await.until(
                Duration.ofMinutes(1), () -> server.command("CLUSTER", "INFO").contains("cluster_state:ok"));
        return server;
    }

    private static RedisServer start(int port, String... settings) {
        try {
            RedisServerBuilder builder = redis.embedded.RedisServer.newRedisServer()
                    .bind("127.0.0.1")
                    .port(port)
                    .setting("save \"\"");
            for (String setting : settings) {
                builder.setting(setting);
            }
            redis.embedded.RedisServer process = builder.build();
            process.start();
            return new RedisServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the host} */
    public String host() {
        return "127.0.0.1";
    }

    /** {@return the port} */
    public int port() {
        return port;
    }

    /**
     * Creates a user, or replaces its passwords, in one step. Open sessions stay open.
     *
     * @param passwords the passwords that the server accepts
     */
    public void setPasswords(String user, String... passwords) {
        List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", user, "on", "allkeys", "allchannels"));
        command.addAll(List.of("+@all", "resetpass"));
        for (String password : passwords) {
            command.add(">" + password);
        }
        command(command.toArray(new String[0]));
    }

    /** {@return the number of sessions of a user that this call has closed; 0 if there is no such user} */
    public int kill(String user) {
        // the command fails for a user that does not exist
        return List.of(command("ACL", "USERS").split("\n", -1)).contains(user)
                ? Integer.parseInt(command("CLIENT", "KILL", "USER", user))
                : 0;
    }

    /** {@return the number of open sessions of a user} */
    public int sessions(String user) {
        return command("CLIENT", "LIST").split(" user=" + user + " ", -1).length - 1;
    }

    /** {@return the number of logins that the server has refused} */
    public int refusedLogins() {
        int refused = 0;
        // similar entries are one entry with a count, which comes first
        for (String entry : command("ACL", "LOG", "128").split("(^|\n)count\n", -1)) {
            if (entry.contains("\nreason\nauth\n")) {
                refused += Integer.parseInt(entry.substring(0, entry.indexOf('\n')));
            }
        }
        return refused;
    }

    /** {@return the version} */
    public String version() {
        String info = command("INFO", "server");
        String name = "redis_version:";
        int begin = info.indexOf(name) + name.length();
        return info.substring(begin, info.indexOf('\r', begin));
    }

    /** {@return the answer to a command of the default user: the elements of an array, each in a line} */
    public synchronized String command(String... words) {
        try {
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                request.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
                request.append(word).append("\r\n");
            }
            OutputStream requests = socket.getOutputStream();
            requests.write(request.toString().getBytes(UTF_8));
            requests.flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '-' -> throw new IOException(rest);
            case '$' -> text(Integer.parseInt(rest));
            case '*' -> elements(Integer.parseInt(rest));
            default -> rest;
        };
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        String text = new String(answers.readNBytes(length), UTF_8);
        line();
        return text;
    }

    private String elements(int number) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            elements.add(answer());
        }
        return String.join("\n", elements);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\r'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("The server has closed the connection.");
            }
            line.append((char) next);
        }
        answers.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() {
        // the socket is closed even if the process cannot be stopped
        try (socket) {
            process.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
