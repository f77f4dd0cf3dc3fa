package dev.wellhead.cli.service;

import dev.wellhead.testkit.IssuedCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that reads requests and answers each with fixed bytes, over TCP or TLS. With TLS, it closes a connection that begins
 * with anything else, as Redis does.
 */
final class AnsweringServer implements AutoCloseable {

    /** The first byte of a record with a message of the handshake. */
    private static final byte HANDSHAKE = 0x16;

    private final ServerSocket socket;
    private final List<byte[]> answers;
    private final @Nullable SSLContext tls;
    private volatile String request = "";

    private AnsweringServer(ServerSocket socket, List<byte[]> answers, @Nullable SSLContext tls) {
        this.socket = socket;
        this.tls = tls;
        this.answers = answers;
    }

    static AnsweringServer start(String answer) {
        return start(answer, null);
    }

    /** @param answers to the first, the second and further requests of each client */
    static AnsweringServer start(List<String> answers) {
        return start(answers, null);
    }

    /** @param certificate of the server; without TLS if it is null */
    static AnsweringServer start(String answer, @Nullable IssuedCertificate certificate) {
        return start(List.of(answer), certificate);
    }

    private static AnsweringServer start(List<String> answers, @Nullable IssuedCertificate certificate) {
        try {
            AnsweringServer server = new AnsweringServer(
                    new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    answers.stream()
                            .map(answer -> answer.getBytes(StandardCharsets.ISO_8859_1))
                            .toList(),
                    certificate == null ? null : context(certificate));
            Thread thread = new Thread(server::run, "answering-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext context(IssuedCertificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    KeyFactory.getInstance(
                                    certificate.certificate().getPublicKey().getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(certificate.keyDer())),
                    new char[0],
                    new Certificate[] {certificate.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run() {
        while (!socket.isClosed()) {
            try (Socket plain = socket.accept();
                    Socket client = tls == null ? plain : encrypted(plain, tls)) {
                for (byte[] answer : answers) {
                    byte[] buffer = new byte[4096];
                    int length = client.getInputStream().read(buffer);
                    request = new String(
                            new ByteArrayInputStream(buffer, 0, Math.max(0, length)).readAllBytes(),
                            StandardCharsets.ISO_8859_1);
                    client.getOutputStream().write(answer);
                    client.getOutputStream().flush();
                }
            } catch (IOException clientOrServerIsClosed) {
                // the next client is served
            }
        }
    }

    private static Socket encrypted(Socket plain, SSLContext tls) throws IOException {
        if (plain.getInputStream().read() != HANDSHAKE) {
            throw new IOException("not TLS");
        }
        return tls.getSocketFactory().createSocket(plain, new ByteArrayInputStream(new byte[] {HANDSHAKE}), true);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** {@return the last request} */
    String request() {
        return request;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
