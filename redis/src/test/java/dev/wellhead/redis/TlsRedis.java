package dev.wellhead.redis;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.IssuedCertificate;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis of the system with TLS only, on a free port of loopback: the embedded one has no TLS. */
final class TlsRedis implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private TlsRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return PROGRAM.toFile().canExecute();
    }

    /** @param directory for the files of the server */
    static TlsRedis start(IssuedCertificate certificate, Path directory) throws IOException {
        int port = FreePort.find();
        Path chain = certificate.writeCertificateTo(directory.resolve("server.crt"));
        Path key = certificate.writeKeyTo(directory.resolve("server.key"));
        List<String> command = List.of(
                PROGRAM.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                chain.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-auth-clients",
                "no",
                "--save",
                "",
                "--dir",
                directory.toString());
        File log = directory.resolve("server.log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        TlsRedis redis = new TlsRedis(process, port);
        try {
            Await.until(LIMIT, "the server listens", redis::listens);
            return redis;
        } catch (RuntimeException | Error e) {
            redis.close();
            throw e;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
